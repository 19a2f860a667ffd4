import Foundation
import Tensors
import Testing

/// What Tests/Golden/instruments.py wrote, and the inputs both sides make.
struct InstrumentFixture: Decodable {
  struct Ridge: Decodable { let weights, bias: [Double] }
  struct Neighbours: Decodable {
    let indices, classes: [Int]
    let squares: [Double]
  }
  struct Attacks: Decodable { let infinity, euclidean, fast: [Double] }
  struct Bounds: Decodable { let lower, upper: [Double] }

  let ridgeTall, ridgeWide: Ridge
  let kernelRidge, bayes, probe: [Double]
  let neighbours: Neighbours
  let labels: [Int]
  let distances, gaussian, laplace, cosines: [Double]
  let linearCKA, gaussianCKA: Double
  let nll, auroc, aurc, top2: Double
  let ece: [String: Double]
  let entropy, mutualInformation: Double
  let hessian, fisher, empiricalFisher, tangentKernel: [Double]
  let attacks: Attacks
  let bounds: Bounds
  let leads: [Double]

  enum CodingKeys: String, CodingKey {
    case ridgeTall = "ridge-tall"
    case ridgeWide = "ridge-wide"
    case kernelRidge, bayes, probe, neighbours, labels, distances, gaussian, laplace, cosines
    case linearCKA, gaussianCKA, nll, auroc, aurc, top2, ece, entropy, mutualInformation
    case hessian, fisher, empiricalFisher, tangentKernel, attacks, bounds, leads
  }

  static func load() throws -> InstrumentFixture {
    let folder = try #require(Bundle.module.resourceURL)
    return try JSONDecoder().decode(
      InstrumentFixture.self,
      from: Data(contentsOf: folder.appending(path: "Fixtures/instruments.json")))
  }

  /// Hashed integers in 0..<1009, divided and shifted.
  static func made(_ shape: [Int], _ salt: Int) -> Tensor<Double> {
    let count = shape.reduce(1, *)
    return Tensor(
      (0..<count).map { i in
        Double((i * i * 7919 + i * 104_729 + salt) % 1009) / 1009 - 0.5
      }, shape: shape)
  }

  /// A network of tanh, and its examples and labels.
  static var network: [Tensor<Double>] {
    [made([4, 5], 20), made([5], 21), made([5, 3], 22), made([3], 23)]
  }

  static let examples = 2 * made([8, 4], 30)
  static let classes = (0..<8).map { $0 % 3 }

  static func outputs<E>(_ network: [Tensor<E>], _ x: Tensor<E>) -> Tensor<E> {
    matmul(tanh(matmul(x, network[0]) + network[1]), network[2]) + network[3]
  }
}

/// Whether two lists agree to an absolute error.
func agree(_ found: [Double], _ expected: [Double], _ error: Double = 1e-10) -> Bool {
  found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= error }
}
