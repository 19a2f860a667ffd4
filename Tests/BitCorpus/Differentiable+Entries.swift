import Tensors

private let signed = Tensor<Double>([0.7, -1.3, 0.4, 2.1, -0.6, 1.7], shape: [2, 3])
private let positive = Tensor<Double>([0.7, 1.3, 0.4, 2.1, 0.6, 1.7], shape: [2, 3])
private let other = Tensor<Double>([1.1, 0.3, -0.8, 0.9, 1.6, -1.2], shape: [2, 3])

extension Differentiable {
  /// Functions of entries.
  public static let entries = [
    Differentiable("gelu", at: signed) { gelu($0) },
    Differentiable("geluTanh", at: signed) { geluTanh($0) },
    Differentiable("silu", at: signed) { silu($0) },
    Differentiable("elu", at: signed) { elu($0 * $0 * $0, alpha: 1.5) },
    Differentiable("leakyRelu", at: signed) { leakyRelu($0 * $0 * $0, slope: 0.1) },
    Differentiable("leakyRelu, slope", at: signed.rows(0..<1)) { leakyRelu(other, slope: $0 * $0) },
    Differentiable("logSigmoid", at: signed) { logSigmoid($0) },
    Differentiable("hinge", at: signed) { hinge($0 * $0) },
    Differentiable("clamp", at: signed) { clamp($0 * $0, to: 0.3...2) },
    Differentiable("square and cube", at: signed) { square($0) * cube($0) },
    Differentiable("inverseSquareRoot", at: positive) { inverseSquareRoot($0) },
    Differentiable("normalDistribution", at: signed) { normalDistribution($0) },
    Differentiable("normalTail and density", at: signed) { normalTail($0) * normalDensity($0) },
    Differentiable("normalQuantile", at: positive * 0.4) { normalQuantile($0) },
    Differentiable("choose", at: signed) { choose(where: other, exp($0), else: $0 * $0) },
    Differentiable("choose, broadcast", at: Tensor(0.7)) {
      choose(where: Tensor([1.0, 0, 1]), $0 * $0, else: signed * $0)
    },
    Differentiable("multiplyAdd", at: signed) { multiplyAdd($0 * $0, $0, exp($0)) },
    Differentiable("multiplyAdd, broadcast", at: signed.rows(0..<1)) {
      multiplyAdd(Tensor(2.5), $0 * $0, other * $0)
    },
    Differentiable("logGamma", at: positive) { logGamma($0) },
  ]
}
