public import Tensors

// Losses of pairs of scores, of which the first should be greater.

/// The pairwise logistic loss: −log σ(s⁺ − s⁻).
///
/// Of Bradley-Terry reward models, RankNet and Bayesian personalised ranking.
///
/// - Shapes: those to which both broadcast.
/// - Accuracy: relative.
/// - Gradient: of both, equal and opposite, of size one at most.
public func pairwiseLogisticLosses<E>(
  preferred: Tensor<E>, other: Tensor<E>
) -> Tensor<E> {
  softplus(other - preferred)
}

/// The pairwise hinge loss: max(0, margin − (s⁺ − s⁻)).
///
/// PyTorch's `margin_ranking_loss`, whose margin is 0 unless told.
///
/// - Shapes: those to which both broadcast.
public func marginRankingLosses<E>(
  preferred: Tensor<E>, other: Tensor<E>, margin: E = 0
) -> Tensor<E> {
  relu(margin - (preferred - other))
}

/// The listwise loss of each row: the cross-entropy of the scores' softmax against the relevances'.
///
///     −Σⱼ softmax(y)ⱼ log softmax(s)ⱼ
///
/// - Shapes: `[rows, items]` twice give `[rows]`.
/// - Gradient: of the scores.
/// - Source: Cao et al. 2007, Learning to Rank: From Pairwise to Listwise, §4, top-one form.
/// - Precondition: the shapes agree.
public func listwiseLosses<E>(scores: Tensor<E>, relevances: Tensor<E>) -> Tensor<E> {
  crossEntropies(logits: scores, targets: softmax(relevances.detached))
}

/// How a preference loss looks at the margin m between two log-ratios.
public enum PreferenceForm: Hashable, Sendable {
  /// −(1 − ε) log σ(m) − ε log σ(−m): DPO, and with ε above zero its conservative form.
  case logistic(smoothing: Double = 0)
  /// max(0, 1 − m): SLiC.
  case hinge
  /// (m/β − 1/(2β))², with the β of the chosen side: IPO.
  case squared
}

/// The loss of each pair of answers by direct preference optimisation and its kin.
///
///     m = β⁺ log(π⁺ / r⁺) − β⁻ log(π⁻ / r⁻)
///
/// The ratio of the policy's to the reference's probability of the chosen (+) and of the rejected (−)
/// answer; logarithms are sums over tokens, of ``sequenceLogProbabilities(logits:labels:where:)``.
///
/// - Shapes: `[pairs]` four times give `[pairs]`.
/// - Gradient: of the policy's; the reference's are constants.
/// - Source: Rafailov et al. 2023, arXiv 2305.18290, eq. 7; Azar et al. 2024, arXiv 2310.12036;
///   Zhao et al. 2023, arXiv 2305.10425. Another β for the rejected answer is that of Yan et
///   al. 2024, arXiv 2406.07327.
/// - Precondition: the shapes agree, and β⁺ is above 0.
/// - Parameters:
///   - chosen: log π⁺.
///   - rejected: log π⁻.
///   - referenceChosen: log r⁺.
///   - referenceRejected: log r⁻.
///   - β: β⁺.
///   - rejectedβ: β⁻; that of the chosen unless told.
///   - form: What is made of m.
/// - Returns: The losses.
public func preferenceLosses<E>(
  chosen: Tensor<E>, rejected: Tensor<E>, referenceChosen: Tensor<E>,
  referenceRejected: Tensor<E>, β: Double = 0.1, rejectedβ: Double? = nil,
  form: PreferenceForm = .logistic()
) -> Tensor<E> {
  require(
    [rejected, referenceChosen, referenceRejected].allSatisfy { $0.shape == chosen.shape },
    "preferenceLosses: the log-probabilities have different shapes")
  require(β > 0, "preferenceLosses: expected a β above 0, got \(β)")
  let won = (chosen - referenceChosen.detached) * E(β)
  let lost = (rejected - referenceRejected.detached) * E(rejectedβ ?? β)
  let margin = won - lost
  switch form {
  case .logistic(let smoothing):
    require(
      (0...1).contains(smoothing), "preferenceLosses: smoothing \(smoothing) is not in 0...1")
    if smoothing == 0 { return softplus(-margin) }
    return softplus(-margin) * E(1 - smoothing) + softplus(margin) * E(smoothing)
  case .hinge: return hinge(margin)
  case .squared: return square(margin / E(β) - E(1 / (2 * β)))
  }
}
