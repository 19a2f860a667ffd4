public import Tensors

/// The Kullback-Leibler divergence of each row of logits from another's, in nats.
///
///     Σⱼ pⱼ (log pⱼ − log qⱼ),  p = softmax(target), q = softmax(x)
///
/// PyTorch's `kl_div(log_softmax(x), log_softmax(target), log_target=True)`, summed over classes.
///
/// - Shapes: `[rows, classes]` twice give `[rows]`.
/// - Gradient: of both.
/// - Precondition: the shapes agree, with a class.
public func klDivergences<E>(logits: Tensor<E>, targetLogits: Tensor<E>) -> Tensor<E> {
  require(
    logits.rank == 2 && logits.shape == targetLogits.shape,
    "klDivergences: \(logits.shape) and \(targetLogits.shape) are not [rows, classes] both")
  let target = logSoftmax(targetLogits)
  return (exp(target) * (target - logSoftmax(logits))).sum(along: 1)
}

/// The Kullback-Leibler divergence of each row of logits from a distribution, in nats.
///
///     Σⱼ pⱼ (log pⱼ − log qⱼ), with 0 where pⱼ = 0
///
/// - Shapes: `[rows, classes]` twice give `[rows]`.
/// - Gradient: of the logits.
/// - Precondition: the shapes agree, with a class, and no target is negative.
public func klDivergences<E>(logits: Tensor<E>, targets: Tensor<E>) -> Tensor<E> {
  let targets = targets.detached
  let entropies = choose(where: targets, targets * log(targets), else: Tensor(0))
  return crossEntropies(logits: logits, targets: targets) + entropies.sum(along: 1)
}

/// The distillation loss of each row: what a student at a temperature lacks to its teacher.
///
///     T² KL(softmax(teacher / T) ‖ softmax(student / T))
///
/// The T² keeps the gradient's size as T grows. The teacher's is a constant.
///
/// - Shapes: `[rows, classes]` twice give `[rows]`.
/// - Gradient: of the student.
/// - Source: Hinton, Vinyals and Dean 2015, arXiv 1503.02531, §2.
/// - Precondition: the shapes agree, and the temperature is above 0.
public func distillationLosses<E>(
  student: Tensor<E>, teacher: Tensor<E>, temperature: Double = 1
) -> Tensor<E> {
  let divergences = klDivergences(
    logits: divided(student, by: temperature, "distillationLosses"),
    targetLogits: divided(teacher.detached, by: temperature, "distillationLosses"))
  return divergences * E(temperature * temperature)
}

/// The divergence of diagonal normal distributions from the standard one, for each row, in nats.
///
///     ½ Σⱼ (μⱼ² + e^{sⱼ} − 1 − sⱼ),  s = log σ²
///
/// - Shapes: `[rows, variables]` twice give `[rows]`.
/// - Source: Kingma and Welling 2014, arXiv 1312.6114, appendix B.
/// - Precondition: the shapes agree.
public func standardNormalDivergences<E>(
  means: Tensor<E>, logVariances: Tensor<E>
) -> Tensor<E> {
  require(
    means.rank == 2 && means.shape == logVariances.shape,
    "standardNormalDivergences: \(means.shape) and \(logVariances.shape) are not one [rows, n]")
  // expm1(s) − s, not exp(s) − 1 − s: small variances' logarithms stay accurate.
  return (square(means) + (expm1(logVariances) - logVariances)).sum(along: 1) * E(0.5)
}
