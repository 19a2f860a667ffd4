// Our side of `ci/bench`: reads `threads repetitions case` a line, and prints the seconds of a
// repetition, `none` for a case that is not here, or the greatest resident memory so far. With the
// argument `learning`, it prints the table of `ci/bench --learning` instead.
import Glibc
import TrainingCore

let makers = productCases.merging(stepCases) { first, _ in first }
  .merging(kernelCases) { first, _ in first }
  .merging(augmentationCases) { first, _ in first }
  .merging(networkCases) { first, _ in first }
  .merging(trainingCases) { first, _ in first }

/// The side of the comparison: it holds one case at a time.
struct Side {
  private var current: (name: String, work: () -> Void)?

  mutating func answer(_ words: [Substring]) -> String {
    guard words.count == 3, let threads = Int(words[0]), let repetitions = Int(words[1]) else {
      return "error: expected `threads repetitions case`"
    }
    let name = String(words[2])
    if name == "peak" {
      var usage = rusage()
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return "\(usage.ru_maxrss * 1024)"
    }
    guard let maker = makers[name] else { return "none" }
    Kernels.threads = threads
    if current?.name != name {
      current = nil
      current = (name, maker())
    }
    guard let work = current?.work else { return "none" }
    // Once untimed: the other sides have emptied the caches since.
    work()
    let time = ContinuousClock().measure { for _ in 0..<repetitions { work() } }
    let (seconds, attoseconds) = time.components
    return "\((Double(seconds) + Double(attoseconds) * 1e-18) / Double(repetitions))"
  }
}

if CommandLine.arguments.dropFirst().first == "learning" {
  try learn(Array(CommandLine.arguments.dropFirst(2)))
} else {
  var side = Side()
  while let line = readLine() {
    print(side.answer(line.split(separator: " ")))
    fflush(nil)
  }
}
