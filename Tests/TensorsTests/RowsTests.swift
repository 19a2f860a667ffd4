import BitCorpus
import Tensors
import TestSupport
import Testing

struct `Derivatives of rows and axes` {
  private static func weighted(_ y: Tensor<Double>) -> Tensor<Double> {
    let weights = (0..<y.count).map { 0.5 + Double($0 * 7 % 5) }
    return (y * Tensor(weights, shape: y.shape)).sum()
  }

  @Test(arguments: Differentiable.rows)
  func `agree with finite differences`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { Self.weighted(subject.function($0)) }
    #expect(error < 2e-8)
  }

  @Test(arguments: Differentiable.rows)
  func `can be taken again`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { x in
      let slope = gradient(at: x) { Self.weighted(subject.function($0)) }
      return Self.weighted(slope * slope)
    }
    #expect(error < 2e-7)
  }
}
