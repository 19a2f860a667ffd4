import LinearAlgebra
import Tensors
import Testing

struct LASSO {
  @Test func `shrinks each coefficient of orthonormal columns`() throws {
    let q = qr(made(40, 8, 3)).q
    let y = madeVector(40, 4)
    let free = matmul(y, q).scalars
    let found = try lasso(q, y, penalty: 0.2)
    let expected = free.map { $0 > 0.2 ? $0 - 0.2 : $0 < -0.2 ? $0 + 0.2 : 0 }
    #expect(gap(found.coefficients, expected) < 1e-5)
    let ridged = try lasso(q, y, penalty: 0.2, ridge: 1)
    #expect(gap(ridged.coefficients, expected.map { $0 / 2 }) < 1e-5)
  }

  @Test(arguments: 1...20)
  func `satisfies the optimality conditions on random data`(seed: Int) throws {
    var source = stream(UInt64(600 + seed))
    let (n, k) = (5 + source.integer(below: 40), 1 + source.integer(below: 60))
    let tasks = 1 + seed % 3
    let x: Tensor<Double> = source.normal(shape: [n, k])
    let y: Tensor<Double> = source.normal(shape: [n, tasks])
    let ridge = seed % 2 == 0 ? 0.3 : 0
    let penalty = 0.3 * size(matmul(x, y, transposingA: true))
    let found = try lasso(x, y, penalty: penalty, ridge: ridge, tolerance: 1e-12)
    let b = found.coefficients
    let pull = matmul(x, y - matmul(x, b), transposingA: true) - ridge * b
    for j in 0..<k {
      let row = (0..<tasks).map { b[j, $0] }
      let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let slope = (0..<tasks).map { pull[j, $0] }
      let steepness = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(steepness <= penalty * (1 + 1e-4))
      guard length > 1e-3 else { continue }
      #expect(gap(slope, row.map { penalty * $0 / length }) < 1e-3 * penalty)
    }
    // No other point can lie below the objective by more than the gap.
    let probe = b + 0.001 * (source.normal(shape: [k, tasks]) as Tensor<Double>)
    let rest = y - matmul(x, probe)
    let lengths = sqrt((probe * probe).sum(along: 1)).sum().item
    let other =
      ((rest * rest).sum().item + ridge * (probe * probe).sum().item) / 2 + penalty * lengths
    #expect(other >= found.objective - found.gap)
  }

  @Test func `is zero from the greatest slope on, and takes a start`() throws {
    let (x, y) = (made(20, 6, 1), madeVector(20, 2))
    let greatest = size(matmul(y, x))
    #expect(try lasso(x, y, penalty: greatest * 1.0001).coefficients == Tensor(zeros: [6]))
    let found = try lasso(x, y, penalty: 0.1 * greatest)
    let again = try lasso(x, y, penalty: 0.1 * greatest, from: found.coefficients)
    #expect(again.passes == 0)
  }

  @Test func `nears the least L1 norm as the penalty falls`() throws {
    let a = made(12, 30, 2)
    let b = madeVector(12, 4) + 0.6
    let norm = try basisPursuit(a, b).norm
    let found = try lasso(a, b, penalty: 1e-4, tolerance: 1e-9)
    #expect(abs(abs(found.coefficients).sum().item / norm - 1) < 1e-3)
  }

  @Test func `says so when it does not converge, and refuses NaN`() {
    #expect(throws: LinearAlgebraError.self) {
      try lasso(made(20, 30, 1), madeVector(20, 2), penalty: 1e-6, passes: 10)
    }
    #expect(throws: LinearAlgebraError.nonFinite(operation: "lasso")) {
      try lasso(Tensor([Double.nan], shape: [1, 1]), Tensor([1.0]), penalty: 1)
    }
  }
}
