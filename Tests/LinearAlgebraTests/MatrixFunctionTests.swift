import LinearAlgebra
import Tensors
import Testing

struct `Functions of symmetric matrices` {
  @Test func `agree with SciPy`() throws {
    for expected in try SolverFixture.load().functions {
      let n = expected.size
      let a = madeDefinite(n, expected.salt)
      #expect(gap(try symmetricSquareRoot(a), expected.root) < 1e-13)
      #expect(gap(try symmetricLogarithm(a), expected.logarithm) < 1e-12)
      #expect(gap(try symmetricExponential(a), expected.exponential) < 1e-12)
      let inverse = try symmetricInverseSquareRoot(a)
      #expect(gap(matmul(matmul(inverse, a), inverse), unit(n)) < 1e-12)
      let relative = try symmetricEigen(madeSymmetric(n, expected.salt + 1), relativeTo: a)
      #expect(gap(relative.values, expected.generalised) < 1e-11)
      let v = relative.vectors
      #expect(gap(matmul(v, matmul(a, v), transposingA: true), unit(n)) < 1e-11)
      let polar = try polarFactors(made(n + 2, n, expected.salt + 2))
      #expect(gap(polar.orthonormal, expected.polar) < 1e-12)
      #expect(gap(polar.symmetric, expected.stretch) < 1e-13)
      let wide = try polarFactors(made(n + 2, n, expected.salt + 2).transposed())
      #expect(gap(wide.orthonormal.transposed(), expected.polar) < 1e-12)
    }
  }

  @Test func `are symmetric to the bit`() throws {
    let root = try symmetricSquareRoot(madeDefinite(30, 4))
    #expect(root == root.transposed())
  }

  @Test func `take a semidefinite matrix's root and refuse an indefinite one's`() throws {
    let half = made(9, 4, 5)
    let a = matmul(half, half, transposingB: true)
    let root = try symmetricSquareRoot(a)
    #expect(gap(matmul(root, root), a.scalars) < 1e-13)
    let negative = Tensor([-1.0], shape: [1, 1])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 0, value: -1)) {
      try symmetricSquareRoot(negative)
    }
    #expect(throws: LinearAlgebraError.self) {
      try symmetricLogarithm(Tensor<Double>(zeros: [2, 2]))
    }
  }
}

struct `Norms and ranks` {
  @Test func `agree with LAPACK's singular values`() throws {
    for expected in try SolverFixture.load().spectra {
      let a = made(expected.rows, expected.columns, expected.salt)
      let values = expected.values
      #expect(gap(try singularValues(a), values) < 1e-13 * max(1, values[0]))
      #expect(abs(try spectralNorm(a) - values[0]) < 1e-13 * values[0])
      let last = values[values.count - 1]
      #expect(abs(try conditionNumber(a) / (values[0] / last) - 1) < 1e-10)
      #expect(try numericalRank(a) == values.count)
    }
  }

  @Test func `count what is above the cutoff`() throws {
    let a = matmul(made(12, 4, 2), made(4, 9, 3))
    #expect(try numericalRank(a) == 4)
    let halves = Tensor([1.0, 0, 0, 0.5], shape: [2, 2])
    #expect(try numericalRank(halves, cutoff: 0.6) == 1)
    #expect(try conditionNumber(Tensor([1.0, 0, 0, 0], shape: [2, 2])) == .infinity)
  }

  @Test func `an orthogonal matrix has its full effective rank`() throws {
    var source = stream(8)
    let q: Tensor<Double> = haarOrthogonal(7, using: &source)
    #expect(abs(try effectiveRank(q) - 7) < 1e-12)
    #expect(abs(try effectiveRank(made(5, 1, 2)) - 1) < 1e-14)
    #expect(try effectiveRank(Tensor<Double>(zeros: [2, 2])).isNaN)
  }
}
