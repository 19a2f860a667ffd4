import Foundation
import Neural
import Tensors

/// What PyTorch found; see Tests/Golden/reference_models.py.
enum Reference {
  /// The norm of a tensor and a few of its entries.
  struct Kept: Decodable {
    var shape: [Int]
    var norm: Double
    var entries: [Double]

    /// The greatest difference from a tensor, relative to its greatest entry or norm; infinite where
    /// the shapes differ.
    func difference<E>(from tensor: Tensor<E>) -> Double {
      guard tensor.shape == shape else { return .infinity }
      let scalars = tensor.scalars.map { Double($0) }
      let norm = scalars.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let step = max(1, scalars.count / 12)
      var greatest = abs(norm - self.norm)
      for (index, entry) in entries.enumerated() {
        greatest = max(greatest, abs(entry - scalars[index * step]))
      }
      return greatest / max(self.norm, 1e-6)
    }
  }

  struct Drawn: Decodable {
    var shape: [Int]
    var centre: Double
    var reach: Double
  }

  struct Layer: Decodable {
    var name: String
    var input: [Int]?
    var parameters: [Drawn]
    var output: Kept
    var inputGradient: Kept?
    var gradients: [Kept]
  }

  struct Model: Decodable {
    var name: String
    var input: [Int]?
    var parameters: [Drawn]
    var loss: Double
    var gradients: [Kept]
    var losses: [Double]
    var evaluated: Double
    var statistics: [Kept]
  }

  private struct File<Case: Decodable>: Decodable { var cases: [Case] }

  static func load<Case: Decodable>(_ name: String) throws -> [Case] {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    let file = folder.appending(path: "Fixtures/\(name).json")
    return try JSONDecoder().decode(File<Case>.self, from: Data(contentsOf: file)).cases
  }

  /// The tensor that the script makes from the same integers.
  static func made<E: Scalar>(
    _ shape: [Int], _ salt: Int, reach: Double = 2, centre: Double = 0, of: E.Type = E.self
  ) -> Tensor<E> {
    let scalars = (0..<shape.reduce(1, *)).map { i -> Double in
      let hash = (i * 7919 + i * i % 1013 * 31 + salt * 104729 + i * salt % 977 * 7) % 2003
      return centre + reach * (Double(hash) / 2003 - 0.5)
    }
    return Tensor(converting: Tensor(scalars, shape: shape))
  }

  /// The parameters of a case.
  static func parameters<E: Scalar>(_ drawn: [Drawn], of: E.Type = E.self) -> [Tensor<E>] {
    drawn.enumerated().map { index, one in
      made(one.shape, index + 1, reach: one.reach, centre: one.centre)
    }
  }
}
