import Replication
import TrainingCore

// Construction B (Theorems 4 and 5): the truth is a linear functional ⟨a, x⟩ on F_q^d, the inputs
// are uniform, and the algorithm A_U is known. It prefers the functionals of the first n coordinates,
// the subspace U: a consistent one of U where there is one, else any consistent one. In world 1 the
// truth is uniform in U, in world 2 on the whole space. If M, the first n columns of the inputs, is
// invertible, the hypothesis is M⁻¹y in both, with one law of sample and hypothesis; it is right in
// world 1 and wrong on a share 1 − 1/q of all inputs in world 2.
extension Gastpar2023FantasticMeasures {
  /// The empirical risk minimizer that prefers functionals of the first coordinates.
  struct Learner {
    let field: PrimeField
    /// d.
    let dimension: Int
    /// The dimension of U.
    let preferred: Int

    /// A consistent functional, drawn uniformly from those of U, or from all if U has none.
    func functional(
      _ x: [Int], _ y: [Int], using stream: inout RandomStream
    ) throws -> (a: [Int], rank: Int) {
      let inside = field.reduced(x, width: dimension, columns: preferred, values: y)
      let zeros = [Int](repeating: 0, count: dimension - preferred)
      if let found = inside.solution(using: &stream) { return (found + zeros, inside.rank) }
      let all = field.reduced(x, width: dimension, columns: dimension, values: y)
      guard let found = all.solution(using: &stream) else { throw Unrealizable() }
      return (found, inside.rank)
    }
  }

  /// The labels are those of no functional, which no draw of this construction gives.
  struct Unrealizable: Error {}

  /// The law of inputs, labels and hypothesis where M is invertible, case by case.
  static func enumeratedFunctionals(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (d, n, q) = (setup.domain, setup.samples, setup.order)
    let learner = Learner(field: PrimeField(order: q), dimension: d, preferred: n)
    let labels = power(q, n)
    var stream = trial.stream(.sampling)
    var laws = [[Double]](
      repeating: [Double](repeating: 0, count: power(q, n * d) * labels * labels), count: 2)
    for input in 0..<power(q, n * d) {
      let x = digits(of: input, base: q, count: n * d)
      for world in [0, 1] {
        for index in 0..<power(q, world == 0 ? n : d) {
          let a = digits(of: index, base: q, count: d)
          let y = learner.field.values(of: a, on: x)
          let (h, rank) = try learner.functional(x, y, using: &stream)
          guard rank == n else { continue }
          var weight = 1 / Double(power(q, world == 0 ? n : d))
          // The control makes the first coordinate of world 1 a one more often.
          if world == 0 {
            weight *= Double(q) * (a[0] == 1 ? setup.chance : (1 - setup.chance) / Double(q - 1))
          }
          let place = (y + h[0..<n]).reversed().reduce(0) { $0 * q + $1 }
          laws[world][input * labels * labels + place] += weight
        }
      }
    }
    let mass = laws[1].reduce(0, +)
    let distance = totalVariation(laws[0].map { $0 / mass }, laws[1].map { $0 / mass })
    var outcome = Outcome()
    outcome.totalVariation.append(Ratio(distance), at: Samples(n))
    return outcome
  }

  /// Draws of both worlds with an estimator that knows the algorithm.
  static func functionals(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (d, n, q) = (setup.domain, setup.samples, setup.order)
    let learner = Learner(field: PrimeField(order: q), dimension: d, preferred: n)
    let wrong = 1 - 1 / Double(q)
    var inputs = trial.stream(.data).child("inputs")
    var truths = trial.stream(.data).child("truths")
    var ties = trial.stream(.sampling)
    var coins = trial.stream(.noise)
    var failures = [0, 0]
    for _ in 0..<setup.draws {
      let x = inputs.integers(below: q, count: n * d)
      for world in [0, 1] {
        var a = truths.integers(below: q, count: d)
        if world == 0 { for index in n..<d { a[index] = 0 } }
        let y = learner.field.values(of: a, on: x)
        let (h, rank) = try learner.functional(x, y, using: &ties)
        // Two functionals differ on the inputs off a hyperplane, or nowhere.
        let loss = h == a ? 0 : wrong
        let estimate =
          switch setup.estimator {
          case .quarter: 0.25
          case .greatestLoss: wrong
          case .coin: rank == n && coins.uniform() < 0.5 ? 0.0 : wrong
          case .leaveOneOut: try leaveOneOut(learner, x, y, using: &ties)
          case .freshSamples: freshLoss(of: h, for: a, learner, using: &coins)
          default: y == learner.field.values(of: h, on: x) ? 0.0 : 1
          }
        if abs(estimate - loss) >= wrong / 2 { failures[world] += 1 }
      }
    }
    var outcome = Outcome()
    let draws = Double(setup.draws)
    outcome.failures.append(Ratio(Double(max(failures[0], failures[1])) / draws), at: Samples(n))
    // Less the chance that world 2 draws the hypothesis itself.
    let chance = invertible(n, over: q) / 2 - pow(Double(q), Double(n - d))
    outcome.unavoidable.append(Ratio(chance), at: Samples(n))
    return outcome
  }

  /// The share of the points that are wrong for the functional learnt from the others.
  private static func leaveOneOut(
    _ learner: Learner, _ x: [Int], _ y: [Int], using stream: inout RandomStream
  ) throws -> Double {
    let d = learner.dimension
    var mistakes = 0
    for left in y.indices {
      var (inputs, labels) = (x, y)
      inputs.removeSubrange(left * d..<(left + 1) * d)
      labels.remove(at: left)
      let h = try learner.functional(inputs, labels, using: &stream).a
      if learner.field.value(of: h, at: left, of: x) != y[left] { mistakes += 1 }
    }
    return Double(mistakes) / Double(y.count)
  }

  /// The loss on 50 fresh inputs.
  private static func freshLoss(
    of h: [Int], for a: [Int], _ learner: Learner, using stream: inout RandomStream
  ) -> Double {
    let x = stream.integers(below: learner.field.order, count: 50 * a.count)
    let pairs = zip(learner.field.values(of: h, on: x), learner.field.values(of: a, on: x))
    return Double(pairs.count { $0 != $1 }) / 50
  }
}
