import LinearAlgebra
import Tensors
import Testing

struct `Least-norm point of a hull` {
  @Test func `agrees with nonnegative least squares of SciPy`() throws {
    for expected in try Fixture.load().hull {
      var z = made(expected.count, expected.dimension, expected.salt).scalars
      for i in 0..<expected.count { z[i * expected.dimension] += expected.shift }
      let points = Tensor(z, shape: [expected.count, expected.dimension])
      let found = try leastNormPoint(ofHullOf: points)
      #expect(abs(found.norm - expected.norm) < 1e-13)
      #expect(gap(found.point, expected.point) < 1e-12)
      #expect(found.lowerBound <= found.norm && found.norm - found.lowerBound < 1e-11)
      let face = found.weights.scalars.indices.filter { found.weights.scalars[$0] > 0 }
      #expect(face == expected.face)
      #expect(abs(found.weights.scalars.reduce(0, +) - 1) < 1e-14)
    }
  }

  @Test func `is zero where the hull holds the origin`() throws {
    let square = Tensor([1.0, 1, -1, 1, -1, -1, 1, -1], shape: [4, 2])
    let found = try leastNormPoint(ofHullOf: square)
    #expect(found.norm < 1e-12)
    #expect(found.lowerBound == 0)
  }

  @Test func `takes points that repeat and faces that degenerate`() throws {
    let row = [1.0, 0.5, 0]
    let rows = [row, row, row, [1, -0.5, 0], [3, 0, 1]]
    let repeated = Tensor(Array(rows.joined()), shape: [5, 3])
    let found = try leastNormPoint(ofHullOf: repeated)
    #expect(abs(found.norm - 1) < 1e-15)
    let zeros = try leastNormPoint(ofHullOf: Tensor<Double>(zeros: [3, 2]))
    #expect(zeros.norm == 0)
  }

  @Test(arguments: 1...40)
  func `brackets the norm on random separable data`(seed: Int) throws {
    var source = stream(UInt64(seed))
    let (n, d) = (5 * seed, 1 + seed / 2)
    var z = (source.normal(shape: [n, d]) as Tensor<Double>).scalars
    for i in 0..<n { z[i * d] = abs(z[i * d]) + 0.05 }
    let found = try leastNormPoint(ofHullOf: Tensor(z, shape: [n, d]))
    #expect(found.norm >= 0.05)
    #expect(found.norm - found.lowerBound < 1e-11)
  }

  @Test(arguments: [1e-2, 1e-4, 1e-6], 1...5)
  func `brackets the norm where classes almost touch`(margin: Double, seed: Int) throws {
    var source = stream(UInt64(100 + seed))
    let (n, d) = (400, 15)
    var z = (source.normal(shape: [n, d]) as Tensor<Double>).scalars
    for i in 0..<n { z[i * d] = margin * (1 + abs(z[i * d])) }
    let found = try leastNormPoint(ofHullOf: Tensor(z, shape: [n, d]))
    #expect(found.norm >= margin * (1 - 1e-9))
    #expect(found.norm - found.lowerBound < 1e-11)
  }

  @Test(arguments: 1...10)
  func `brackets the norm on small integers`(seed: Int) throws {
    var source = stream(UInt64(200 + seed))
    let (n, d) = (300, 8 * seed)
    let z = (0..<n * d).map { index in
      index % d == 0 ? 4.0 : Double(source.integer(below: 17)) - (index % 3 == 0 ? 8 : 0)
    }
    let found = try leastNormPoint(ofHullOf: Tensor(z, shape: [n, d]))
    #expect(found.norm >= 4)
    #expect(found.norm - found.lowerBound < 1e-9)
  }

  @Test func `says so when it has not converged`() {
    let failure = #expect(throws: LinearAlgebraError.self) {
      try leastNormPoint(ofHullOf: made(60, 6, 3), iterations: 0)
    }
    guard case .notConverged("leastNormPoint", 0, let residual, let tolerance) = failure else {
      Issue.record("expected notConverged, got \(String(describing: failure))")
      return
    }
    #expect(residual > tolerance)
    #expect(failure?.remedy.isEmpty == false)
  }

  @Test func `refuses NaN`() {
    #expect(throws: LinearAlgebraError.nonFinite(operation: "leastNormPoint")) {
      try leastNormPoint(ofHullOf: Tensor([Double.nan, 1], shape: [1, 2]))
    }
  }
}
