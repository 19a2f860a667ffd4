import TrainingCore

extension Nakkiran2019SGDComplexity {
  /// How often each triple of prediction F, reference prediction L and label Y occurs.
  ///
  /// All informations are computed from this one table, so that identities between them hold to
  /// the last digits. Nothing is smoothed: an empty cell contributes 0 log 0 = 0.
  struct JointCounts {
    private var counts: [Int]
    private let classes: Int
    private let total: Double

    init(_ f: [Int], _ l: [Int], _ y: [Int], classes: Int = 2) {
      precondition(
        f.count == l.count && l.count == y.count && !f.isEmpty,
        "JointCounts: \(f.count) predictions, \(l.count) references and \(y.count) labels")
      self.classes = classes
      total = Double(f.count)
      counts = [Int](repeating: 0, count: classes * classes * classes)
      for index in f.indices {
        counts[(f[index] * classes + l[index]) * classes + y[index]] += 1
      }
    }

    /// The performance of F in bits.
    ///
    ///     I(F;Y) = Σ p(f,y) log₂ [p(f,y) / (p(f) p(y))]
    var performance: Double { information { f, _, y in (f, 0, y) } }

    /// The performance of the reference L in bits, I(L;Y).
    var referencePerformance: Double { information { _, l, y in (l, 0, y) } }

    /// What of F's performance the reference does not explain, in bits.
    ///
    ///     I(F;Y|L) = Σ p(f,l,y) log₂ [p(l) p(f,l,y) / (p(f,l) p(l,y))]
    var unexplained: Double { information { f, l, y in (f, l, y) } }

    /// What of the reference's performance F does not have, in bits: I(L;Y|F).
    var forgotten: Double { information { f, l, y in (l, f, y) } }

    /// The performance correlation: bits of F's performance explained by L.
    ///
    ///     μ_Y(F;L) = I(F;Y) − I(F;Y|L)
    var explained: Double { performance - unexplained }

    /// I(A;Y|C), where `roles` says which of F, L, Y takes the part of A, C, Y; a constant C
    /// conditions on nothing.
    private func information(_ roles: (Int, Int, Int) -> (Int, Int, Int)) -> Double {
      let size = classes
      var joint = [Int](repeating: 0, count: size * size * size)
      for f in 0..<size {
        for l in 0..<size {
          for y in 0..<size {
            let (a, c, label) = roles(f, l, y)
            joint[(a * size + c) * size + label] += counts[(f * size + l) * size + y]
          }
        }
      }
      func count(_ a: Int?, _ c: Int, _ y: Int?) -> Int {
        var sum = 0
        for first in a.map({ $0...$0 }) ?? 0...size - 1 {
          for label in y.map({ $0...$0 }) ?? 0...size - 1 {
            sum += joint[(first * size + c) * size + label]
          }
        }
        return sum
      }
      var nats = 0.0
      for c in 0..<size {
        for a in 0..<size {
          for y in 0..<size {
            let cell = count(a, c, y)
            guard cell > 0 else { continue }
            let together = Double(cell) * Double(count(nil, c, nil))
            let apart = Double(count(a, c, nil)) * Double(count(nil, c, y))
            nats += Double(cell) / total * log(together / apart)
          }
        }
      }
      return nats / log(2.0)
    }
  }
}
