public import Tensors

/// Linear regression with an L2 penalty, exactly.
///
///     min Σᵢ ‖xᵢᵀW + b − tᵢ‖² + λ ‖W‖²
///
/// By the normal equations of the smaller side; the bias is not penalised.
///
/// - Shapes: x [n, d]; targets [n, k]; weights [d, k], bias [k].
/// - Accuracy: backward stable for XᵀX + λ; the error grows with its condition number.
/// - Source: Hoerl and Kennard 1970; the penalty and its scale are scikit-learn's `Ridge`.
/// - Precondition: both are matrices with as many rows, at least one; λ is above zero.
/// - Parameters:
///   - x: The regressors.
///   - targets: What they are to give.
///   - penalty: λ.
///   - fittingBias: Whether b is fitted; else it is zero.
/// - Returns: W and b.
/// - Throws: `LinearAlgebraError.nonFinite`, and as `cholesky(_:)` where λ is too small to help.
public func ridgeRegression<Element: Scalar>(
  _ x: Tensor<Element>, targets: Tensor<Element>, penalty: Element, fittingBias: Bool = true
) throws(LinearAlgebraError) -> (weights: Tensor<Element>, bias: Tensor<Element>) {
  require(
    x.rank == 2 && targets.rank == 2 && x.shape[0] == targets.shape[0] && x.shape[0] > 0
      && penalty > 0,
    "ridgeRegression: regressors \(x.shape), targets \(targets.shape), a penalty of \(penalty)")
  try requireFinite("ridgeRegression", x, targets)
  let (x, targets) = (x.detached, targets.detached)
  let zeros = [Tensor<Element>(zeros: [x.shape[1]]), Tensor(zeros: [targets.shape[1]])]
  let center = fittingBias ? x.mean(along: 0) : zeros[0]
  let level = fittingBias ? targets.mean(along: 0) : zeros[1]
  let (a, t) = (x - center, targets - level)
  let weights: Tensor<Element>
  if x.shape[1] <= x.shape[0] {
    weights = try solvePositiveDefinite(
      ridged(matmul(a, a, transposingA: true), penalty), matmul(a, t, transposingA: true))
  } else {
    let dual = try solvePositiveDefinite(ridged(matmul(a, a, transposingB: true), penalty), t)
    weights = matmul(a, dual, transposingA: true)
  }
  let shift = matmul(center.reshaped(to: [1, center.count]), weights)
  return (weights, level - shift.reshaped(to: [level.count]))
}

/// The coefficients of kernel ridge regression.
///
///     α = (K + λ)⁻¹ T;  a prediction is Σᵢ k(x, xᵢ) αᵢ
///
/// - Shapes: kernel [n, n]; targets [n, k]; the result [n, k].
/// - Accuracy: backward stable.
/// - Precondition: the kernel is square and has a row a target; λ is not negative.
/// - Parameters:
///   - kernel: K between the training examples.
///   - targets: T.
///   - penalty: λ.
/// - Returns: α.
/// - Throws: `LinearAlgebraError.nonFinite`, and as `cholesky(_:)`.
public func kernelRidgeRegression<Element: Scalar>(
  _ kernel: Tensor<Element>, targets: Tensor<Element>, penalty: Element
) throws(LinearAlgebraError) -> Tensor<Element> {
  require(
    kernel.rank == 2 && kernel.shape[0] == kernel.shape[1] && targets.rank == 2
      && targets.shape[0] == kernel.shape[0] && penalty >= 0,
    "kernelRidgeRegression: a kernel \(kernel.shape) and targets \(targets.shape)")
  try requireFinite("kernelRidgeRegression", kernel, targets)
  return try solvePositiveDefinite(ridged(kernel.detached, penalty), targets.detached)
}

/// A square matrix with a number added to its diagonal.
private func ridged<Element: Scalar>(
  _ a: Tensor<Element>, _ penalty: Element
) -> Tensor<Element> {
  let n = a.shape[0]
  var scalars = a.scalars
  for i in 0..<n { scalars[i * n + i] += penalty }
  return Tensor(scalars, shape: [n, n])
}
