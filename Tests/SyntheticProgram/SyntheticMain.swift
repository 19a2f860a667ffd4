import Foundation
import Registry
import SyntheticRegistry

/// Writes a registry of many runs, on which pages can be measured.
@main
enum SyntheticMain {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, let papers = Int(arguments[2]), let runs = Int(arguments[3]),
      papers > 0, runs >= 0
    else {
      print("usage: replicate-synthetic FILE PAPERS RUNS")
      exit(64)
    }
    var synthetic = SyntheticRegistry()
    synthetic.papers = papers
    synthetic.runs = runs
    synthetic.commits = max(1, runs / 100)
    synthetic.claims = 8
    try synthetic.write(to: try ResultRegistry(at: URL(filePath: arguments[1])))
  }
}
