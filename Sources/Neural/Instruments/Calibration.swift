public import Tensors

/// How far confidence is from accuracy, in bins of equal width.
///
///     ECE = Σ over bins b of (n_b / n) |accuracy_b − confidence_b|
///
/// Bin b of B holds the confidences in (b / B, (b + 1) / B]; zero falls into the first.
///
/// - Source: Guo et al. 2017, arXiv 1706.04599, eq. 3.
/// - Precondition: one entry of `right` a confidence, at least one, all in 0...1; at least one bin.
/// - Parameters:
///   - confidences: the probability of each prediction.
///   - right: whether it is right.
///   - bins: B.
/// - Returns: the error, in 0...1.
public func calibrationError(
  confidences: [Double], right: [Bool], bins: Int = 15
) -> Double {
  require(
    confidences.count == right.count && !right.isEmpty && bins >= 1
      && confidences.allSatisfy { (0...1).contains($0) },
    "calibrationError: \(confidences.count) confidences, \(right.count) answers, \(bins) bins")
  var gaps = [Double](repeating: 0, count: bins)
  let edges = (1...bins).map { Double($0) / Double(bins) }
  for (confidence, right) in zip(confidences, right) {
    let bin = edges.firstIndex { confidence <= $0 } ?? bins - 1
    gaps[bin] += (right ? 1 : 0) - confidence
  }
  return gaps.reduce(0) { $0 + abs($1) } / Double(right.count)
}

/// The calibration error of a classifier: the confidence is the greatest probability.
///
/// - Shapes: probabilities [n, classes].
/// - Precondition: one label a row, below the classes; there is a row; at least one bin.
public func calibrationError<E>(
  probabilities: Tensor<E>, labels: [Int], bins: Int = 15
) -> Double {
  requireLabels("calibrationError", probabilities, labels)
  let answers = probabilities.argmaxAlongRows()
  let greatest = probabilities.max(along: 1).scalars
  // The softmax of one class alone may round above one.
  return calibrationError(
    confidences: greatest.map { Swift.min(Double($0), 1) },
    right: zip(answers, labels).map { $0 == $1 }, bins: bins)
}

/// The mean negative logarithm of the probability of each example's class, in nats.
///
/// - Shapes: probabilities [n, classes].
/// - Precondition: one label a row, below the classes; there is a row.
public func negativeLogLikelihood<E>(probabilities: Tensor<E>, labels: [Int]) -> Double {
  requireLabels("negativeLogLikelihood", probabilities, labels)
  require(!labels.isEmpty, "negativeLogLikelihood: there is no example")
  let own = Tensor<Double>(converting: probabilities.taken(labels, along: 1))
  return -log(own).mean().item
}

/// The area under the ROC curve: how often a positive example scores above a negative one.
///
///     P(s⁺ > s⁻) + ½ P(s⁺ = s⁻)
///
/// - Accuracy: exact up to one rounding of a quotient of whole halves.
/// - Source: Hanley and McNeil 1982.
/// - Precondition: one entry of `positive` a score, of both kinds; no score is NaN.
public func areaUnderROC(scores: [Double], positive: [Bool]) -> Double {
  let positives = positive.count { $0 }
  require(
    scores.count == positive.count && positives > 0 && positives < positive.count
      && scores.allSatisfy { !$0.isNaN },
    "areaUnderROC: \(scores.count) scores, \(positives) of \(positive.count) positive")
  let ranks = Tensor(scores).ranks(along: 0).scalars
  // Ranks are halves of whole numbers, and so is their sum.
  let sum = zip(ranks, positive).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
  let (p, n) = (Double(positives), Double(positive.count - positives))
  return (sum - p * (p + 1) / 2) / (p * n)
}

/// The area under the risk–coverage curve: the mean error rate over all coverages.
///
///     AURC = 1/n Σ over k of (wrong among the k most confident) / k
///
/// Equal confidences keep the order of the examples.
///
/// - Source: Geifman, Uziel and El-Yaniv 2019, arXiv 1805.08206, §3.
/// - Precondition: one entry of `right` a confidence, at least one; none is NaN.
public func areaUnderRiskCoverage(confidences: [Double], right: [Bool]) -> Double {
  require(
    confidences.count == right.count && !right.isEmpty && confidences.allSatisfy { !$0.isNaN },
    "areaUnderRiskCoverage: \(confidences.count) confidences and \(right.count) answers")
  var (wrong, sum) = (0, 0.0)
  let order = Tensor(confidences).sortedIndices(along: 0, descending: true)
  for (place, index) in order.enumerated() {
    wrong += right[index] ? 0 : 1
    sum += Double(wrong) / Double(place + 1)
  }
  return sum / Double(right.count)
}
