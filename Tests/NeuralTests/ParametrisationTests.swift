import LinearAlgebra
import Neural
import Tensors
import TestSupport
import Testing

private func stream(_ seed: UInt64 = 8) -> RandomStream {
  RandomStream(paper: "neural-tests", seed: seed, purpose: .initialisation)
}

private func drawn(_ shape: [Int], _ seed: UInt64 = 8) -> Tensor<Double> {
  var stream = stream(seed)
  return stream.normal(shape: shape)
}

/// The error of the gradient of a parametrised layer's outputs by all that it stores.
private func storedError<P: Parametrisation>(
  _ parameter: P
) -> Double where P.Number == Double {
  let x = drawn([4, parameter.value.shape[0]], 9)
  let weights = drawn([4, parameter.value.shape[1]], 10)
  var greatest = 0.0
  for index in parameter.parameters.indices {
    let error = gradientError(at: parameter.parameters[index]) { tensor in
      var tensors = parameter.parameters
      tensors[index] = tensor
      let layer = ParametrisedLinear(weight: parameter.replacingParameters(tensors))
      return (layer(x) * weights).sum()
    }
    greatest = max(greatest, error)
  }
  return greatest
}

struct `Parametrised layers` {
  @Test func `compute with the value and are trained through it`() {
    let v = drawn([3, 2])
    let layer = ParametrisedLinear(
      weight: MaskedParameter(v, mask: Tensor([1, 0, 1, 1, 0, 1], shape: [3, 2])),
      bias: Tensor([0.5, -1]))
    let x = drawn([4, 3], 9)
    let expected = matmul(x, layer.weight.value) + Tensor([0.5, -1])
    #expect(greatestDifference(layer(x), expected) < 1e-15)
    #expect(layer.parameterCount == 8)
    let slope = gradient(at: layer) { $0(x).sum() }
    #expect(slope.weight.stored.scalars[1] == 0 && slope.weight.stored.scalars[4] == 0)
    #expect(slope.weight.stored.scalars[0] != 0)
  }

  @Test func `filters may be parametrised`() {
    let filters = QuantisedParameter(drawn([2, 3, 3, 3]), bits: 4, channels: 0)
    let layer = ParametrisedConvolution(
      filters: filters, geometry: Convolution(padding: 1))
    let x = drawn([1, 3, 4, 4], 9)
    #expect(layer(x) == convolution(x, filters.value, Convolution(padding: 1)))
  }

  @Test func `a sparse parameter has its entries at its places`() {
    let sparse = SparseParameter(Tensor([7.0, -2]), at: [1, 5], shape: [2, 3])
    #expect(sparse.value == Tensor([0, 7, 0, 0, 0, -2], shape: [2, 3]))
    var stream = stream()
    let drawn = SparseParameter<Double>(inputs: 20, outputs: 15, share: 0.033, using: &stream)
    #expect(drawn.parameterCount == 9)
    #expect(drawn.entries.scalars.allSatisfy { abs($0) <= 1 / 20.0.squareRoot() })
    #expect(storedError(sparse) < 1e-8)
  }

  @Test func `low rank plus sparse starts as the sparse part`() {
    var stream = stream()
    let sparse = SparseParameter<Double>(inputs: 6, outputs: 5, share: 0.4, using: &stream)
    var parameter = LowRankParameter(rank: 2, scale: 3, rest: sparse, using: &stream)
    #expect(parameter.value == sparse.value)
    #expect(parameter.parameterCount == 2 * (6 + 5) + 12)
    parameter.up = drawn([2, 5])
    let expected = matmul(parameter.down, parameter.up) * 3 + sparse.value
    #expect(greatestDifference(parameter.value, expected) < 1e-15)
    #expect(storedError(parameter) < 1e-8)
  }

