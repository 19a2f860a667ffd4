import BitCorpus
import Tensors
import TestSupport
import Testing

struct `Derivatives` {
  /// A number that depends on every entry in its own way.
  private static func weighted(_ y: Tensor<Double>) -> Tensor<Double> {
    let weights = (0..<y.count).map { 0.5 + Double($0 * 7 % 5) }
    return (y * Tensor(weights, shape: y.shape)).sum()
  }

  @Test(arguments: Differentiable.basics)
  func `agree with finite differences`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { Self.weighted(subject.function($0)) }
    #expect(error < 2e-9)
  }

  @Test(arguments: Differentiable.basics)
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
