import LinearAlgebra
import Tensors
import Testing

struct `Least squares` {
  @Test func `agrees with LAPACK on tall, wide and square systems`() throws {
    for expected in try Fixture.load().leastSquares {
      let a = made(expected.rows, expected.columns, expected.salt)
      let x = try leastSquares(a, made(expected.rows, 2, expected.salt + 5))
      #expect(x.shape == [expected.columns, 2])
      #expect(gap(x, expected.solution) < 1e-11)
    }
  }

  @Test func `takes a vector as right-hand side`() throws {
    let x = try leastSquares(Tensor([2.0, 0, 0, 4], shape: [2, 2]), Tensor([2.0, 2], shape: [2]))
    #expect(x.shape == [2])
    #expect(gap(x, [1, 0.5]) < 1e-15)
  }

  @Test func `refuses dependent columns and names the rank`() {
    let a = Tensor([1.0, 2, 2, 4, 3, 6], shape: [3, 2])
    #expect(
      throws: LinearAlgebraError.rankDeficient(operation: "leastSquares", rank: 1, expected: 2)
    ) { try leastSquares(a, Tensor([1.0, 2, 3], shape: [3])) }
  }

  @Test func `refuses NaN`() {
    #expect(throws: LinearAlgebraError.nonFinite(operation: "leastSquares")) {
      try leastSquares(Tensor([Double.nan], shape: [1, 1]), Tensor([1.0], shape: [1]))
    }
  }

  @Test func `stops where the rows disagree`() async {
    await #expect(processExitsWith: .failure) {
      _ = try leastSquares(made(3, 2, 1), made(2, 1, 1))
    }
  }
}

struct `Pseudo-inverse` {
  @Test func `agrees with SciPy at every rank`() throws {
    for expected in try Fixture.load().rank {
      let a = matmul(
        made(expected.rows, expected.rank, expected.salt),
        made(expected.rank, expected.columns, expected.salt + 1))
      let values = try singularValueDecomposition(a).values
      #expect(gap(values, expected.values) < 1e-14)
      let inverse = try pseudoInverse(a, cutoff: 1e-12)
      #expect(inverse.shape == [expected.columns, expected.rows])
      #expect(gap(inverse, expected.inverse) < 1e-11)
    }
  }

  @Test func `satisfies the four Penrose identities`() throws {
    let a = matmul(made(12, 4, 2), made(4, 9, 3))
    let inverse = try pseudoInverse(a)
    let left = matmul(a, inverse)
    let right = matmul(inverse, a)
    #expect(gap(matmul(left, a), a.scalars) < 1e-13)
    #expect(gap(matmul(right, inverse), inverse.scalars) < 1e-11)
    for product in [left, right] {
      let n = product.shape[0]
      for i in 0..<n {
        for j in 0..<i {
          #expect(abs(product.scalars[i * n + j] - product.scalars[j * n + i]) < 1e-12)
        }
      }
    }
  }

  @Test func `of nothing but zeros is zero`() throws {
    let inverse = try pseudoInverse(Tensor<Double>(zeros: [3, 2]))
    #expect(inverse == Tensor(zeros: [2, 3]))
  }
}

struct `Triangular solve` {
  @Test(arguments: [Triangle.upper, .lower], [false, true])
  func `undoes the product and leaves the other half unread`(
    triangle: Triangle, transposed: Bool
  ) {
    let n = 9
    let full = made(n, n, 5)
    var half = full.scalars
    var spoiled = full.scalars
    for i in 0..<n {
      half[i * n + i] += 2
      spoiled[i * n + i] += 2
      for j in 0..<n where triangle == .upper ? j < i : j > i {
        half[i * n + j] = 0
        spoiled[i * n + j] = .nan
      }
    }
    let x = made(n, 3, 6)
    let b = matmul(Tensor(half, shape: [n, n]), x, transposingA: transposed)
    let solved = solveTriangular(
      Tensor(spoiled, shape: [n, n]), triangle, transposed: transposed, b)
    #expect(gap(solved, x.scalars) < 1e-14)
  }
}

struct Cholesky {
  @Test func `agrees with LAPACK`() throws {
    for expected in try Fixture.load().symmetric {
      let n = expected.size
      var a = made(n, n, expected.salt).scalars
      for i in 0..<n {
        for j in 0..<i { a[i * n + j] = a[j * n + i] }
        a[i * n + i] += expected.shift
      }
      #expect(gap(try cholesky(Tensor(a, shape: [n, n])), expected.factor) < 1e-13)
    }
  }

  @Test func `names the pivot that is not positive`() {
    let failure = #expect(throws: LinearAlgebraError.self) {
      try cholesky(Tensor([1.0, 2, 2, 1], shape: [2, 2]))
    }
    #expect(failure == .notPositiveDefinite(pivot: 1, value: -3))
    #expect(failure?.problem == "cholesky: pivot 1 is -3.0, expected a positive number")
  }

  @Test func `refuses NaN`() {
    #expect(throws: LinearAlgebraError.self) {
      try cholesky(Tensor([Double.nan], shape: [1, 1]))
    }
  }
}
