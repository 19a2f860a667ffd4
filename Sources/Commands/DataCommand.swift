import ArgumentParser
import Datasets
import Diagnostics
import Digests
import Foundation
import Replication

struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, fetch and verify data sets.",
    subcommands: [List.self, Fetch.self, Verify.self], defaultSubcommand: List.self)

  /// The status of a data set in words.
  static func text(_ status: DatasetStatus) -> String {
    switch status {
    case .present: "present and verified"
    case .absent: "absent"
    case .corrupt(let fault): "corrupt: \(fault.problem)"
    }
  }

  /// The data sets that are named, or all.
  static func selected(_ names: [String]) throws -> [DatasetName] {
    if names.isEmpty { return DatasetName.allCases }
    return try names.map { name in
      guard let dataset = DatasetName(rawValue: name) else {
        throw SelectionError.unknownDataset(name)
      }
      return dataset
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the data sets.")
    @Flag(help: "Print JSON.") var json = false
    @OptionGroup var place: PlaceOptions

    func run() throws {
      let terminal = Terminal.standardOutput
      let store = place.store
      let entries = DatasetName.allCases.map { Entry($0, in: store) }
      if json {
        terminal.print(try Canonical.text(DataJSON(folder: store.root.path, datasets: entries)))
        return
      }
      var table = TextTable(header: ["name", "status", "licence", "title"])
      for entry in entries {
        table.append([entry.name, entry.status, entry.licence, entry.title])
      }
      for line in table.lines(on: terminal) { terminal.print(line) }
      terminal.print("folder: \(store.root.path)")
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check data sets against their SHA-256; a damaged or missing one is an error.")
    @Argument(help: "The data sets; all by default.") var names: [String] = []
    @OptionGroup var place: PlaceOptions

    func run() throws {
      var sound = true
      for name in try DataCommand.selected(names) {
        let status = place.store.status(of: name)
        Terminal.standardOutput.print("\(name.rawValue): \(DataCommand.text(status))")
        if case .present = status { continue }
        sound = false
      }
      if !sound { try ExitStatus.infrastructure.exit() }
    }
  }

  struct Fetch: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Download data sets from their official places and verify them.")
    @Argument(help: "The data sets; all by default.") var names: [String] = []
    @OptionGroup var place: PlaceOptions

    func run() throws {
      let terminal = Terminal.standardError
      for name in try DataCommand.selected(names) {
        try place.store.fetch(name) { event in
          switch event {
          case .started(let file, let address, let offset):
            terminal.print(
              "\(name.rawValue): \(file) from \(address)" + (offset > 0 ? " at byte \(offset)" : "")
            )
          case .failed(let file, let fault):
            terminal.print("\(name.rawValue): \(file): \(fault.problem)")
          case .received, .kept, .finished: break
          }
        }
        Terminal.standardOutput.print("\(name.rawValue): present and verified")
      }
    }
  }
}

/// The object that `data list --json` prints.
private struct DataJSON: Encodable {
  var schema = "replicate.data/1"
  var folder: String
  var datasets: [Entry]
}

private struct Entry: Encodable {
  var name: String
  var title: String
  var status: String
  var licence: String
  var digest: String
  var sources: [String]

  init(_ name: DatasetName, in store: DataStore) {
    self.name = name.rawValue
    title = name.title
    status = DataCommand.text(store.status(of: name))
    licence = name.licence
    digest = name.digest.description
    sources = name.sources
  }
}
