import Replication
import TrainingCore

// The data: all 4096 codes of twelve bits, the bits being the vertices of an icosahedron. The label
// depends on how many bits are one, how many neighbours among them, and how many antipodes. It gives
// all labels of the published file.
extension Chelombiev2019AdaptiveEstimators {
  /// The codes, most significant bit first, and their labels.
  struct Codes {
    let inputs: Tensor<Float>
    let labels: [Int]

    init(swapsVertices: Bool = false) {
      var vertices = Array(0..<12)
      if swapsVertices { vertices.swapAt(0, 1) }
      let bits = (0..<4096).map { code in (0..<12).map { code >> (11 - $0) & 1 } }
      inputs = Tensor(bits.flatMap { $0.map(Float.init) }, shape: [4096, 12])
      labels = bits.map { bits in
        label(of: vertices.map { bits[$0] == 1 })
      }
    }
  }

  private static let neighbours = [
    [1, 3, 5, 10, 11], [0, 2, 3, 4, 11], [1, 3, 4, 8, 9], [0, 1, 2, 8, 10], [1, 2, 6, 9, 11],
    [0, 6, 7, 10, 11], [4, 5, 7, 9, 11], [5, 6, 8, 9, 10], [2, 3, 7, 9, 10], [2, 4, 6, 7, 8],
    [0, 3, 5, 7, 8], [0, 1, 4, 5, 6],
  ]

  private static let antipodes = [(0, 9), (1, 7), (2, 5), (3, 6), (4, 10), (8, 11)]

  private static func label(of isOne: [Bool]) -> Int {
    let count = isOne.count { $0 }
    let ends = isOne.indices.filter { isOne[$0] }.map { vertex in
      neighbours[vertex].count { isOne[$0] }
    }
    let edges = ends.reduce(0, +) / 2
    let pairs = antipodes.count { isOne[$0.0] && isOne[$0.1] }
    return switch count {
    case ...4: 0
    case 5: edges == 7 ? 1 : 0
    case 6: edges >= 7 || edges == 6 && pairs == 0 ? 1 : 0
    case 7: edges == 8 && pairs == 2 ? 0 : 1
    default: 1
    }
  }

  /// The labels' counts, and a hash of the table of labels.
  static func dataset(_ setup: Setup) -> Outcome {
    let labels = Codes(swapsVertices: setup.swapsVertices).labels
    var outcome = Outcome()
    for ones in 0...12 {
      let count = labels.indices.count { $0.nonzeroBitCount == ones && labels[$0] == 1 }
      outcome.ones.append(Count(count), at: Units(ones))
    }
    outcome.allOnes.append(Count(labels.reduce(0, +)), at: Units(12))
    // Eight labels a byte, the first in the highest bit; the bytes as digits to base 257.
    var hash = 0
    for start in stride(from: 0, to: labels.count, by: 8) {
      let byte = labels[start..<start + 8].reduce(0) { $0 << 1 | $1 }
      hash = (hash * 257 + byte) % 2_147_483_647
    }
    outcome.hash.append(Count(hash), at: Units(12))
    return outcome
  }
}
