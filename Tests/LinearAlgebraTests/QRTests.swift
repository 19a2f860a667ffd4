import LinearAlgebra
import Tensors
import Testing

struct `QR factorization` {
  @Test func `agrees with LAPACK once signs are fixed`() throws {
    for expected in try Fixture.load().qr {
      let factors = qr(made(expected.rows, expected.columns, expected.salt))
      #expect(gap(factors.r, expected.r) < 1e-13)
      let firstRow = Array(factors.q.scalars.prefix(expected.columns))
      #expect(gap(firstRow, expected.firstRow) < 1e-12)
    }
  }

  @Test(arguments: [(1, 1), (5, 5), (40, 31), (64, 64), (100, 97), (130, 33)])
  func `gives back its matrix and orthonormal columns`(rows: Int, columns: Int) {
    let a = made(rows, columns, 17)
    let factors = qr(a)
    #expect(gap(matmul(factors.q, factors.r), a.scalars) < 1e-14)
    let gram = matmul(factors.q, factors.q, transposingA: true)
    #expect(gap(gram, unit(columns)) < 1e-14)
    for i in 0..<columns {
      #expect(factors.r.scalars[i * columns + i] > 0)
      for j in 0..<i { #expect(factors.r.scalars[i * columns + j] == 0) }
    }
  }

  @Test func `works in single precision`() {
    let a = made(50, 40, 17, Float.self)
    let factors = qr(a)
    #expect(gap(matmul(factors.q, factors.r), a.scalars) < 3e-6)
  }

  @Test func `keeps columns of zeros and tiny or huge columns`() {
    for scale in [1e-300, 1e300, 1e-200] {
      let factors = qr(Tensor([3 * scale, 0, 4 * scale, 0], shape: [2, 2]))
      #expect(abs(factors.r.scalars[0] / (5 * scale) - 1) < 1e-15)
      #expect(factors.r.scalars[3] == 0)
    }
  }

  @Test func `shows NaN instead of hiding it`() {
    let factors = qr(Tensor([1, 2, .nan, 4], shape: [2, 2]))
    #expect(factors.r.scalars[0].isNaN)
  }

  @Test func `stops at a wide matrix`() async {
    await #expect(processExitsWith: .failure) { _ = qr(made(2, 3, 1)) }
  }
}