  @Test func `an adapted weight stays frozen`() {
    var stream = stream()
    let weight = drawn([4, 3])
    let parameter = AdaptedParameter(rank: 1, rest: FrozenParameter(weight), using: &stream)
    #expect(parameter.value == weight)
    #expect(parameter.parameterCount == 4 + 3)
  }

  @Test func `an orthogonal parameter is orthogonal and has the gradient of its map`() {
    let parameter = OrthogonalParameter(drawn([5, 5]))
    let w = parameter.value
    let identity = Tensor<Double>(oneHot: Array(0..<5), classes: 5)
    #expect(greatestDifference(matmul(w, w, transposingA: true), identity) < 1e-13)
    #expect(greatestDifference(w, identity) > 0.1)
    #expect(OrthogonalParameter(Tensor<Double>(zeros: [3, 3])).value.scalars[0] == 1)
    #expect(storedError(parameter) < 1e-7)
  }

  @Test func `a second derivative goes through Cayley's map`() {
    let v = drawn([3, 3])
    let weights = drawn([3, 3], 10)
    let error = gradientError(at: v) { v in
      gradient(at: v) { (OrthogonalParameter($0).value * weights).sum() }.sumOfSquares()
    }
    #expect(error < 1e-6)
  }

  @Test func `a quantised parameter has few levels and the gradient of its value`() {
    let v = drawn([40, 3])
    let parameter = QuantisedParameter(v, bits: 3, channels: 1)
    let columns = parameter.value.transposed()
    for column in 0..<3 {
      let scalars = columns.rows(column..<column + 1).scalars
      let greatest = v.transposed().rows(column..<column + 1).scalars.map { abs($0) }.max() ?? 0
      let levels = Set(scalars.map { $0 / greatest * 3 })
      #expect((5...7).contains(levels.count))
      #expect(levels.allSatisfy { abs($0 - $0.rounded()) < 1e-12 })
      #expect(scalars.contains { abs($0) == greatest })
      #expect(
        zip(scalars, v.transposed().rows(column..<column + 1).scalars).allSatisfy {
          abs($0 - $1) <= greatest / 6 * 1.0001
        })
    }
    let slope = gradient(at: parameter) { ($0.value * v).sum() }
    #expect(slope.stored == v)
    #expect(QuantisedParameter(Tensor<Double>(zeros: [2]), bits: 8).value == Tensor([0, 0]))
  }

  @Test(arguments: CompandedParameter<Double>.Map.allCases)
  func `a companded parameter has slope a over b at zero and the gradient of its map`(
    map: CompandedParameter<Double>.Map
  ) {
    let v = Tensor([-40.0, -1.2, -1, 0, 1e-6, 0.7, 1, 3], shape: [2, 4])
    let parameter = CompandedParameter(v, map: map, reach: 2, width: 0.5, trainsMap: true)
    #expect(abs(parameter.value.scalars[4] - 4e-6) < 1e-15)
    #expect(storedError(parameter) < 1e-6)
    #expect(parameter.parameterCount == 10)
    if map == .arctangent {
      // 2 arctan(−80) and 2 arctan(6).
      #expect(abs(parameter.value.scalars[0] + 3.1165939555510698) < 1e-14)
      #expect(abs(parameter.value.scalars[7] - 2.8112952987605397) < 1e-14)
    }
  }

  @Test func `parameters that do not fit stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = MaskedParameter(Tensor<Double>(zeros: [2, 3]), mask: Tensor(zeros: [3, 2]))
    }
    await #expect(processExitsWith: .failure) {
      _ = SparseParameter(Tensor<Double>(zeros: [2]), at: [1, 1], shape: [4])
    }
    await #expect(processExitsWith: .failure) {
      _ = OrthogonalParameter(Tensor<Double>(zeros: [2, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = QuantisedParameter(Tensor<Double>(zeros: [2, 3]), bits: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = LowRankParameter(
        down: Tensor<Double>(zeros: [2, 1]), up: Tensor(zeros: [1, 3]),
        rest: Tensor(zeros: [3, 2]))
    }
  }
}
