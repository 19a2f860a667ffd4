import Foundation
import Tensors

/// The numbers of SciPy and NumPy that the tests of solvers compare with.
struct SolverFixture: Decodable {
  struct LU: Decodable {
    var size, salt, sign: Int
    var logarithm: Double
    var pivots, solution: [Double]
  }
  struct Functions: Decodable {
    var size, salt: Int
    var root, logarithm, exponential, generalised, polar, stretch: [Double]
  }
  struct Spectrum: Decodable {
    var rows, columns, salt: Int
    var values: [Double]
  }
  struct NNLS: Decodable {
    var rows, columns, salt: Int
    var solution: [Double]
    var residual: Double
  }
  struct Program: Decodable {
    var rows, columns, salt: Int
    var objective: Double
    var pursuit: Double?
  }
  struct Assignment: Decodable {
    var size, salt: Int
    var cost: Double
  }
  struct Quadrature: Decodable {
    var count: Int
    var nodes, weights, normal, masses: [Double]
  }
  struct Logistic: Decodable {
    var rows, columns, classes, salt: Int
    var value: Double
    var weights: [Double]
  }

  var lu: [LU]
  var functions: [Functions]
  var spectra: [Spectrum]
  var nnls: [NNLS]
  var programs: [Program]
  var assignments: [Assignment]
  var quadrature: [Quadrature]
  var logistic: [Logistic]

  /// Reads the file that Tests/Golden/solvers.py wrote.
  static func load() throws -> SolverFixture {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    let file = folder.appending(path: "Fixtures/solvers.json")
    return try JSONDecoder().decode(SolverFixture.self, from: Data(contentsOf: file))
  }
}

/// The symmetric matrix whose upper half is `made`'s.
func madeSymmetric(_ n: Int, _ salt: Int) -> Tensor<Double> {
  var a = made(n, n, salt).scalars
  for i in 0..<n { for j in 0..<i { a[i * n + j] = a[j * n + i] } }
  return Tensor(a, shape: [n, n])
}

/// A positive definite matrix: `made` times its transpose, and a tenth of the unit matrix.
func madeDefinite(_ n: Int, _ salt: Int) -> Tensor<Double> {
  let a = made(n, n, salt)
  return matmul(a, a, transposingB: true) + 0.1 * Tensor(unit(n), shape: [n, n])
}

/// A vector of `made` numbers.
func madeVector(_ n: Int, _ salt: Int) -> Tensor<Double> { made(n, 1, salt).reshaped(to: [n]) }

/// The largest entry's size.
func size(_ a: Tensor<Double>) -> Double {
  a.scalars.reduce(0) { $1.isFinite ? max($0, abs($1)) : .infinity }
}
