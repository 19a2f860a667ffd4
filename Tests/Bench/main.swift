// Times our side of `ci/bench`: reads `threads repetitions case` a line, prints seconds a
// repetition. Cases keep what they need between calls, so that a call times only its work.
import Glibc
import TrainingCore

var cases: [String: () -> Void] = [:]
let makers = productCases.merging(stepCases) { first, _ in first }
if CommandLine.arguments.count > 1 {
  print(makers.keys.sorted().joined(separator: "\n"))
}
while CommandLine.arguments.count == 1, let line = readLine() {
  let words = line.split(separator: " ")
  guard words.count == 3, let threads = Int(words[0]), let repetitions = Int(words[1]),
    let maker = makers[String(words[2])]
  else {
    print("error: expected `threads repetitions case`, got '\(line)'")
    continue
  }
  Kernels.threads = threads
  let name = String(words[2])
  let work = cases[name] ?? maker()
  cases[name] = work
  let clock = ContinuousClock()
  let time = clock.measure { for _ in 0..<repetitions { work() } }
  print(Double(time.components.attoseconds) * 1e-18 / Double(repetitions)
    + Double(time.components.seconds) / Double(repetitions))
  fflush(nil)
}
