import Replication
import TrainingCore

// Construction A: the inputs are uniform on d points, and every {0, 1}-valued function may be the
// truth. In world 1 the truth f is uniform and the algorithm is a random empirical risk minimizer:
// it agrees with f on the sample and tosses coins elsewhere. In world 2 the truth is a uniform h,
// and the algorithm is the minimizer that outputs this h whenever the sample allows it. Sample and
// hypothesis have one law in both, while the loss is ½(1 − 1/d)ⁿ on average in world 1 and zero in 2.
extension Gastpar2023FantasticMeasures {
  /// The law of the sample and the hypothesis in both worlds, case by case.
  static func enumeratedFunctions(_ setup: Setup) -> Outcome {
    let (d, n) = (setup.domain, setup.samples)
    let (functions, inputs) = (1 << d, power(d, n))
    let weight = 1 / Double(functions * inputs)
    var laws = [[Double]](
      repeating: [Double](repeating: 0, count: (inputs << n) << d), count: 2)
    for input in 0..<inputs {
      let points = digits(of: input, base: d, count: n)
      let seen = points.reduce(0) { $0 | 1 << $1 }
      for truth in 0..<functions {
        let labels = points.enumerated().reduce(0) { $0 | (truth >> $1.element & 1) << $1.offset }
        func place(_ hypothesis: Int) -> Int { (input << n | labels) << d | hypothesis }
        for hypothesis in 0..<functions where (hypothesis ^ truth) & seen == 0 {
          let unseen = (0..<d).filter { seen >> $0 & 1 == 0 }
          let tosses = unseen.reduce(1.0) {
            $0 * (hypothesis >> $1 & 1 == 1 ? setup.chance : 1 - setup.chance)
          }
          laws[0][place(hypothesis)] += weight * tosses
        }
        laws[1][place(truth)] += weight
      }
    }
    var outcome = Outcome()
    outcome.totalVariation.append(Ratio(totalVariation(laws[0], laws[1])), at: Samples(n))
    return outcome
  }

  /// ½ Σ |p − q|.
  static func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// The digits of a number, lowest first.
  static func digits(of number: Int, base: Int, count: Int) -> [Int] {
    var rest = number
    return (0..<count).map { _ in
      defer { rest /= base }
      return rest % base
    }
  }

  /// Draws of the same pair of sample and hypothesis for both worlds.
  ///
  /// An estimate that sees only these two is one number in both worlds, and where the losses are 2ε
  /// or more apart it is off by ε in one of them.
  static func functions(_ setup: Setup, in trial: Trial) -> Outcome {
    let (d, n) = (setup.domain, setup.samples)
    let ε = 0.2
    let mean = pow(1 - 1 / Double(d), Double(n)) / 2
    var inputs = trial.stream(.data).child("inputs")
    var truths = trial.stream(.data).child("truths")
    var tosses = trial.stream(.noise)
    var coins = trial.stream(.sampling)
    var losses = [0.0, 0.0]
    var failures = [0, 0]
    var apart = 0
    for _ in 0..<setup.draws {
      let seen = Bits(ones: inputs.integers(below: d, count: n), of: d)
      let truth = Bits(random: d, using: &truths)
      // World 1 and its algorithm.
      let hypothesis = truth.mixed(with: Bits(random: d, using: &tosses), keeping: seen)
      // World 2: the truth is what the algorithm prefers, and the sample of world 1 is one of it.
      let preferred = hypothesis
      let truthThere = truth.mixed(with: hypothesis, keeping: seen)
      let learned = preferred.agrees(with: truthThere, on: seen) ? preferred : truthThere
      let here = hypothesis.distance(to: truth, over: d)
      let there = learned.distance(to: truthThere, over: d)
      losses[0] += here
      losses[1] += there
      let toss = coins.uniform() < 0.5
      for (world, loss) in [here, there].enumerated() {
        let estimate =
          switch setup.estimator {
          case .quarter: 0.25
          case .parameterCount: min(1, sqrt(Double(d) * log(Double(n)) / Double(n)))
          case .coin: toss ? 0 : mean
          case .oracle: world == 0 ? mean : 0
          default: hypothesis.agrees(with: truth, on: seen) ? 0.0 : 1
          }
        if abs(estimate - loss) >= ε { failures[world] += 1 }
      }
      if here - there >= 2 * ε { apart += 1 }
    }
    let draws = Double(setup.draws)
    let place = Samples(n)
    var outcome = Outcome()
    outcome.loss.append(Ratio(losses[0] / draws), at: place)
    outcome.expectedLoss.append(Ratio(mean), at: place)
    outcome.otherLoss.append(Ratio(losses[1] / draws), at: place)
    outcome.failures.append(Ratio(Double(max(failures[0], failures[1])) / draws), at: place)
    outcome.unavoidable.append(Ratio(Double(apart) / draws / 2), at: place)
    return outcome
  }

  /// A function from a finite domain to {0, 1}, or a set of its points.
  struct Bits {
    private var words: [UInt64]

    /// The set of some points.
    init(ones points: [Int], of domain: Int) {
      words = [UInt64](repeating: 0, count: (domain + 63) / 64)
      for point in points { words[point / 64] |= 1 << UInt64(point % 64) }
    }

    /// A function drawn uniformly; bits beyond the domain are zero.
    init(random domain: Int, using stream: inout RandomStream) {
      words = stream.words((domain + 63) / 64)
      if domain % 64 > 0 { words[words.count - 1] &= 1 << UInt64(domain % 64) - 1 }
    }

    /// This function on a set of points, and another one elsewhere.
    func mixed(with other: Bits, keeping set: Bits) -> Bits {
      var result = self
      for index in words.indices {
        result.words[index] =
          words[index] & set.words[index] | other.words[index] & ~set.words[index]
      }
      return result
    }

    func agrees(with other: Bits, on set: Bits) -> Bool {
      words.indices.allSatisfy { (words[$0] ^ other.words[$0]) & set.words[$0] == 0 }
    }

    /// The share of the points where two functions differ: the loss of one if the other is true.
    func distance(to other: Bits, over domain: Int) -> Double {
      let count = words.indices.reduce(0) { $0 + (words[$1] ^ other.words[$1]).nonzeroBitCount }
      return Double(count) / Double(domain)
    }
  }
}
