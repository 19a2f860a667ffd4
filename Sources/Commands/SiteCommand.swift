import ArgumentParser
import Diagnostics
import Foundation
import Registry
import Replication
import Reports

struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site",
    abstract: "Write the results as pages that open without a server.",
    discussion: """
      Overview, papers with their figures, claims with their history, runs, commits, a feed of \
      changes. Only what changed is written; pages of things that are gone are removed. A folder that \
      is not empty and not such a site is refused.
      """)

  @Argument(help: "The folder; it is made where it is missing.", completion: .directory)
  var folder: String
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let registry = try place.openForReading()
    let folder = URL(filePath: folder, directoryHint: .isDirectory)
    let done = try Site(of: registry, catalogue: Replicate.catalogue).build(in: folder)
    let start = folder.appending(path: "index.html").path(percentEncoded: false)
    Terminal.standardOutput.print(
      "\(start.inert): \(counted(done.written, "file")) written, \(done.unchanged) unchanged, "
        + "\(done.removed) removed")
  }
}
