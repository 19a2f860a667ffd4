// Prints the corpus of `ci/reproduce-bits`, a digest and a family a line; or the levels.
// usage: replicate-bits THREADS | levels
import BitCorpus
import Tensors

let word = CommandLine.arguments.dropFirst().first ?? "1"
if word == "levels" {
  for level in Kernels.Level.allCases where level.isSupported { print(level.rawValue) }
} else {
  Kernels.threads = Int(word) ?? 1
  for line in try Corpus.lines() { print(line) }
}
