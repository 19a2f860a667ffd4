public import Tensors

/// The proximal step of λ‖x‖₁: every entry moved towards zero by the threshold, and not past it.
///
///     argmin_y ½‖y − x‖² + λ‖y‖₁ = sign(x) max(|x| − λ, 0)
///
/// After a gradient step of length η, the threshold is η times the penalty's factor.
///
/// - Gradient: one where |x| > λ, zero elsewhere.
/// - Precondition: the threshold is not negative.
public func softThreshold<E>(_ x: Tensor<E>, by threshold: E) -> Tensor<E> {
  require(threshold >= 0, "softThreshold: the threshold \(threshold) is negative")
  return relu(x - threshold) - relu(-x - threshold)
}

/// The proximal step of λ Σ‖x_g‖₂ over the groups that are the slices of an axis: each group
/// shortened by the threshold, or set to zero where it is not longer.
///
///     x_g max(0, 1 − λ / ‖x_g‖)
///
/// - Shapes: that of x. With axis 0, the groups are rows, or the filters of a convolution.
/// - Gradient: by its operations; not a number in a group of length zero.
/// - Precondition: x has the axis, and the threshold is not negative.
/// - Parameters:
///   - x: The entries.
///   - threshold: λ; weights of groups, such as the root of their size, are for the caller.
///   - axis: The axis whose slices are the groups.
/// - Returns: The shortened groups.
public func groupSoftThreshold<E>(
  _ x: Tensor<E>, by threshold: E, alongAxis axis: Int = 0
) -> Tensor<E> {
  require(threshold >= 0, "groupSoftThreshold: the threshold \(threshold) is negative")
  require(x.shape.indices.contains(axis), "groupSoftThreshold: \(x.shape) has no axis \(axis)")
  let others = x.shape.indices.filter { $0 != axis }
  let lengths = sqrt(square(x).sum(over: others, keepingAxes: true))
  // A group of length zero is left alone; its quotient would be none.
  let kept = relu(1 - threshold / choose(where: lengths, lengths, else: Tensor(1)))
  return x * kept
}
