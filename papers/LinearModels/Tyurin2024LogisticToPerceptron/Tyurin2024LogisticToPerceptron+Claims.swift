import Replication

extension Tyurin2024LogisticToPerceptron {
  enum Claim: String, Name {
    case tableWorstCase = "table1-worst-case"
    case becomesBatchPerceptron = "gd-reduces-to-batch-perceptron"
    case sameIterationCount = "same-iteration-count"
    case linearInSamples = "linear-in-n"
    case normalizedBound = "normalized-bound"
    case batchBound = "batch-bound"
    case perceptronBounds = "perceptron-bounds"
    case normalizedBoundWorstCase = "normalized-bound-worst-case"
    case batchBoundWorstCase = "batch-bound-worst-case"
    case perceptronBoundsWorstCase = "perceptron-bounds-worst-case"
    case lossUnreliable = "loss-unreliable"
    case largerStepsFaster = "high-loss-faster-mnist"
    case outerSteps = "outer-steps-mnist"
    case countsInFileOrder = "counts-mnist-file-order"
    case largeStepIsBatch = "large-gamma-equals-bp-mnist"
    case largeStepIsBatchThreeSeven = "large-gamma-near-bp-mnist-37"
    case largeStepIsBatchPlaneShip = "large-gamma-near-bp-cifar"
    case normalizedRobust = "normalized-robust-imbalance"
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .tableWorstCase: tableWorstCase
    case .becomesBatchPerceptron: becomesBatchPerceptron(at: tier)
    case .sameIterationCount: sameIterationCount
    case .linearInSamples: linearInSamples
    case .normalizedBound: normalizedBound(at: tier)
    case .batchBound: batchBound(at: tier)
    case .perceptronBounds: perceptronBounds(at: tier)
    case .normalizedBoundWorstCase: normalizedBoundWorstCase
    case .batchBoundWorstCase: batchBoundWorstCase
    case .perceptronBoundsWorstCase: perceptronBoundsWorstCase
    case .lossUnreliable: lossUnreliable
    case .largerStepsFaster: largerStepsFaster(at: tier)
    case .outerSteps: outerSteps(at: tier)
    case .countsInFileOrder: countsInFileOrder(at: tier)
    case .largeStepIsBatch: largeStepIsBatch(at: tier)
    case .largeStepIsBatchThreeSeven: largeStepIsBatchThreeSeven(at: tier)
    case .largeStepIsBatchPlaneShip: largeStepIsBatchPlaneShip(at: tier)
    case .normalizedRobust: normalizedRobust(at: tier)
    }
  }

  private static var tableWorstCase: Expectation<Self> {
    let normalized = the(\.iterations, of: .tableNormalized)
    return Expectation(
      "On the worst-case set the iteration counts are those of Table 1.", from: .table(1),
      that: the(\.iterations, of: .tableDescent).exactly(308),
      normalized.value(at: 100, over: \.gamma).exactly(2),
      normalized.value(at: 10, over: \.gamma).exactly(2),
      normalized.value(at: 1, over: \.gamma).exactly(16),
      normalized.value(at: 0.1, over: \.gamma).exactly(157),
      because: """
        deterministic counts in double precision; the table does not say n, and n = 1000 gives all \
        five
        """,
      seeds: .once,
      unlike: .putting(.largerDescent, for: .tableDescent)
        .and(.putting(.largerNormalized, for: .tableNormalized)))
  }

  private static func becomesBatchPerceptron(at tier: Tier) -> Expectation<Self> {
    let departure = the(\.departures, of: .randomDescent).greatest(over: \.departures)
    return Expectation(
      "Divided by its step size, gradient descent follows the batch perceptron as the step grows.",
      from: .theorem("3.2"),
      that: departure.value(at: 1e6, over: \.gamma).atMost(1e-4),
      Measure<Self, Ratio>.computed(
        "the largest ratio of the median departures at neighbouring step sizes",
        of: .randomDescent, from: largestRatioOfMedians
      ).atMost(0.5),
      because: """
        every margin of the limit exceeds 1e-4, so at γ = 1e6 each weight is within e^-100 of 0 or \
        1; a fall to less than half is the least that counts for a hundredfold step. Single sets \
        need not fall monotonically once they are at round-off
        """,
      seeds: .every(tier == .smoke ? 5 : 20),
      unlike: .putting(.randomDescentFromFullStep, for: .randomDescent))
  }

  /// The largest ratio of the median departure at a step size to that at the next smaller one.
  private static func largestRatioOfMedians(_ sample: Sample<Self>) throws -> Double {
    var greatest: [Double: [Double]] = [:]
    for seed in sample.seeds {
      for (setup, outcome) in try sample.outcomes(of: .randomDescent, seed: seed) {
        greatest[setup.gamma, default: []].append(
          greatestIfFinite(outcome.departures.y.map { $0.value ?? .nan }))
      }
    }
    let medians = greatest.sorted { $0.key < $1.key }.map { median(of: $0.value) }
    return greatestIfFinite(zip(medians, medians.dropFirst()).map { $1 / $0 })
  }

  /// The greatest of some values; not a number where one of them is none, which `max()` passes over.
  private static func greatestIfFinite(_ values: [Double]) -> Double {
    values.allSatisfy(\.isFinite) ? values.max() ?? .nan : .nan
  }

  private static func median(of values: [Double]) -> Double {
    guard values.allSatisfy(\.isFinite) else { return .nan }
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }

  private static var sameIterationCount: Expectation<Self> {
    let batch = the(\.iterations, of: .worstBatch)
    let hundred = the(\.iterations, of: .worstStepHundred)
    return Expectation(
      "With a large step, gradient descent needs exactly as many iterations as the batch perceptron.",
      from: .theorem("3.2"),
      that: (the(\.iterations, of: .worstLargeStep) - batch).exactly(0),
      batch.value(at: 100, over: \.count).exactly(31),
      batch.value(at: 250, over: \.count).exactly(76),
      batch.value(at: 500, over: \.count).exactly(151),
      batch.value(at: 1000, over: \.count).exactly(301),
      batch.value(at: 2000, over: \.count).exactly(601),
      hundred.value(at: 100, over: \.count).exactly(31),
      hundred.value(at: 250, over: \.count).exactly(77),
      hundred.value(at: 500, over: \.count).exactly(154),
      hundred.value(at: 1000, over: \.count).exactly(308),
      hundred.value(at: 2000, over: \.count).exactly(616),
      because: """
        on this set the batch perceptron solves at the first k > (3n + 2)/10, and γ = 1e4 resolves \
        its margins; γ = 100 does not yet, and its counts are those of an independent run of the \
        paper's iterates in double precision, of which n = 1000 is in Table 1
        """,
      seeds: .once, unlike: .putting(.worstUnitStep, for: .worstLargeStep))
  }

  private static var linearInSamples: Expectation<Self> {
    Expectation(
      "On the worst-case set a large step needs iterations in proportion to n, a normalized one two.",
      from: .theorem("5.1"),
      that: the(\.iterations, of: .worstLargeStep).slope(over: \.count, on: .logLog)
        .within(0.03, of: 1),
      the(\.iterations, of: .worstNormalizedBatch).exactly(2),
      because: """
        the closed form (3n + 2)/10, rounded up, has a slope of 0.99 on these sizes; the normalized \
        batch perceptron needs 2 iterations at every n
        """,
      seeds: .once, unlike: .putting(.worstNormalizedBatch, for: .worstLargeStep))
  }
}
