import Tensors

private let point = Tensor<Double>([0.7, -1.3, 0.4, 2.1, -0.6, 1.7], shape: [2, 3])
private let positive = Tensor<Double>([0.7, 1.3, 0.4, 2.1, 0.6, 1.7], shape: [2, 3])
private let other = Tensor<Double>([1.1, 0.3, -0.8, 0.9, 1.6, -1.2], shape: [2, 3])

extension Differentiable {
  /// Functions of entries.
  public static let entries = [
    Differentiable("gelu", at: point) { gelu($0) },
    Differentiable("geluTanh", at: point) { geluTanh($0) },
    Differentiable("silu", at: point) { silu($0) },
    Differentiable("elu", at: point) { elu($0 * $0 * $0, alpha: 1.5) },
    Differentiable("leakyRelu", at: point) { leakyRelu($0 * $0 * $0, slope: 0.1) },
    Differentiable("leakyRelu, slope", at: point.rows(0..<1)) { leakyRelu(other, slope: $0 * $0) },
    Differentiable("logSigmoid", at: point) { logSigmoid($0) },
    Differentiable("hinge", at: point) { hinge($0 * $0) },
    Differentiable("clamp", at: point) { clamp($0 * $0, to: 0.3...2) },
    Differentiable("square and cube", at: point) { square($0) * cube($0) },
    Differentiable("inverseSquareRoot", at: positive) { inverseSquareRoot($0) },
    Differentiable("normalDistribution", at: point) { normalDistribution($0) },
    Differentiable("normalTail and density", at: point) { normalTail($0) * normalDensity($0) },
    Differentiable("normalQuantile", at: positive * 0.4) { normalQuantile($0) },
    Differentiable("choose", at: point) { choose(where: other, exp($0), else: $0 * $0) },
    Differentiable("choose, broadcast", at: Tensor(0.7)) {
      choose(where: Tensor([1.0, 0, 1]), $0 * $0, else: point * $0)
    },
    Differentiable("multiplyAdd", at: point) { multiplyAdd($0 * $0, $0, exp($0)) },
    Differentiable("multiplyAdd, broadcast", at: point.rows(0..<1)) {
      multiplyAdd(Tensor(2.5), $0 * $0, other * $0)
    },
    Differentiable("logGamma", at: positive) { logGamma($0) },
  ]
}
