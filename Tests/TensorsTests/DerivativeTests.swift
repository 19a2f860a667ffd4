import Tensors
import TestSupport
import Testing

/// A differentiable function under test, with a point to differentiate at.
struct Differentiable: Sendable, CustomTestStringConvertible {
  let name: String
  let point: Tensor<Double>
  let function: @Sendable (Tensor<Double>) -> Tensor<Double>

  var testDescription: String { name }

  init(
    _ name: String, at point: Tensor<Double>,
    _ function: @escaping @Sendable (Tensor<Double>) -> Tensor<Double>
  ) {
    (self.name, self.point, self.function) = (name, point, function)
  }

  private static let x = Tensor<Double>([0.7, -1.3, 0.4, 2.1, -0.6, 1.7], shape: [2, 3])
  private static let positive = Tensor<Double>([0.7, 1.3, 0.4, 2.1, 0.6, 1.7], shape: [2, 3])
  private static let other = Tensor<Double>([1.1, 0.3, -0.8, 0.9, 1.6, -1.2], shape: [2, 3])
  private static let row = Tensor<Double>([1.4, -0.9, 0.5])

  static let all =
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

struct `Derivatives` {
  /// A number that depends on every entry in its own way.
  private static func weighted(_ y: Tensor<Double>) -> Tensor<Double> {
    let weights = (0..<y.count).map { 0.5 + Double($0 * 7 % 5) }
    return (y * Tensor(weights, shape: y.shape)).sum()
  }

  @Test(arguments: Differentiable.all)
  func `agree with finite differences`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { Self.weighted(subject.function($0)) }
    #expect(error < 2e-9)
  }

  @Test(arguments: Differentiable.all)
  func `can be taken again`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { x in
      let slope = gradient(at: x) { Self.weighted(subject.function($0)) }
      return Self.weighted(slope * slope)
    }
    #expect(error < 2e-8)
  }

  @Test func `reach the third order`() {
    // (x⁴)''' = 24 x
    let third = gradient(at: Tensor<Double>(1.5)) { x in
      gradient(at: x) { y in gradient(at: y) { $0 * $0 * $0 * $0 } }
    }
    #expect(third.item == 36)
  }

  @Test func `follow a tensor from outside into an inner derivative`() {
    // d/dw of d/dx (w² x³) at x = 2, w = 3 is 2 w 3 x² = 72
    let slope = gradient(at: Tensor<Double>(3)) { w in
      gradient(at: Tensor<Double>(2)) { x in w * w * x * x * x }
    }
    #expect(slope.item == 72)
  }

  @Test func `have the form of the model`() {
    struct Model: Parameterised {
      var weights: [Tensor<Double>]
      var bias: Tensor<Double>?
      mutating func forEachParameter(_ body: (inout Tensor<Double>) -> Void) {
        weights.forEachParameter(body)
        bias.forEachParameter(body)
      }
    }
    var model = Model(weights: [Tensor([1, 2]), Tensor([3])], bias: Tensor(4))
    let (value, slope) = valueWithGradient(at: model) { model in
      (model.weights[0] * model.weights[0]).sum() + (model.bias ?? Tensor(0)) * 5
    }
    #expect(value == 25 && slope.weights[0] == Tensor([2, 4]) && slope.bias == Tensor(5))
    #expect(slope.weights[1] == Tensor([0]), "no path leads to it")
    model.forEachParameter(with: slope) { $0.add($1, scaledBy: -0.5) }
    #expect(model.weights[0] == Tensor([0, 0]) && model.parameterCount == 4)
    #expect(model.zeroed.bias == Tensor(0))
  }

  @Test func `use a tensor as often as it is used`() {
    let slope = gradient(at: Tensor<Double>([1, 2])) { x in
      let y = x * x
      return (y * y + y + x).sum()
    }
    #expect(slope == Tensor([7, 37]))
  }

  @Test func `stop where a tensor is detached`() {
    let slope = gradient(at: Tensor<Double>(3)) { x in x * x.detached }
    #expect(slope.item == 3)
    #expect(gradient(at: Tensor<Double>(3)) { _ in Tensor(1) }.item == 0)
  }

  @Test func `of long chains end`() {
    let slope = gradient(at: Tensor<Double>(1)) { x in
      var y = x
      for _ in 0..<200_000 { y = y + x }
      return y
    }
    #expect(slope.item == 200_001)
  }

  @Test func `of a nearly certain cross-entropy keep their digits`() {
    let logits = Tensor<Double>([50, 0, 0], shape: [1, 3])
    let (loss, slope) = valueWithGradient(at: logits) {
      softmaxCrossEntropy(logits: $0, labels: [0])
    }
    let rare = 2 * exp(-50.0)
    #expect(ulps(loss, from: rare) <= 2 && ulps(slope[0, 0], from: -rare) <= 2)
  }

  @Test func `cost nothing that is not asked for`() {
    // The gradient with respect to the input would be NaN; nobody asks for it.
    let input = Tensor<Double>([0, 4])
    let slope = gradient(at: Tensor<Double>(2)) { w in (w * sqrt(input)).sum() }
    #expect(slope.item == 2)
  }
}
