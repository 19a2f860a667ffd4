import Foundation
import Registry
import SyntheticRegistry

/// Writes a registry of many runs, on which pages can be measured.
@main
enum SyntheticMain {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4 || arguments.count == 5, let papers = Int(arguments[2]),
      let runs = Int(arguments[3]),
      papers > 0, runs >= 0
    else {
      print("usage: replicate-synthetic FILE PAPERS RUNS [TEXT]")
      exit(64)
    }
    var synthetic = SyntheticRegistry()
    synthetic.papers = papers
    synthetic.runs = runs
    synthetic.commits = max(1, runs / 100)
    synthetic.claims = 8
    // What every free text is made of, to see what becomes of it.
    synthetic.text = arguments.dropFirst(4).first
    try synthetic.write(to: try ResultRegistry(at: URL(filePath: arguments[1])))
  }
}
