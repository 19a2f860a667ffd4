import LinearAlgebra
import Neural
import Tensors
import TestSupport
import Testing

private typealias Fixture = InstrumentFixture

struct `Curvature of a network` {
  private let model = Fixture.network
  private let n = 43

  private func losses(_ network: [Tensor<Double>]) -> Tensor<Double> {
    crossEntropies(logits: Fixture.outputs(network, Fixture.examples), labels: Fixture.classes)
  }

  private var stream: RandomStream {
    RandomStream(paper: "neural-tests", seed: 9, purpose: .probing)
  }

  /// All eigenvalues of an operator, by its products with the unit vectors.
  private func spectrum(_ curvature: CurvatureOperator) throws -> [Double] {
    #expect(curvature.dimension == n)
    let columns = (0..<n).map { index in
      curvature(Tensor((0..<n).map { $0 == index ? 1 : 0 }, shape: [n]))
    }
    let matrix = Tensor.stacked(columns)
    #expect(greatestDifference(matrix, matrix.transposed()) < 1e-12)
    return try symmetricEigenvalues(matrix).scalars
  }

  @Test func `has PyTorch's Hessian`() throws {
    let hessian = CurvatureOperator.hessian(at: model) { losses($0).mean() }
    #expect(agree(try spectrum(hessian), try Fixture.load().hessian))
  }

  @Test func `has PyTorch's Fisher matrix as that of Gauss and Newton`() throws {
    let fisher = CurvatureOperator.gaussNewton(at: model) {
      Fixture.outputs($0, Fixture.examples)
    } criterion: {
      softmaxCrossEntropy(logits: $0, labels: Fixture.classes)
    }
    #expect(agree(try spectrum(fisher), try Fixture.load().fisher))
  }

  @Test func `has PyTorch's empirical Fisher matrix`() throws {
    let fisher = CurvatureOperator.empiricalFisher(at: model, losses: losses)
    #expect(agree(try spectrum(fisher), try Fixture.load().empiricalFisher))
  }

  @Test func `has its extreme eigenvalues, trace and density`() throws {
    let expected = try Fixture.load().hessian
    let hessian = CurvatureOperator.hessian(at: model) { losses($0).mean() }
    var stream = stream
    let pairs = try hessian.eigenvalues(greatest: 2, least: 1, using: &stream)
    #expect(agree(pairs.values.scalars, [expected[0], expected[41], expected[42]], 1e-7))
    let sum = expected.reduce(0, +)
    let trace = hessian.trace(probes: 200, using: &stream)
    #expect(abs(trace.value - sum) < 4 * trace.standardError && trace.standardError < 0.1 * sum)
    let density = try hessian.density(steps: 20, probes: 20, using: &stream)
    #expect(abs(density.reduce(0) { $0 + $1.mass } - 1) < 1e-10)
    #expect(abs(density.reduce(0) { $0 + $1.mass * $1.value } * Double(n) - sum) < 0.4 * sum)
  }

  @Test func `of Float has the same greatest eigenvalue`() throws {
    let single = model.map { Tensor<Float>(converting: $0) }
    let x = Tensor<Float>(converting: Fixture.examples)
    let hessian = CurvatureOperator.hessian(at: single) {
      softmaxCrossEntropy(logits: Fixture.outputs($0, x), labels: Fixture.classes)
    }
    var stream = stream
    let found = try hessian.eigenvalues(greatest: 1, using: &stream).values.item
    #expect(abs(found - (try Fixture.load().hessian[42])) < 1e-4)
  }

  @Test func `is what a loss rises by near a minimum`() {
    let point = Tensor([3.0, 4])
    let rise = ascentSharpness(at: point, radius: 0.5) { $0.sumOfSquares() }
    #expect(abs(rise - (5.5 * 5.5 - 25)) < 1e-12)
  }
}

struct `The tangent kernel of a network` {
  @Test func `is PyTorch's, also between parts`() throws {
    let expected = try InstrumentFixture.load().tangentKernel
    let kernel = tangentKernel(at: Fixture.network) { Fixture.outputs($0, Fixture.examples) }
    #expect(kernel.shape == [8, 8] && agree(kernel.scalars, expected))
    let part = tangentKernel(at: Fixture.network) {
      Fixture.outputs($0, Fixture.examples.rows(2..<5))
    } with: {
      Fixture.outputs($0, Fixture.examples)
    }
    #expect(greatestDifference(part, kernel.rows(2..<5)) < 1e-12)
    let single = tangentKernel(at: Fixture.network) {
      Fixture.outputs($0, Fixture.examples).sum(along: 1)
    }
    #expect(single.shape == [8, 8])
  }
}
