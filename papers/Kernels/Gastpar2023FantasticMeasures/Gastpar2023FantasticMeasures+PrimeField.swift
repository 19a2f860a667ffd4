import TrainingCore

extension Gastpar2023FantasticMeasures {
  /// The integers modulo a prime.
  struct PrimeField {
    /// q, a prime.
    let order: Int
    private let inverses: [Int]

    init(order: Int) {
      self.order = order
      inverses = (0..<order).map { x in (1..<order).first { x * $0 % order == 1 } ?? 0 }
    }

    /// ⟨a, x⟩ for a row x of a matrix, given row by row.
    func value(of a: [Int], at row: Int, of x: [Int]) -> Int {
      let start = row * a.count
      return a.indices.reduce(0) { $0 + a[$1] * x[start + $1] } % order
    }

    /// The values of a functional at each row of a matrix.
    func values(of a: [Int], on x: [Int]) -> [Int] {
      (0..<x.count / a.count).map { value(of: a, at: $0, of: x) }
    }

    /// The reduced row echelon form of M a = y, M being the first columns of a matrix of `width`.
    func reduced(_ x: [Int], width: Int, columns: Int, values y: [Int]) -> Echelon {
      let (rows, stride) = (y.count, columns + 1)
      var entries: [Int] = []
      entries.reserveCapacity(rows * stride)
      for row in 0..<rows {
        entries += x[row * width..<row * width + columns]
        entries.append(y[row])
      }
      var pivots: [Int] = []
      entries.withUnsafeMutableBufferPointer { entries in
        for column in 0..<columns where pivots.count < rows {
          let row = pivots.count
          guard let found = (row..<rows).first(where: { entries[$0 * stride + column] != 0 })
          else { continue }
          let scale = inverses[entries[found * stride + column]]
          for place in column..<stride {
            let value = entries[found * stride + place] * scale % order
            entries[found * stride + place] = entries[row * stride + place]
            entries[row * stride + place] = value
          }
          for other in 0..<rows where other != row {
            let factor = order - entries[other * stride + column]
            if factor == order { continue }
            for place in column..<stride {
              entries[other * stride + place] =
                (entries[other * stride + place] + factor * entries[row * stride + place]) % order
            }
          }
          pivots.append(column)
        }
      }
      return Echelon(field: self, entries: entries, rows: rows, columns: columns, pivots: pivots)
    }
  }

  /// Linear equations in reduced row echelon form.
  struct Echelon {
    fileprivate let field: PrimeField
    fileprivate let entries: [Int]
    fileprivate let rows: Int
    fileprivate let columns: Int
    /// The columns of the leading ones.
    let pivots: [Int]

    /// The rank of the matrix.
    var rank: Int { pivots.count }

    /// Whether there is a solution.
    var isConsistent: Bool {
      (rank..<rows).allSatisfy { entries[$0 * (columns + 1) + columns] == 0 }
    }

    /// One of the solutions, each as likely; nil where there is none.
    func solution(using stream: inout RandomStream) -> [Int]? {
      guard isConsistent else { return nil }
      var a = stream.integers(below: field.order, count: columns)
      for (row, pivot) in pivots.enumerated() {
        let start = row * (columns + 1)
        var value = entries[start + columns]
        for column in pivot + 1..<columns {
          value += (field.order - entries[start + column]) * a[column]
        }
        a[pivot] = value % field.order
      }
      return a
    }
  }
}
