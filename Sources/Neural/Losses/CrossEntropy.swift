public import Tensors

// Losses of one example each; `.mean()` of them is what PyTorch gives unless told otherwise. The
// plain cross-entropies are in `Tensors`: `crossEntropies` and `softmaxCrossEntropy`.

/// The cross-entropy of each row of logits against its label, with a share of the weight spread over
/// all classes, at a temperature.
///
///     z = x / T,  (1 − ε) (lse z − z[label]) + ε/K Σⱼ (lse z − zⱼ)
///
/// PyTorch's `label_smoothing`: the label's class gets 1 − ε + ε/K.
///
/// - Shapes: `[rows, classes]` and as many labels as rows give `[rows]`.
/// - Gradient: by its operations.
/// - Source: Szegedy et al. 2016, arXiv 1512.00567, §7.
/// - Precondition: 0 ≤ ε ≤ 1, the temperature is above 0, rows and labels agree.
/// - Parameters:
///   - logits: x.
///   - labels: The classes.
///   - smoothing: ε.
///   - temperature: T.
/// - Returns: The losses.
public func crossEntropies<E>(
  logits: Tensor<E>, labels: [Int], smoothing: Double, temperature: Double = 1
) -> Tensor<E> {
  require((0...1).contains(smoothing), "crossEntropies: smoothing \(smoothing) is not in 0...1")
  let scaled = divided(logits, by: temperature, "crossEntropies")
  let plain = crossEntropies(logits: scaled, labels: labels)
  if smoothing == 0 { return plain }
  let spread = -logSoftmax(scaled).mean(along: 1)
  return plain * E(1 - smoothing) + spread * E(smoothing)
}

/// The cross-entropy of each row of logits against a distribution, at a temperature.
///
///     Σⱼ tⱼ (lse(x/T) − xⱼ/T)
///
/// - Shapes: `[rows, classes]` twice give `[rows]`.
/// - Precondition: the shapes agree, and the temperature is above 0.
public func crossEntropies<E>(
  logits: Tensor<E>, targets: Tensor<E>, temperature: Double
) -> Tensor<E> {
  crossEntropies(logits: divided(logits, by: temperature, "crossEntropies"), targets: targets)
}

/// The mean of losses over the places where a mask says so.
///
///     Σ m ℓ / Σ m
///
/// A loss where the mask is zero counts for nothing, even where it is infinite or not a number.
///
/// - Shapes: losses and mask alike; the result has shape `[]`.
/// - Gradient: of the losses, with the count of places a constant.
/// - Precondition: the shapes agree, and the mask, of weights of zero or more, is not all zero.
/// - Parameters:
///   - losses: ℓ, such as the cross-entropies of positions.
///   - mask: m: one where a loss counts, zero elsewhere, such as in a prompt or in padding.
/// - Returns: The mean.
public func mean<E>(_ losses: Tensor<E>, where mask: Tensor<E>) -> Tensor<E> {
  require(
    losses.shape == mask.shape, "mean: losses \(losses.shape) and mask \(mask.shape) differ")
  let mask = mask.detached
  let weight = mask.sum()
  require(weight.item > 0, "mean: the mask weighs \(weight.item), not more than zero")
  return (choose(where: mask, losses, else: Tensor(0)) * mask).sum() / weight
}

/// The cross-entropy of the logits of every position against its label, averaged where a mask says.
///
/// - Shapes: logits `[…, classes]`, a label and a number of the mask for each position in row-major
///   order; the result has shape `[]`.
/// - Gradient: of the logits.
/// - Precondition: counts agree, labels are classes, also where masked, and the mask is not all zero.
public func softmaxCrossEntropy<E>(
  logits: Tensor<E>, labels: [Int], where mask: Tensor<E>
) -> Tensor<E> {
  let losses = crossEntropies(logits: byPosition(logits), labels: labels)
  return mean(losses, where: mask.reshaped(to: [mask.count]))
}

/// The logarithm of the probability that logits give to whole sequences of labels.
///
///     Σₜ mₜ log p(labelₜ)
///
/// - Shapes: logits `[sequences, positions, classes]`, labels in row-major order, a mask
///   `[sequences, positions]` or none; the result is `[sequences]`.
/// - Gradient: of the logits.
/// - Precondition: counts agree, and labels are classes, also where masked.
public func sequenceLogProbabilities<E>(
  logits: Tensor<E>, labels: [Int], where mask: Tensor<E>? = nil
) -> Tensor<E> {
  require(
    logits.rank == 3, "sequenceLogProbabilities: \(logits.shape) is not [sequences, positions, …]")
  let places = Array(logits.shape.dropLast())
  let losses = crossEntropies(logits: byPosition(logits), labels: labels).reshaped(to: places)
  guard let mask else { return -losses.sum(along: 1) }
  require(
    mask.shape == places, "sequenceLogProbabilities: mask \(mask.shape) for positions \(places)")
  let counted = choose(where: mask.detached, losses, else: Tensor(0)) * mask.detached
  return -counted.sum(along: 1)
}

/// Logits with all axes but the last in one.
private func byPosition<E>(_ logits: Tensor<E>) -> Tensor<E> {
  require(logits.rank >= 1, "crossEntropy: logits of shape \(logits.shape) have no classes")
  let classes = logits.shape[logits.rank - 1]
  let positions = logits.shape.dropLast().reduce(1, *)
  return logits.reshaped(to: [positions, classes])
}

/// Logits at a temperature.
func divided<E>(_ logits: Tensor<E>, by temperature: Double, _ name: String) -> Tensor<E> {
  require(temperature > 0, "\(name): expected a temperature above 0, got \(temperature)")
  return temperature == 1 ? logits : logits / E(temperature)
}
