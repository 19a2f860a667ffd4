public import Tensors

/// The cross-entropy of logits of a yes against the probability of a yes, entry by entry.
///
///     t log(1 + e⁻ˣ) + (1 − t) log(1 + eˣ)
///
/// PyTorch's `binary_cross_entropy_with_logits`.
///
/// - Shapes: logits and targets broadcast; the result has that shape.
/// - Accuracy: relative, also where a loss is far below one.
/// - Gradient: σ(x) − t; of the targets too.
/// - Precondition: the shapes broadcast.
public func logisticLosses<E>(logits: Tensor<E>, targets: Tensor<E>) -> Tensor<E> {
  targets * softplus(-logits) + (1 - targets) * softplus(logits)
}

/// The logistic loss of margins: `log(1 + e⁻ᵐ)`, where m is the output times the label ±1.
///
/// - Accuracy: relative.
/// - Gradient: −σ(−m).
public func logisticLosses<E>(margins: Tensor<E>) -> Tensor<E> { softplus(-margins) }

/// The squared hinge loss of margins: `max(0, 1 − m)²`.
public func squaredHinge<E>(_ margins: Tensor<E>) -> Tensor<E> { square(hinge(margins)) }

/// The hinge loss of each row of scores: how much other classes come near the label's.
///
///     1/K Σ_{j≠label} max(0, margin − x[label] + xⱼ)
///
/// PyTorch's `multi_margin_loss`, with its division by the number of classes.
///
/// - Shapes: `[rows, classes]` and as many labels as rows give `[rows]`.
/// - Gradient: none where a class is exactly a margin away.
/// - Precondition: rows and labels agree, and labels are classes.
public func multiclassHinge<E>(
  scores: Tensor<E>, labels: [Int], margin: E = 1
) -> Tensor<E> {
  let own = labelled(scores, labels, "multiclassHinge")
  let shortfalls = relu(scores - own.reshaped(to: [own.count, 1]) + margin)
  // The label's own class falls short by the margin, which is not counted.
  let others = 1 - Tensor<E>(oneHot: labels, classes: scores.shape[1])
  return (shortfalls * others).mean(along: 1)
}

/// The focal loss of logits of a yes, which counts less what is known well.
///
///     p = σ(x), p_t = p t + (1 − p)(1 − t),  α_t (1 − p_t)^γ ℓ(x, t)
///
/// with ℓ the logistic loss and α_t = α t + (1 − α)(1 − t), or one without α: torchvision's
/// `sigmoid_focal_loss`.
///
/// - Shapes: logits and targets alike; the result too.
/// - Gradient: by its operations; finite for every finite logit, where γ is zero or at least one.
/// - Source: Lin et al. 2017, arXiv 1708.02002, eq. 5.
/// - Precondition: the shapes are equal, and γ is not negative.
public func focalLosses<E>(
  logits: Tensor<E>, targets: Tensor<E>, focusing γ: E = 2, weight α: E? = nil
) -> Tensor<E> {
  require(
    logits.shape == targets.shape && γ >= 0,
    "focalLosses: logits \(logits.shape), targets \(targets.shape), γ = \(γ)")
  // 1 − p_t, without the cancellation.
  let missed = targets * logistic(-logits) + (1 - targets) * logistic(logits)
  let losses = logisticLosses(logits: logits, targets: targets) * focus(missed, γ)
  guard let α else { return losses }
  return losses * (targets * α + (1 - targets) * (1 - α))
}

/// The focal loss of each row of logits against its label.
///
///     (1 − p[label])^γ (−log p[label])
///
/// - Shapes: `[rows, classes]` and as many labels as rows give `[rows]`.
/// - Gradient: by its operations; finite for all finite logits, where γ is zero or at least one.
/// - Source: Lin et al. 2017, arXiv 1708.02002, eq. 4.
/// - Precondition: rows and labels agree, labels are classes, and γ is not negative.
public func focalLosses<E>(
  logits: Tensor<E>, labels: [Int], focusing γ: E = 2
) -> Tensor<E> {
  require(γ >= 0, "focalLosses: γ = \(γ) is negative")
  let losses = crossEntropies(logits: logits, labels: labels)
  // 1 − p = 1 − exp(−loss), which is accurate where p is close to one.
  return losses * focus(-expm1(-losses), γ)
}

/// x^γ for x in [0, 1]; whole powers by products, which have a derivative at zero.
private func focus<E>(_ x: Tensor<E>, _ γ: E) -> Tensor<E> {
  switch γ {
  case 0: Tensor(repeating: 1, shape: x.shape)
  case 1: x
  case 2: square(x)
  case 3: cube(x)
  // Below the least normal number nothing is left of the loss.
  default: pow(maximum(x, Tensor(E.leastNormalMagnitude)), γ)
  }
}

/// The entry of each row at its label.
func labelled<E>(_ x: Tensor<E>, _ labels: [Int], _ name: String) -> Tensor<E> {
  require(
    x.rank == 2 && labels.count == x.shape[0],
    "\(name): scores \(x.shape) and labels [\(labels.count)] differ in rows")
  require(
    labels.allSatisfy { (0..<x.shape[1]).contains($0) },
    "\(name): a label is no class of \(x.shape)")
  return x.taken(labels, along: 1)
}
