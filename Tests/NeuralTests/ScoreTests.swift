import Neural
import Tensors
import TestSupport
import Testing

private typealias Fixture = InstrumentFixture

struct `Scores of a classifier` {
  private let logits = 6 * Fixture.made([40, 3], 11)
  private let labels = (0..<40).map { $0 * 7 % 3 }

  @Test func `are scikit-learn's and their definitions'`() throws {
    let expected = try Fixture.load()
    let p = softmax(logits)
    for (bins, error) in expected.ece {
      let found = calibrationError(probabilities: p, labels: labels, bins: Int(bins) ?? 0)
      #expect(abs(found - error) < 1e-12)
    }
    #expect(abs(negativeLogLikelihood(probabilities: p, labels: labels) - expected.nll) < 1e-12)
    let scores = round(Fixture.made([40], 12) * 8) / 8
    let area = areaUnderROC(scores: scores.scalars, positive: labels.map { $0 == 1 })
    #expect(abs(area - expected.auroc) < 1e-12)
    let right = zip(p.argmaxAlongRows(), labels).map { $0 == $1 }
    let coverage = areaUnderRiskCoverage(
      confidences: p.max(along: 1).scalars, right: right)
    #expect(abs(coverage - expected.aurc) < 1e-12)
    #expect(abs(topAccuracy(2, logits: logits, labels: labels) - expected.top2) < 1e-15)
    #expect(
      topAccuracy(1, logits: logits, labels: labels) == accuracy(logits: logits, labels: labels))
  }

  @Test func `have margins with gradients`() {
    let z = Tensor([1.0, 3, 2, 5, 4, 4], shape: [2, 3])
    #expect(margins(logits: z, labels: [1, 2]).scalars == [1, -1])
    let error = gradientError(at: logits.rows(0..<5)) {
      square(margins(logits: $0, labels: [0, 1, 2, 0, 1])).sum()
    }
    #expect(error < 1e-8)
  }

  @Test func `put confidences on an edge into the bin below`() {
    let found = calibrationError(confidences: [0.5, 0.9, 0], right: [true, false, false], bins: 2)
    #expect(abs(found - (0.5 + 0.9) / 3) < 1e-15)
  }

  @Test func `of one kind of example stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = areaUnderROC(scores: [1, 2], positive: [true, true])
    }
    await #expect(processExitsWith: .failure) {
      _ = margins(logits: Tensor([1.0, 2], shape: [1, 2]), labels: [2])
    }
  }
}

struct `Information in symbols` {
  private let u = round(Fixture.made([200], 13) * 3).scalars.map { Int($0) }
  private let v = round(Fixture.made([200], 14) * 3).scalars.map { Int($0) }

  @Test func `is SciPy's and scikit-learn's`() throws {
    let expected = try Fixture.load()
    #expect(abs(entropy(of: u) - expected.entropy) < 1e-12)
    #expect(abs(mutualInformation(u, v) - expected.mutualInformation) < 1e-12)
  }

  @Test func `has Miller and Madow's correction of the symbols seen`() {
    let plain = entropy(counts: [3, 0, 5])
    #expect(abs(entropy(counts: [3, 0, 5], .millerMadow) - plain - 1.0 / 16) < 1e-15)
    #expect(entropy(of: [7, 7, 7]) == 0)
    #expect(abs(entropy(of: [1, 2, 3, 4]) - log(4.0)) < 1e-15)
  }

  @Test func `given a third obeys the chain rule`() {
    let w = zip(u, v).map { $0 &+ 2 * ($1 & 1) }
    let chained = mutualInformation(u, w) + mutualInformation(u, v, given: w)
    #expect(abs(chained - mutualInformation(u, jointSymbols([v, w]))) < 1e-12)
  }

  @Test func `counts joint symbols in ascending order`() {
    #expect(jointSymbols([[5, -1, 5, 5], [0, 0, 0, 2]]) == [1, 0, 1, 2])
    #expect(symbolCounts(of: [9, 2, 9, 4]) == [1, 1, 2])
  }

  @Test func `of numbers falls into bins`() {
    let bins = Binning<Double>(4, in: 0...1)
    #expect(bins(Tensor([-1, 0, 0.25, 0.5, 0.99, 7])) == [0, 0, 1, 2, 3, 3])
    let quantiles = Binning(3, quantilesOf: Tensor((0..<9).map { Double($0) }))
    #expect(symbolCounts(of: quantiles(Tensor((0..<9).map { Double($0) }))) == [3, 3, 3])
    #expect(Binning(3, quantilesOf: Tensor([1.0, 1, 1, 1])).bins == 2)
    let rows = Tensor([0.1, 0.9, 0.9, 0.1, 0.1, 0.8], shape: [3, 2])
    #expect(bins.symbols(ofRows: rows) == [0, 1, 0])
  }
}
