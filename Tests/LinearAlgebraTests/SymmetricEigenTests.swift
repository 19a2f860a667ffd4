import LinearAlgebra
import Tensors
import Testing

struct `Symmetric eigendecomposition` {
  @Test func `agrees with LAPACK`() throws {
    for expected in try Fixture.load().symmetric {
      let n = expected.size
      let eigen = try symmetricEigen(made(n, n, expected.salt))
      #expect(gap(eigen.values, expected.values) < 1e-14 * Double(n))
      #expect(gap(eigen.vectors, expected.vectors) < 1e-11)
    }
  }

  @Test func `diagonalizes a large matrix`() throws {
    let n = 120
    let a = made(n, n, 23)
    let eigen = try symmetricEigen(a)
    var scaled = eigen.vectors.scalars
    for i in 0..<n * n { scaled[i] *= eigen.values.scalars[i % n] }
    let back = matmul(Tensor(scaled, shape: [n, n]), eigen.vectors, transposingB: true).scalars
    for i in 0..<n {
      for j in i..<n { #expect(abs(back[i * n + j] - a.scalars[i * n + j]) < 1e-12) }
    }
    #expect(zip(eigen.values.scalars, eigen.values.scalars.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func `keeps repeated and zero eigenvalues`() throws {
    let eigen = try symmetricEigen(Tensor(unit(4) as [Double], shape: [4, 4]))
    #expect(eigen.values.scalars == [1, 1, 1, 1])
    #expect(try symmetricEigen(Tensor<Double>(zeros: [3, 3])).values.scalars == [0, 0, 0])
  }

  @Test func `refuses infinity`() {
    #expect(throws: LinearAlgebraError.nonFinite(operation: "symmetricEigen")) {
      try symmetricEigen(Tensor([Double.infinity], shape: [1, 1]))
    }
  }
}

struct `Singular value decomposition` {
  @Test(arguments: [(30, 20), (20, 30), (1, 1), (64, 64)])
  func `gives back its matrix`(rows: Int, columns: Int) throws {
    let a = made(rows, columns, 29)
    let factors = try singularValueDecomposition(a)
    let rank = min(rows, columns)
    var scaled = factors.u.scalars
    for i in 0..<rows * rank { scaled[i] *= factors.values.scalars[i % rank] }
    let back = matmul(Tensor(scaled, shape: [rows, rank]), factors.v, transposingB: true)
    #expect(gap(back, a.scalars) < 1e-13)
    #expect(gap(matmul(factors.u, factors.u, transposingA: true), unit(rank)) < 1e-12)
    #expect(gap(matmul(factors.v, factors.v, transposingA: true), unit(rank)) < 1e-12)
  }
}
