import Replication
import TrainingCore

// The two chances that construction B rests on: that a random matrix over F_q has full rank, and
// that labels of a random functional agree with one of the preferred subspace.
extension Gastpar2023FantasticMeasures {
  /// The chance that an n × n matrix is invertible: Π over i ≤ n of (1 − q^{−i}).
  static func invertible(_ n: Int, over q: Int) -> Double {
    fullRank(from: 1, to: n, over: q)
  }

  /// Π over i of 1 − q^{−i}.
  private static func fullRank(from first: Int, to last: Int, over q: Int) -> Double {
    (first...last).reduce(1) { $0 * (1 - pow(Double(q), -Double($1))) }
  }

  /// The chance that an n × m matrix has rank r.
  static func chance(ofRank r: Int, rows n: Int, columns m: Int, over q: Int) -> Double {
    func part(_ exponent: Int) -> Double { 1 - pow(Double(q), Double(exponent)) }
    let product = (0..<r).reduce(1.0) { $0 * part($1 - n) * part($1 - m) / part($1 - r) }
    return pow(Double(q), -Double((n - r) * (m - r))) * product
  }

  /// How often square matrices have full rank, and how often they miss it by one at most.
  static func ranks(_ setup: Setup, in trial: Trial) -> Outcome {
    let n = setup.samples
    let field = PrimeField(order: setup.order)
    let zeros = [Int](repeating: 0, count: n)
    var stream = trial.stream(.data)
    var (full, nearly) = (0, 0)
    for _ in 0..<setup.draws {
      let matrix = stream.integers(below: field.order, count: n * n)
      let rank = field.reduced(matrix, width: n, columns: n, values: zeros).rank
      if rank == n { full += 1 }
      if rank >= n - 1 { nearly += 1 }
    }
    let draws = Double(setup.draws)
    var outcome = Outcome()
    outcome.invertible.append(Ratio(Double(full) / draws), at: Samples(n))
    outcome.nearlyInvertible.append(Ratio(Double(nearly) / draws), at: Samples(n))
    outcome.expectedInvertible.append(Ratio(invertible(n, over: field.order)), at: Samples(n))
    return outcome
  }

  /// How the size of the preferred subspace trades what the algorithm surely learns for how often
  /// it is misled.
  static func subspaces(_ setup: Setup, in trial: Trial) -> Outcome {
    let (d, n, q) = (setup.domain, setup.samples, setup.order)
    let field = PrimeField(order: q)
    let gaps = Array(-3...6)
    var inputs = trial.stream(.data).child("inputs")
    var truths = trial.stream(.data).child("truths")
    var perfect = [Int](repeating: 0, count: gaps.count)
    var misled = perfect
    for _ in 0..<setup.draws {
      let x = inputs.integers(below: q, count: n * d)
      let y = field.values(of: truths.integers(below: q, count: d), on: x)
      for (index, gap) in gaps.enumerated() {
        let m = setup.prefersSubspace ? n - gap : d
        let system = field.reduced(x, width: d, columns: m, values: y)
        if system.rank == m { perfect[index] += 1 }
        if system.isConsistent { misled[index] += 1 }
      }
    }
    var outcome = Outcome()
    let draws = Double(setup.draws)
    for (index, gap) in gaps.enumerated() {
      let (place, m) = (Codimension(gap), n - gap)
      outcome.perfect.append(Ratio(Double(perfect[index]) / draws), at: place)
      outcome.misled.append(Ratio(Double(misled[index]) / draws), at: place)
      let surely = gap < 0 ? 0 : fullRank(from: gap + 1, to: n, over: q)
      outcome.expectedPerfect.append(Ratio(surely), at: place)
      // Labels are uniform given the inputs, and consistent if they lie in the span of M's columns.
      let consistent = (0...min(n, m)).reduce(0.0) {
        $0 + chance(ofRank: $1, rows: n, columns: m, over: q) * pow(Double(q), Double($1 - n))
      }
      outcome.expectedMisled.append(Ratio(consistent), at: place)
    }
    return outcome
  }
}
