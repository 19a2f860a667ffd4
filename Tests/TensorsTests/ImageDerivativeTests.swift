import BitCorpus
import Tensors
import TestSupport
import Testing

struct `Derivatives on images` {
  private static func weighted(_ y: Tensor<Double>) -> Tensor<Double> {
    let weights = (0..<y.count).map { 0.5 + Double($0 * 7 % 5) }
    return (y * Tensor(weights, shape: y.shape)).mean()
  }

  @Test(arguments: Differentiable.images)
  func `agree with finite differences`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { Self.weighted(subject.function($0)) }
    #expect(error < 2e-9)
  }

  @Test(arguments: Differentiable.images)
  func `can be taken again`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { x in
      let slope = gradient(at: x) { Self.weighted(subject.function($0)) }
      return Self.weighted(slope * slope)
    }
    #expect(error < 2e-8)
  }

  @Test(arguments: [1, 2])
  func `pass a gradient penalty back to the filters`(stride: Int) {
    var stream = RandomStream(paper: "test", seed: 54, purpose: .data)
    let x: Tensor<Double> = stream.normal(shape: [2, 2, 6, 6])
    let second: Tensor<Double> = stream.normal(shape: [2, 3, 3, 3])
    let form = Convolution(stride: Extent(stride), padding: 1)
    let error = gradientError(at: stream.normal(shape: [3, 2, 3, 3])) { filters in
      let slope = gradient(at: x) { x in
        softplus(convolution(softplus(convolution(x, filters, form)), second, form)).sum()
      }
      return (slope * slope).mean()
    }
    #expect(error < 1e-8)
  }

  @Test func `with respect to filters can be had for each image`() {
    var stream = RandomStream(paper: "test", seed: 55, purpose: .data)
    let x: Tensor<Double> = stream.normal(shape: [3, 4, 5, 6])
    let form = Convolution(stride: 2, padding: 1, groups: 2)
    let g: Tensor<Double> = stream.normal(shape: [3, 6, 3, 3])
    let filters = [6, 2, 3, 3]
    let each = perExampleFilterGradient(x, g, form, shape: filters)
    #expect(each.shape == [3] + filters)
    for n in 0..<3 {
      let one = gradient(at: Tensor(zeros: filters)) {
        (convolution(x.rows(n..<n + 1), $0, form) * g.rows(n..<n + 1)).sum()
      }
      #expect(each.rows(n..<n + 1).reshaped(to: filters) == one)
    }
  }
}
