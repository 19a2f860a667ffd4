public import Tensors

/// A differentiable function under test, with a point to differentiate at.
public struct Differentiable: Sendable, CustomStringConvertible {
  /// What it is called.
  public let name: String
  /// Where to differentiate.
  public let point: Tensor<Double>
  /// The function.
  public let function: @Sendable (Tensor<Double>) -> Tensor<Double>

  /// The name.
  public var description: String { name }

  /// A function at a point.
  public init(
    _ name: String, at point: Tensor<Double>,
    _ function: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>
  ) {
    (self.name, self.point, self.function) = (name, point, function)
  }

  private static let x = Tensor<Double>([0.7, -1.3, 0.4, 2.1, -0.6, 1.7], shape: [2, 3])
  private static let positive = Tensor<Double>([0.7, 1.3, 0.4, 2.1, 0.6, 1.7], shape: [2, 3])
  private static let other = Tensor<Double>([1.1, 0.3, -0.8, 0.9, 1.6, -1.2], shape: [2, 3])
  private static let row = Tensor<Double>([1.4, -0.9, 0.5])

  /// Arithmetic, products and what was there first.
  public static let basics =
    [
      Differentiable("x + y", at: x) { $0 + other },
      Differentiable("y - x, row", at: row) { x - $0 * $0 },
      Differentiable("x y, row", at: row) { x * $0 * $0 },
      Differentiable("x / y", at: positive) { other / ($0 * $0) + $0 / other },
      Differentiable("x / row", at: row) { other / $0 },
      Differentiable("pow(x, number)", at: positive) { pow($0, 2.5) },
      Differentiable("pow(number, x)", at: x) { pow(Tensor(1.7), $0) },
      Differentiable("maximum", at: x) { maximum($0 * $0, other) },
      Differentiable("minimum", at: x) { minimum(other, $0 * $0) },
      Differentiable("gate", at: x) { gate($0 * $0, where: other) },
      Differentiable("abs", at: x) { abs($0 * $0 * $0) },
      Differentiable("relu", at: x) { relu($0) * $0 },
      Differentiable("negation", at: x) { -($0 * $0) },
      Differentiable("reshaped", at: x) {
        $0.reshaped(to: [3, 2]) * other.reshaped(to: [3, 2]) * 2
      },
      Differentiable("transposed", at: x) { pow($0.transposed(), 3) },
      Differentiable("broadcast", at: row) { exp($0.broadcast(to: [2, 3])) },
      Differentiable("sum along 0", at: x) { exp($0.sum(along: 0)) },
      Differentiable("sum along 1, kept", at: x) { $0 * $0.sum(along: 1, keepingAxis: true) },
      Differentiable("mean along 1", at: x) { exp($0.mean(along: 1)) },
      Differentiable("mean", at: x) { sin($0.mean()) },
      Differentiable("max along 1", at: x) { pow($0.max(along: 1), 3) },
      Differentiable("max along 0", at: x) { pow($0.max(along: 0), 2) },
      Differentiable("rows", at: x) { exp($0.rows(1..<2)) },
      Differentiable("gathered", at: x) { exp($0.gathered(rows: [1, 0, 1])) },
      Differentiable("concatenated", at: x) { Tensor.concatenated([exp($0), $0 * $0]) },
      Differentiable("matmul, left", at: x) { pow(matmul($0, other, transposingB: true), 2) },
      Differentiable("matmul, right", at: x) { pow(matmul(other, $0, transposingA: true), 2) },
      Differentiable("matmul, both transposed", at: x) {
        matmul($0, exp($0.reshaped(to: [3, 2])), transposingA: true, transposingB: true)
      },
      Differentiable("matmul, plain", at: x) { matmul(sin($0), exp($0.reshaped(to: [3, 2]))) },
      Differentiable("matmul, vectors", at: row) { exp(matmul(x, $0)) * matmul($0, $0) },
      Differentiable("softmax", at: x) { softmax($0) },
      Differentiable("logSoftmax", at: x) { logSoftmax($0) * other },
      Differentiable("logSumExp", at: x) { pow(logSumExp($0), 2) },
      Differentiable("cross-entropy", at: x) { softmaxCrossEntropy(logits: $0, labels: [2, 0]) },
      Differentiable("cross-entropies", at: x) {
        pow(crossEntropies(logits: $0, labels: [0, 0]), 2)
      },
    ] + functions

  private static let functions = [
    Differentiable("sqrt", at: positive) { sqrt($0) },
    Differentiable("exp", at: x) { exp($0) },
    Differentiable("expm1", at: x) { expm1($0) },
    Differentiable("log", at: positive) { log($0) },
    Differentiable("log1p", at: positive) { log1p($0) },
    Differentiable("tanh", at: x) { tanh($0) },
    Differentiable("logistic", at: x) { logistic($0) },
    Differentiable("softplus", at: x) { softplus($0) },
    Differentiable("sin", at: x) { sin($0) },
    Differentiable("cos", at: x) { cos($0) },
    Differentiable("erf", at: x) { erf($0) },
  ]
}

extension Differentiable {
  /// Every operation that has a derivative.
  public static var all: [Differentiable] { basics + entries + rows + images }
}
