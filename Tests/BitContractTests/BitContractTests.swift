import BitCorpus
import Foundation
import Tensors
import Testing

@Suite(.serialized)
struct `The bit contract` {
  private static let golden: [Corpus.Line] = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appending(path: "../Golden/bits.txt")
    return (try? String(contentsOf: file, encoding: .utf8)).map(Corpus.lines(of:)) ?? []
  }()

  // The slow level runs in `ci/reproduce-bits`.
  private static let runs = Kernels.Level.allCases
    .filter { $0.isSupported && $0 != .portable }
    .flatMap { level in [1, 3].map { (level, $0) } }

  @Test(arguments: runs)
  func `gives the committed bits`(level: Kernels.Level, threads: Int) throws {
    let usual = Kernels.level
    defer {
      Kernels.threads = 1
      try? Kernels.select(usual)
    }
    try Kernels.select(level)
    Kernels.threads = threads
    #expect(try Corpus.differences(Corpus.lines(), from: Self.golden) == [])
  }

  @Test func `is broken by another order of summation, and the check says where`() throws {
    let found = try Corpus.lines { tensor in
      Tensor(tensor.withScalars { $0.reduce(0, +) })
    }
    let differences = Corpus.differences(found, from: Self.golden)
    #expect(differences.count == 1 && differences[0].hasPrefix("sums: "))
  }

  @Test func `is not met by lines that are missing or unknown`() {
    let one = Corpus.Line(name: "one", digest: "1")
    let two = Corpus.Line(name: "two", digest: "2")
    #expect(Corpus.differences([one], from: [one, two]) == ["two: not computed"])
    #expect(Corpus.differences([one, two], from: [one]) == ["two: not expected"])
    #expect(Corpus.lines(of: "1 one\n2 two\n") == [one, two])
  }
}
