import LinearAlgebra
import Tensors
import Testing

struct `LU factorization` {
  @Test func `agrees with LAPACK`() throws {
    for expected in try SolverFixture.load().lu {
      let n = expected.size
      let a = made(n, n, expected.salt)
      let factors = try lu(a)
      let pivots = (0..<n).map { factors.packed[$0, $0] }
      #expect(gap(pivots, expected.pivots) < 1e-12)
      let (logarithm, sign) = factors.logDeterminant
      #expect(abs(logarithm - expected.logarithm) < 1e-12 * Double(n))
      #expect(sign == expected.sign)
      #expect(gap(try solve(a, made(n, 2, expected.salt + 1)), expected.solution) < 1e-9)
      if n < 10 {
        let determinant = Double(sign) * exp(expected.logarithm)
        #expect(abs(factors.determinant - determinant) < 1e-13 * abs(determinant) + 1e-300)
      }
    }
  }

  @Test func `inverts`() throws {
    for n in [1, 5, 16, 17, 80] {
      let a = made(n, n, 31) + 2 * Tensor(unit(n), shape: [n, n])
      #expect(gap(matmul(a, try inverse(a)), unit(n)) < 1e-12)
    }
  }

  @Test func `solves in Float with the digits of Float`() throws {
    let a = made(70, 70, 3, Float.self) + 3 * Tensor(unit(70), shape: [70, 70])
    let x = made(70, 2, 4, Float.self)
    #expect(gap(try solve(a, matmul(a, x)), x.scalars) < 1e-5)
  }

  @Test func `names the zero pivot of a singular matrix`() throws {
    let a = Tensor([1.0, 2, 2, 4], shape: [2, 2])
    let factors = try lu(a)
    #expect(factors.determinant == 0)
    #expect(factors.logDeterminant.logarithm == -.infinity)
    #expect(factors.logDeterminant.sign == 0)
    let failure = #expect(throws: LinearAlgebraError.self) { try inverse(a) }
    #expect(failure == .singular(operation: "solve", pivot: 1))
    #expect(failure?.problem == "solve: the matrix is singular, pivot 1 is zero")
    #expect(failure?.remedy.isEmpty == false)
  }

  @Test func `takes the empty matrix`() throws {
    let empty = Tensor<Double>(zeros: [0, 0])
    #expect(try lu(empty).determinant == 1)
    #expect(try inverse(empty) == empty)
    #expect(try solve(empty, Tensor(zeros: [0, 3])) == Tensor(zeros: [0, 3]))
    #expect(try cholesky(empty) == empty)
    #expect(try logDeterminant(positiveDefinite: empty) == 0)
    #expect(try symmetricEigen(empty).values == Tensor(zeros: [0]))
    #expect(try symmetricEigenvalues(empty) == Tensor(zeros: [0]))
  }

  @Test func `refuses NaN`() {
    #expect(throws: LinearAlgebraError.nonFinite(operation: "lu")) {
      try lu(Tensor([Double.nan], shape: [1, 1]))
    }
  }

  @Test func `stops where the matrix is not square`() async {
    await #expect(processExitsWith: .failure) { _ = try lu(made(3, 2, 1)) }
    await #expect(processExitsWith: .failure) { _ = try solve(made(3, 3, 1), made(2, 1, 1)) }
  }
}

struct `Positive definite systems` {
  @Test func `have the logarithm of LU's determinant`() throws {
    for n in [1, 6, 70] {
      let a = madeDefinite(n, 12)
      let expected = try lu(a).logDeterminant
      #expect(expected.sign == 1)
      #expect(abs(try logDeterminant(positiveDefinite: a) - expected.logarithm) < 1e-11)
    }
  }

  @Test func `are refused where a late pivot is not positive`() throws {
    // The pivot lies in the second block.
    var scalars = unit(130) as [Double]
    scalars[100 * 130 + 100] = -2
    let a = Tensor(scalars, shape: [130, 130])
    #expect(throws: LinearAlgebraError.notPositiveDefinite(pivot: 100, value: -2)) {
      try cholesky(a)
    }
  }
}
