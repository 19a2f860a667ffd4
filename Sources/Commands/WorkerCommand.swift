import ArgumentParser
import Foundation
import Runner
import Tensors

struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract: "Execute trials of a plan; used by the runner and by job arrays.",
    shouldDisplay: false)

  @Option(help: "The plan file.") var plan: String
  @Option(help: "The trial to execute; else indices are read from standard input.")
  var index: Int?

  func run() throws {
    try Kernels.check()
    let worker = try Worker(plan: URL(filePath: plan), catalogue: Replicate.catalogue)
    if let index {
      try worker.execute(index)
    } else {
      try worker.serve()
    }
  }
}
