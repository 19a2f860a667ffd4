public import Tensors

/// The squared errors, entry by entry: (x − y)².
///
/// - Shapes: those to which both broadcast.
public func squaredErrors<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> { square(x - y) }

/// The absolute errors, entry by entry: |x − y|.
///
/// - Shapes: those to which both broadcast.
/// - Gradient: zero where both are equal.
public func absoluteErrors<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> { abs(x - y) }

/// Huber's losses, entry by entry: quadratic near, linear far.
///
///     r²/2 where |r| ≤ δ,  δ (|r| − δ/2) elsewhere,  r = x − y
///
/// PyTorch's `huber_loss`; its `smooth_l1_loss` is this over δ.
///
/// - Shapes: those to which both broadcast.
/// - Gradient: r brought into ±δ.
/// - Precondition: δ is above 0.
public func huberLosses<E>(_ x: Tensor<E>, _ y: Tensor<E>, threshold δ: E = 1) -> Tensor<E> {
  require(δ > 0, "huberLosses: expected a threshold above 0, got \(δ)")
  let distances = abs(x - y)
  // With c = min(|r|, δ): c²/2 + δ (|r| − c), where the second is zero near.
  let near = minimum(distances, Tensor(δ))
  return square(near) * E(0.5) + (relu(distances - δ)) * δ
}

/// The mean squared error of differences of scores: how far apart a student puts two candidates,
/// against a teacher.
///
///     1/n Σ ((s⁺ − s⁻) − (t⁺ − t⁻))²
///
/// - Shapes: `[n]` four times; the result has shape `[]`.
/// - Source: Hofstätter et al. 2020, arXiv 2010.02666, §4.
/// - Precondition: the shapes are equal.
public func marginMeanSquaredError<E>(
  positive: Tensor<E>, negative: Tensor<E>, teacherPositive: Tensor<E>,
  teacherNegative: Tensor<E>
) -> Tensor<E> {
  require(
    [negative, teacherPositive, teacherNegative].allSatisfy { $0.shape == positive.shape },
    "marginMeanSquaredError: the scores have different shapes")
  return squaredErrors(positive - negative, teacherPositive - teacherNegative).mean()
}
