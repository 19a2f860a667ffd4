import ArgumentParser
import Browser
import Diagnostics
import Dispatch
import Foundation
import Registry
import Replication
import Reports
import Synchronization

struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve the results as pages, for this machine's browser.",
    discussion: """
      The pages of `replicate site`, made from the registry as it is: runs in progress can be \
      followed, each run's files downloaded, and searches need no script. They can be read and \
      nothing else. Only this machine reaches them, unless --public says otherwise; there is no \
      password. Ctrl-C ends it.
      """)

  @Option(help: "The port; 0 takes a free one.")
  var port = 8765
  @Option(help: "The IP address to listen on.")
  var bind = "localhost"
  @Option(help: "One more name under which the pages may be asked for.")
  var host: [String] = []
  @Flag(name: .customLong("public"), help: "Let other machines reach the address.")
  var isPublic = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let address = try ListeningAddress(bind, port: port, names: host, isPublic: isPublic)
    let stop = StopSignal()
    let site = try liveSite()
    try site.refresh()
    let browser = try Browser(site, at: address) { error in
      let problem = (error as? any Diagnosable)?.problem ?? "\(error)"
      Terminal.standardError.print("warning: pages cannot be made: \(problem.inert)")
    }
    Terminal.standardOutput.print(browser.link)
    Terminal.standardError.print("Ctrl-C ends it")
    let signal = stop.wait()
    browser.stop()
    throw ExitCode(128 + signal)
  }

  /// The pages: of the file where there is one, read by several at a time, else of the ledger.
  private func liveSite() throws -> LiveSite {
    // Takes in what the ledger has.
    let first = try place.openForReading()
    guard FileManager.default.fileExists(atPath: place.registryFile.path) else {
      return LiveSite(catalogue: Replicate.catalogue, source: first, readers: [])
    }
    try first.close()
    let readers = try (0..<2).map { _ in try place.open(.readOnly) }
    return LiveSite(
      catalogue: Replicate.catalogue, source: try place.open(.readOnly), readers: readers)
  }
}

/// Waits for a signal that asks the program to end.
private final class StopSignal {
  private let asked = DispatchSemaphore(value: 0)
  private let received = Atomic<Int32>(0)
  private var sources: [any DispatchSourceSignal] = []

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [unowned self] in
        received.store(number, ordering: .relaxed)
        asked.signal()
      }
      source.resume()
      sources.append(source)
    }
  }

  /// Waits, and says which signal it was.
  func wait() -> Int32 {
    asked.wait()
    return received.load(ordering: .relaxed)
  }
}
