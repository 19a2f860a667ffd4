import Tensors
import TestSupport
import Testing

struct `An affine map` {
  static let sizes = [
    [1, 1, 1], [5, 3, 7], [32, 2, 64], [17, 33, 10], [128, 50, 40], [3, 4097, 5], [40, 9000, 3],
    [64, 64, 2], [2, 5, 1], [0, 3, 4], [3, 0, 4], [200, 30, 70],
  ]

  @Test(arguments: Activation.allCases, sizes)
  func `has the bits of its steps, and so has its gradient`(_ function: Activation, _ size: [Int]) {
    check(function, size, Float.self)
    check(function, size, Double.self)
  }

  private func check<E: Scalar>(_ function: Activation, _ size: [Int], _: E.Type) {
    var stream = RandomStream(paper: "test", seed: 4, purpose: .data)
    let x: Tensor<E> = stream.normal(shape: [size[0], size[1]])
    let weights: Tensor<E> = stream.normal(shape: [size[1], size[2]])
    let bias: Tensor<E> = stream.normal(shape: [size[2]])
    #expect(affine(x, weights, bias, function) == function(matmul(x, weights) + bias))
    let fused = gradient(at: [x, weights, bias]) {
      sin(affine($0[0], $0[1], $0[2], function)).sum()
    }
    let steps = gradient(at: [x, weights, bias]) {
      sin(function(matmul($0[0], $0[1]) + $0[2])).sum()
    }
    for (left, right) in zip(fused, steps) { #expect(left == right) }
  }

  @Test(arguments: Activation.allCases)
  func `keeps NaN, infinities and zeros of either sign`(_ function: Activation) {
    let special: [Float] = [0, -0.0, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, -1, 2]
    let x = Tensor<Float>(special, shape: [8, 1])
    for weight: Float in [1, -1, 0, .infinity] {
      let weights = Tensor<Float>([weight, weight], shape: [1, 2])
      let bias = Tensor<Float>([-0.0, 1])
      #expect(affine(x, weights, bias, function) == function(matmul(x, weights) + bias))
    }
  }

  @Test(arguments: Activation.allCases)
  func `has derivatives of both orders`(_ function: Activation) {
    var stream = RandomStream(paper: "test", seed: 5, purpose: .data)
    let point: [Tensor<Double>] = [
      stream.normal(shape: [3, 2]), stream.normal(shape: [2, 4]), stream.normal(shape: [4]),
    ]
    func loss(_ p: [Tensor<Double>]) -> Tensor<Double> {
      sin(affine(p[0], p[1], p[2], function)).sum()
    }
    for input in 0..<3 {
      func placed(_ tensor: Tensor<Double>) -> [Tensor<Double>] {
        var all = point
        all[input] = tensor
        return all
      }
      #expect(gradientError(at: point[input]) { loss(placed($0)) } < 1e-8)
      #expect(
        gradientError(at: point[input]) { tensor in
          gradient(at: placed(tensor), of: loss).enumerated().reduce(Tensor(0)) {
            $0 + ($1.element * cos(Tensor(Double($1.offset)))).sum()
          }
        } < 1e-6)
    }
  }
}
