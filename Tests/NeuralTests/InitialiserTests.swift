import Neural
import Tensors
import Testing

struct `Named initialisers` {
  private static let cases: [(Initialiser, Double, Double?)] = [
    // Law, variance of filters [40, 30, 3, 3] over fans 270 and 360, reach.
    (.kaimingNormal(), 2.0 / 270, nil),
    (.kaimingNormal(fan: .output), 2.0 / 360, nil),
    (.kaimingUniform(fan: .output, gain: 1), 1.0 / 360, (3.0 / 360).squareRoot()),
    (.xavierUniform(), 2.0 / 630, (6.0 / 630).squareRoot()),
    (.inverseRootUniform, 1.0 / 810, 1 / 270.0.squareRoot()),
    (.normal(deviation: 0.02), 0.0004, nil),
    // 1 − 4 φ(2) / (2 Φ(2) − 1) of the variance is left.
    (.truncatedNormal(deviation: 0.02), 0.0004 * 0.7737413035499232, 0.04),
  ]

  @Test(arguments: cases)
  func `have the variance and reach of their fans for filters`(
    initialiser: Initialiser, variance: Double, reach: Double?
  ) {
    var stream = RandomStream(paper: "neural-tests", seed: 12, purpose: .initialisation)
    let filters: Tensor<Double> = initialiser.filters([40, 30, 3, 3], using: &stream)
    #expect(filters.shape == [40, 30, 3, 3])
    let square = filters.sumOfSquares().item / Double(filters.count)
    // Five standard errors of a normal variance: 5 √(2/10 800) = 6.8 %.
    #expect(abs(square - variance) <= 0.068 * variance)
    #expect(abs(filters.mean().item) <= 5 * (variance / Double(filters.count)).squareRoot())
    if let reach {
      #expect(filters.scalars.allSatisfy { abs($0) <= reach })
      #expect(filters.scalars.contains { abs($0) > 0.99 * reach })
    }
  }

  @Test(arguments: [[6, 4], [4, 6], [3, 2, 2, 2], [9, 2, 2, 2]])
  func `an orthogonal law has orthonormal rows or columns`(shape: [Int]) {
    var stream = RandomStream(paper: "neural-tests", seed: 13, purpose: .initialisation)
    let law = Initialiser.orthogonal(gain: 2)
    let weights: Tensor<Double> =
      shape.count == 2
      ? law.weights(inputs: shape[0], outputs: shape[1], using: &stream)
      : law.filters(shape, using: &stream)
    #expect(weights.shape == shape)
    let rows = shape[0]
    let matrix = weights.reshaped(to: [rows, weights.count / rows])
    let isTall = rows >= matrix.shape[1]
    let gram = matmul(matrix, matrix, transposingA: isTall, transposingB: !isTall)
    let least = min(rows, matrix.shape[1])
    for i in 0..<least {
      for j in 0..<least { #expect(abs(gram[i, j] - (i == j ? 4 : 0)) < 1e-13) }
    }
  }

  @Test func `parametrisations by width multiply to the variances of their limits`() {
    typealias Width = WidthParametrisation
    for role in Width.Role.allCases {
      // The variance of a unit's sum over n inputs of one: n (multiplier · deviation)².
      func variance(_ width: Width) -> Double {
        let law = width.initialiser(inputs: 64, role: role)
        let deviation = law.fan == .unit ? law.gain : law.gain / 8
        let scaled = width.multiplier(inputs: 64, role: role) * deviation
        return 64 * scaled * scaled
      }
      #expect(abs(variance(.standard) - 1) < 1e-15 && abs(variance(.ntk) - 1) < 1e-15)
      let last = role == .readout ? 1.0 / 64 : 1
      #expect(abs(variance(.meanField) - last) < 1e-15)
      #expect(abs(variance(.maximalUpdate) - last) < 1e-15)
    }
    let mup = Width.maximalUpdate
    #expect(mup.rate(inputs: 4, outputs: 64, role: .input) == 64)
    #expect(mup.rate(inputs: 64, outputs: 64, role: .hidden) == 1)
    #expect(mup.rate(inputs: 64, outputs: 3, role: .readout) == 1.0 / 64)
    #expect(mup.adamRate(inputs: 64, role: .hidden) == 1.0 / 64)
    #expect(mup.adamRate(inputs: 64, role: .input) == 1)
    #expect(Width.ntk.rate(inputs: 64, outputs: 3, role: .readout) == 1)
  }

  @Test func `a parametrised projection applies its multiplier`() {
    var stream = RandomStream(paper: "neural-tests", seed: 14, purpose: .initialisation)
    let layer: Projection<Double> = WidthParametrisation.meanField.projection(
      inputs: 4, outputs: 2, role: .readout, using: &stream)
    let x = Tensor<Double>(repeating: 1, shape: [1, 4])
    let sums = layer.weight.sum(along: 0).scalars
    #expect(zip(layer(x).scalars, sums).allSatisfy { abs($0 - $1 / 4) < 1e-15 })
  }
}
