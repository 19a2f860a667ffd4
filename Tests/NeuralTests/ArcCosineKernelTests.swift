import Foundation
import Neural
import Tensors
import Testing

struct ArcCosineKernels {
  /// 2 E relu(u) relu(v) for normal numbers of correlation cos θ, by the integral over the angle that
  /// is left when the radius is integrated out.
  private func integral(_ θ: Double) -> Double {
    let (start, end, count) = (θ - Double.pi / 2, Double.pi / 2, 4000)
    let step = (end - start) / Double(count)
    let sum = (0..<count).reduce(0.0) { sum, index in
      let angle = start + (Double(index) + 0.5) * step
      return sum + Foundation.cos(angle) * Foundation.cos(angle - θ)
    }
    return 2 / Double.pi * sum * step
  }

  @Test func `the dual of ReLU is the mean of products`() {
    let angles = (0...20).map { Double.pi * Double($0) / 20 }
    let (value, slope) = reluDual(Tensor(angles.map { Foundation.cos($0) }))
    for (index, θ) in angles.enumerated() {
      #expect(abs(value.scalars[index] - integral(θ)) < 1e-6)
      #expect(abs(slope.scalars[index] - (1 - θ / Double.pi)) < 1e-8)
    }
  }

  @Test func `its slope is its derivative`() {
    let z = Tensor([-0.9, -0.3, 0, 0.5, 0.99])
    let derivative = gradient(at: z) { reluDual($0).value.sum() }
    let slope = reluDual(z).slope
    #expect(zip(derivative.scalars, slope.scalars).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test func `equal and opposite inputs keep to the closed forms`() {
    let z = Tensor([1.0, -1, 1 + 1e-12])
    for depth in 0...5 {
      let kernels = reluKernels(z, depth: depth)
      #expect(abs(kernels.gaussianProcess.scalars[0] - 1) < 1e-14)
      #expect(abs(kernels.tangent.scalars[0] - Double(depth + 1)) < 1e-13)
      #expect(abs(kernels.tangent.scalars[2] - Double(depth + 1)) < 1e-10)
    }
    #expect(abs(reluKernels(z, depth: 1).tangent.scalars[1]) < 1e-15)
  }

  @Test func `the tangent kernel is the sum of products of slopes`() {
    let z = Tensor([-0.7, 0.1, 0.6])
    let (first, firstSlope) = reluDual(z)
    let (second, secondSlope) = reluDual(first)
    let expected = second + first * secondSlope + z * firstSlope * secondSlope
    let found = reluKernels(z, depth: 2).tangent
    #expect(zip(found.scalars, expected.scalars).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func `a negative depth stops`() async {
    await #expect(processExitsWith: .failure) { _ = reluKernels(Tensor([0.5]), depth: -1) }
  }
}
