import LinearAlgebra
import Tensors
import Testing

struct `Conjugate gradients` {
  @Test(arguments: [1, 12, 90])
  func `solve a definite system to the residual asked for`(n: Int) throws {
    let a = madeDefinite(n, 5)
    let b = madeVector(n, 6)
    let found = try conjugateGradient(b, tolerance: 1e-12) { matmul(a, $0) }
    let rest = b - matmul(a, found.solution)
    #expect((rest * rest).sum().item <= 1.1e-24 * (b * b).sum().item)
    #expect(gap(found.solution, try solve(a, b).scalars) < 1e-8)
    let inverse = Tensor((0..<n).map { 1 / a[$0, $0] }, shape: [n])
    let helped = try conjugateGradient(b, preconditioner: { inverse * $0 }) { matmul(a, $0) }
    #expect(helped.residual <= 1e-10)
  }

  @Test func `give zero for zero, and stop where the matrix is not definite`() throws {
    let zero = try conjugateGradient(Tensor(zeros: [4])) { $0 }
    #expect(zero.solution == Tensor(zeros: [4]) && zero.iterations == 0)
    #expect(throws: LinearAlgebraError.self) { try conjugateGradient(madeVector(4, 1)) { -$0 } }
    #expect(throws: LinearAlgebraError.self) {
      let a = madeDefinite(40, 5)
      return try conjugateGradient(madeVector(40, 1), iterations: 3) { matmul(a, $0) }
    }
    #expect(throws: LinearAlgebraError.nonFinite(operation: "conjugateGradient")) {
      try conjugateGradient(Tensor([Double.nan])) { $0 }
    }
  }
}

struct `Lanczos' process` {
  @Test func `with all steps gives all eigenvalues and vectors`() throws {
    let a = madeSymmetric(40, 7)
    let found = try lanczos(from: madeVector(40, 8), steps: 40) { matmul(a, $0) }
    #expect(gap(found.values, try symmetricEigenvalues(a).scalars) < 1e-12)
    let rest = matmul(a, found.vectors) - found.vectors * found.values
    #expect(size(rest) < 1e-12)
    #expect(abs(found.weights.sum().item - 1) < 1e-13)
    #expect(gap(matmul(found.vectors, found.vectors, transposingA: true), unit(40)) < 1e-13)
  }

  @Test func `finds both ends of a spectrum`() throws {
    var source = stream(9)
    let n = 300
    let values = (0..<n).map { $0 == 0 ? -5.0 : $0 < 3 ? 9.0 + Double($0) : source.uniform() }
    let d = Tensor(values, shape: [n])
    let start: Tensor<Double> = source.normal(shape: [n])
    let found = try extremeEigenvalues(from: start, least: 1, greatest: 2) { d * $0 }
    #expect(gap(found.values, [-5, 10, 11]) < 1e-8)
    #expect(found.steps < 100)
    #expect(size(d.reshaped(to: [n, 1]) * found.vectors - found.vectors * found.values) < 1e-8)
  }

  @Test func `ends early in an invariant space`() throws {
    let found = try lanczos(from: Tensor([1.0, 1, 0]), steps: 3) { Tensor([2.0, 2, 5]) * $0 }
    #expect(found.steps == 1)
    #expect(gap(found.values, [2]) < 1e-15)
    #expect(throws: LinearAlgebraError.self) {
      try extremeEigenvalues(from: Tensor([1.0, 1, 0]), least: 1, greatest: 1) {
        Tensor([2.0, 2, 5]) * $0
      }
    }
  }
}

struct `Spectral estimates` {
  @Test func `the trace lies within four standard errors`() {
    var source = stream(10)
    let a = madeSymmetric(60, 3)
    let found = traceEstimate(dimension: 60, probes: 400, using: &source) { matmul(a, $0) }
    let trace = (0..<60).reduce(0) { $0 + a[$1, $1] }
    #expect(abs(found.value - trace) < 4 * found.standardError)
    #expect(found.standardError > 0)
    let exact = traceEstimate(dimension: 5, probes: 1, using: &source) { 3 * $0 }
    #expect(exact.value == 15)
  }

  @Test func `the density has the moments of the spectrum`() throws {
    var source = stream(11)
    let a = madeSymmetric(50, 4)
    let masses = try spectralDensity(dimension: 50, steps: 20, probes: 200, using: &source) {
      matmul(a, $0)
    }
    #expect(abs(masses.reduce(0) { $0 + $1.mass } - 1) < 1e-12)
    let square = (a * a).sum().item / 50
    #expect(abs(masses.reduce(0) { $0 + $1.mass * $1.value * $1.value } / square - 1) < 0.05)
  }

  @Test func `power iteration finds the value of greatest size`() throws {
    let d = Tensor([1.0, -3, 2])
    let found = try powerIteration(from: Tensor([1.0, 1, 1])) { d * $0 }
    #expect(abs(found.value + 3) < 1e-12)
    #expect(throws: LinearAlgebraError.self) {
      try powerIteration(from: Tensor([1.0, 1]), iterations: 100) { Tensor([1.0, -1]) * $0 }
    }
  }
}

struct `Quadrature rules` {
  @Test func `agree with NumPy`() throws {
    for expected in try SolverFixture.load().quadrature {
      let (legendre, hermite) = (
        try gaussLegendre(expected.count), try gaussHermite(expected.count)
      )
      #expect(gap(legendre.nodes, expected.nodes) < 1e-15)
      #expect(gap(legendre.weights, expected.weights) < 2e-14)
      #expect(gap(hermite.nodes, expected.normal) < 1e-14 * Double(expected.count))
      #expect(gap(hermite.weights, expected.masses) < 1e-14)
      let first = expected.masses[0]
      #expect(abs(hermite.weights.scalars[0] / first - 1) < 1e-11)
    }
  }

  @Test func `are exact for polynomials`() throws {
    let rule = try gaussHermite(12)
    let moments = [1.0, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945]
    for (power, moment) in moments.enumerated() {
      let sum = (pow(rule.nodes, Double(power)) * rule.weights).sum().item
      #expect(abs(sum - moment) < 1e-12 * max(moment, 1))
    }
    let large = try gaussHermite(350)
    #expect(abs(large.weights.sum().item - 1) < 1e-12)
    #expect((0..<350).allSatisfy { large.nodes.scalars[$0] == -large.nodes.scalars[349 - $0] })
  }
}

struct `Roots of functions` {
  @Test func `are found between a change of sign`() throws {
    #expect(abs(try root(in: 0...3) { $0 * $0 - 2 } - 2.0.squareRoot()) < 4e-16)
    #expect(try root(in: -1...1) { $0 } == 0)
    let third = try root(in: -4...2, tolerance: 1e-12) { $0 * $0 * $0 }
    #expect(abs(third) < 1e-12)
    // A jump counts as a root.
    #expect(abs(try root(in: 0...1, tolerance: 1e-9) { $0 < 0.3 ? -1 : 1 } - 0.3) < 1e-9)
  }

  @Test func `are refused where there is no change of sign`() {
    let failure = #expect(throws: LinearAlgebraError.self) { try root(in: 0...1) { $0 + 1 } }
    #expect(failure == .noSignChange(lower: 0, upper: 1))
    #expect(failure?.problem == "root: the function has one sign at both 0.0 and 1.0")
    #expect(throws: LinearAlgebraError.nonFinite(operation: "root")) {
      try root(in: -1...1) { $0 == 1 ? 1 : $0 == -1 ? -1 : .nan }
    }
  }
}
