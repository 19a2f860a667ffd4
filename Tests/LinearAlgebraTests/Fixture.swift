import Foundation
import Tensors

/// The numbers of SciPy that the tests compare with.
struct Fixture: Decodable {
  struct QR: Decodable {
    var rows, columns, salt: Int
    var r, firstRow: [Double]
  }
  struct LeastSquares: Decodable {
    var rows, columns, salt: Int
    var solution: [Double]
  }
  struct Rank: Decodable {
    var rows, columns, rank, salt: Int
    var values, inverse: [Double]
  }
  struct Symmetric: Decodable {
    var size, salt: Int
    var values, vectors, factor: [Double]
    var shift: Double
  }
  struct Hull: Decodable {
    var count, dimension, salt: Int
    var shift, norm: Double
    var point: [Double]
    var face: [Int]
  }

  var qr: [QR]
  var leastSquares: [LeastSquares]
  var rank: [Rank]
  var symmetric: [Symmetric]
  var hull: [Hull]

  /// Reads the file that Tests/Golden/linear_algebra.py wrote.
  static func load() throws -> Fixture {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    let file = folder.appending(path: "Fixtures/linear-algebra.json")
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: file))
  }
}

/// The matrix that the script makes from the same integers.
func made<Element: Scalar>(
  _ rows: Int, _ columns: Int, _ salt: Int, _ type: Element.Type = Double.self
) -> Tensor<Element> {
  var scalars: [Element] = []
  for i in 0..<rows {
    for j in 0..<columns {
      let hash = (i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + salt) % 1009
      scalars.append(Element(Double(hash) / 1009 - 0.5))
    }
  }
  return Tensor(scalars, shape: [rows, columns])
}

/// The greatest difference of two lists, infinite where their counts differ or one is not finite.
func gap<Element: Scalar>(_ a: Tensor<Element>, _ b: [Element]) -> Element {
  gap(a.scalars, b)
}

/// The greatest difference of two lists, infinite where their counts differ or one is not finite.
func gap<Element: Scalar>(_ a: [Element], _ b: [Element]) -> Element {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { worst, pair in
    let difference = abs(pair.0 - pair.1)
    return difference.isFinite ? max(worst, difference) : .infinity
  }
}

/// The unit matrix.
func unit<Element: Scalar>(_ n: Int) -> [Element] {
  (0..<n * n).map { $0 / n == $0 % n ? 1 : 0 }
}

/// A stream for one test.
func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "linear-algebra-tests", seed: seed, purpose: .sampling)
}
