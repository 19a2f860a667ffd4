import Replication
import TrainingCore

extension Nakkiran2019SGDComplexity {
  /// What a training showed on test data, step by step, beside a linear classifier L.
  struct Outcome: Codable {
    /// I(F;Y).
    var performance = Series<Steps, Bits>()
    /// μ_Y(F;L).
    var explained = Series<Steps, Bits>()
    /// I(F;Y|L).
    var unexplained = Series<Steps, Bits>()
    /// I(L;Y|F).
    var forgotten = Series<Steps, Bits>()
    var testAccuracy = Series<Steps, Ratio>()
    var trainAccuracy = Series<Steps, Ratio>()
    var finalTestAccuracy = Ratio(.nan)
    var finalTrainAccuracy = Ratio(.nan)

    /// I(L;Y).
    var referencePerformance = Bits(.nan)
    /// I(L;Y|F) / I(L;Y) at the end.
    var forgottenShare = Ratio(.nan)

    /// The first evaluated step at which I(F;Y) reaches nine tenths of I(L;Y), and what held there.
    var earlyStep: Steps
    var earlyExplainedShare: Ratio
    var earlyExplainedShareByOtherTask: Ratio
    var earlyUnexplained: Bits

    /// The greatest |I(F;Y) − I(F;Y|L) − I(L;Y) + I(L;Y|F)| of all evaluations.
    var symmetryGap = Bits(0)
    /// The same with I(L;Y|F) left in nats.
    var symmetryGapInMixedUnits = Bits(0)
    /// The least room in μ ≤ min(I(F;Y), I(L;Y)) and I(F;Y|L) ≥ 0 of all evaluations.
    var boundSlack = Bits(.greatestFiniteMagnitude)
    /// The same for I(F;Y) + I(F;Y|L) in place of μ.
    var boundSlackOfSum = Bits(.greatestFiniteMagnitude)

    /// - Parameter end: The last step at which the early step can be found.
    init(end: Int) {
      earlyStep = .notReached(by: Double(end))
      // Nothing is known of what would hold there, so that no band accepts it.
      earlyExplainedShare = .notReached(by: 0)
      earlyExplainedShareByOtherTask = .notReached(by: 0)
      earlyUnexplained = .notReached(by: 0)
    }
  }

  /// The test labels with what two classifiers predict that do not change: the reference L, and one
  /// trained for another task.
  struct Bystanders {
    var labels: [Int]
    var reference: [Int]
    var otherTask: [Int]
  }
}

extension Nakkiran2019SGDComplexity.Outcome {
  /// Records the predictions at a step.
  mutating func record(
    _ predictions: [Int], trainAccuracy: Double, at step: Int,
    beside bystanders: Nakkiran2019SGDComplexity.Bystanders
  ) {
    typealias JointCounts = Nakkiran2019SGDComplexity.JointCounts
    let counts = JointCounts(predictions, bystanders.reference, bystanders.labels)
    let (own, other) = (counts.performance, counts.referencePerformance)
    let (unexplained, forgotten) = (counts.unexplained, counts.forgotten)
    let mu = counts.explained
    let accuracy = share(predictions, equal: bystanders.labels)
    let steps = Steps(step)
    performance.append(Bits(own), at: steps)
    explained.append(Bits(mu), at: steps)
    self.unexplained.append(Bits(unexplained), at: steps)
    self.forgotten.append(Bits(forgotten), at: steps)
    testAccuracy.append(Ratio(accuracy), at: steps)
    self.trainAccuracy.append(Ratio(trainAccuracy), at: steps)
    finalTestAccuracy = Ratio(accuracy)
    finalTrainAccuracy = Ratio(trainAccuracy)
    referencePerformance = Bits(other)
    forgottenShare = Ratio(forgotten / other)

    symmetryGap = larger(symmetryGap, abs(own - unexplained - other + forgotten))
    symmetryGapInMixedUnits = larger(
      symmetryGapInMixedUnits, abs(own - unexplained - other + forgotten * log(2.0)))
    for room in [own - mu, other - mu, unexplained] { boundSlack = smaller(boundSlack, room) }
    for room in [own - own - unexplained, other - own - unexplained] {
      boundSlackOfSum = smaller(boundSlackOfSum, room)
    }

    // An early step needs something to explain: the first steps are noise below 0.02 bit.
    guard earlyStep.value == nil, own >= 0.9 * other, own > 0.02 else { return }
    let unrelated = JointCounts(predictions, bystanders.otherTask, bystanders.labels)
    earlyStep = steps
    earlyExplainedShare = Ratio(mu / own)
    earlyExplainedShareByOtherTask = Ratio(unrelated.explained / own)
    earlyUnexplained = Bits(unexplained)
  }

  /// The greater of both; what is not a number stays, where `max` would pass over it.
  private func larger(_ bits: Bits, _ value: Double) -> Bits {
    guard let known = bits.value, !known.isNaN else { return bits }
    return value <= known ? bits : Bits(value)
  }

  /// The lesser of both; what is not a number stays, where `min` would pass over it.
  private func smaller(_ bits: Bits, _ value: Double) -> Bits {
    guard let known = bits.value, !known.isNaN else { return bits }
    return value >= known ? bits : Bits(value)
  }
}

extension Nakkiran2019SGDComplexity.Outcome {
  /// The share of predictions that equal their labels.
  func share(_ predictions: [Int], equal labels: [Int]) -> Double {
    Double(zip(predictions, labels).count { $0 == $1 }) / Double(labels.count)
  }
}
