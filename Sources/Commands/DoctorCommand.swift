import ArgumentParser
import Datasets
import Diagnostics
import Digests
import Evidence
import Foundation
import Provenance
import Registry
import Reports
import Runner
import Tensors

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the machine, the registry, the data and the repository."
  )

  @OptionGroup var place: PlaceOptions

  func run() throws {
    try Kernels.check()
    let terminal = Terminal.standardOutput
    var sound = true
    func line(_ name: String, _ text: String) {
      terminal.print("  \(name.padded(to: 12))\(text.inert)")
    }
    let environment = ExecutionEnvironment.current
    terminal.print("machine")
    line("processor", "\(environment.processor), \(environment.cores) cores")
    line(
      "kernels", "\(environment.simdLevel), of \(environment.simdLevels.joined(separator: ", "))")
    line("memory", "\(environment.memoryBytes >> 30) GiB")
    line("system", "\(environment.system), \(environment.kernel), \(environment.architecture)")
    line("toolchain", environment.toolchain)

    terminal.print("repository")
    let source = SourceState(of: URL(filePath: FileManager.default.currentDirectoryPath))
    line("commit", source.commit ?? "unknown")
    line("state", source.isClean.map { $0 ? "clean" : "with changes" } ?? "unknown")
    for unknown in source.unknowns { line("unknown", "\(unknown.what): \(unknown.why)") }

    terminal.print("registry")
    line("file", place.registryFile.path)
    do {
      let registry = try place.openForReading()
      let problems = try registry.integrityProblems()
      let conflicts = try registry.irreproducibleIdentities()
      line("runs", "\(try registry.runs().count)")
      line("structure", problems.isEmpty ? "sound" : problems.joined(separator: "; "))
      line(
        "outcomes",
        conflicts.isEmpty
          ? "every repeated trial gave the same bits"
          : "\(conflicts.count) trials gave other bits when repeated, such as \(conflicts[0].short)"
      )
      sound = sound && problems.isEmpty && conflicts.isEmpty
    } catch let error as any Diagnosable {
      line("problem", error.problem)
      line("help", error.remedy)
      sound = false
    }

    terminal.print("data")
    line("folder", place.store.root.path)
    for name in DatasetName.allCases {
      let status = place.store.status(of: name)
      line(name.rawValue, DataCommand.text(status))
      if case .corrupt = status { sound = false }
    }
    if !sound { try ExitStatus.infrastructure.exit() }
  }
}
