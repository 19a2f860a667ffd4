import Replication

extension Tyurin2024LogisticToPerceptron {
  static func normalizedBound(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "Normalized gradient descent solves within R²/μ² + 2 log(2n − 1)/(γμ²) iterations.",
      from: .theorem("6.1"),
      that: the(\.boundShare, of: .randomNormalized).greatest(over: \.boundShare).atMost(1),
      because: "a theorem; μ is computed to 1e-12",
      seeds: .every(tier == .smoke ? 5 : 50),
      unlike: .putting(.tableDescent, for: .randomNormalized))
  }

  static var normalizedBoundWorstCase: Expectation<Self> {
    Expectation(
      "Normalized gradient descent keeps its bound on the worst-case set.", from: .theorem("6.1"),
      that: the(\.boundShare, of: .tableNormalized).greatest(over: \.boundShare).atMost(1),
      because: "a theorem; plain descent at γ = 100 needs 308 iterations where it grants 5.6",
      seeds: .once, unlike: .putting(.tableDescent, for: .tableNormalized))
  }

  static func batchBound(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "The batch perceptron solves within nR²/μ² iterations.", from: .theorem("3.3"),
      that: the(\.boundShare, of: .randomBatch).greatest(over: \.boundShare).atMost(1),
      because: """
        a theorem; random sets are so easy that they meet the bound without its factor n as well, so \
        the control takes the worst-case set and that bound
        """,
      seeds: .every(tier == .smoke ? 5 : 50),
      unlike: .putting(.tableBatch, for: .randomBatch)
        .and(.putting(\.perceptronShare, for: \.boundShare)))
  }

  static var batchBoundWorstCase: Expectation<Self> {
    Expectation(
      "The batch perceptron keeps its bound on the worst-case set.", from: .theorem("3.3"),
      that: the(\.boundShare, of: .worstBatch).greatest(over: \.boundShare).atMost(1),
      because: "a theorem: 5n iterations; without its factor n the set exceeds it at every n",
      seeds: .once, unlike: .putting(\.perceptronShare, for: \.boundShare))
  }

  static func perceptronBounds(at tier: Tier) -> Expectation<Self> {
    func share(_ arm: Arm) -> Measure<Self, Ratio> {
      the(\.perceptronShare, of: arm).greatest(over: \.perceptronShare)
    }
    return Expectation(
      "The perceptron and the normalized batch perceptron solve within R²/μ² iterations.",
      from: .theorem("5.2"),
      that: share(.randomPerceptron).atMost(1), share(.randomNormalizedBatch).atMost(1),
      because: "Theorems 5.2 and 5.3; the batch perceptron exceeds them on the worst-case set",
      seeds: .every(tier == .smoke ? 5 : 50),
      unlike: .putting(.tableBatch, for: .randomPerceptron)
        .and(.putting(.tableBatch, for: .randomNormalizedBatch)))
  }

  static var perceptronBoundsWorstCase: Expectation<Self> {
    func share(_ arm: Arm) -> Measure<Self, Ratio> {
      the(\.perceptronShare, of: arm).greatest(over: \.perceptronShare)
    }
    return Expectation(
      "On the worst-case set both solve within five iterations, where the batch perceptron does not.",
      from: .theorem("5.2"),
      that: share(.worstPerceptron).atMost(1), share(.worstNormalizedBatch).atMost(1),
      because: """
        Theorems 5.2 and 5.3 with R² = 1.25 and μ = 1/2, whatever n; the batch perceptron needs 31 \
        iterations at the least of the sizes
        """,
      seeds: .once,
      unlike: .putting(.worstBatch, for: .worstPerceptron)
        .and(.putting(.worstBatch, for: .worstNormalizedBatch)))
  }
}
