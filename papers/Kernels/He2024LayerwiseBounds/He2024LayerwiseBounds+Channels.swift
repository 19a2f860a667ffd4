import Replication
import TrainingCore

// Section IV: noise between layers contracts information. I(A; C) ≤ η I(A; B) for a channel from B to
// C, where η is at most the greatest total variation between outputs of two inputs (Dobrushin).
extension He2024LayerwiseBounds {
  /// The digits −1, 0, 1 of a state of k units.
  private static func state(_ index: Int, units: Int) -> [Int] {
    var rest = index
    return (0..<units).map { _ in
      defer { rest /= 3 }
      return rest % 3 - 1
    }
  }

  private static func index(of state: [Int]) -> Int {
    state.reversed().reduce(0) { $0 * 3 + $1 + 1 }
  }

  /// The law of what Dropout makes of a state: a number for each of the 3^k states.
  private static func dropped(_ state: [Int], chance δ: Double) -> [Double] {
    let units = state.count
    var law = [Double](repeating: 0, count: (0..<units).reduce(1) { product, _ in product * 3 })
    for mask in 0..<1 << units {
      let kept = state.indices.map { mask >> $0 & 1 == 1 ? state[$0] : 0 }
      law[index(of: kept)] += state.indices.reduce(1) { $0 * (mask >> $1 & 1 == 1 ? 1 - δ : δ) }
    }
    return law
  }

  private static func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// The greatest total variation over all pairs of inputs in {−1, 0, 1}^k, and 1 − δ^k.
  ///
  /// DropConnect zeroes entries of a k' × k matrix instead of inputs. With the weights 1, 3, 9, … in
  /// each row an output tells which of its terms are left: k' outputs are as many Dropouts of the input.
  static func dropout(_ setup: Setup) -> Outcome {
    let δ = setup.noise
    var outcome = Outcome()
    for units in 1...(setup.rows == 1 ? 5 : 3) {
      let states = (0..<power(3, units)).map { state($0, units: units) }
      let laws = states.map { state in
        dropped((0..<setup.rows).flatMap { _ in state }, chance: setup.drops ? δ : 0)
      }
      var greatest = 0.0
      for first in laws.indices {
        for second in 0..<first {
          greatest = max(greatest, totalVariation(laws[first], laws[second]))
        }
      }
      outcome.coefficient.append(Ratio(greatest), at: Width(units))
      outcome.closedCoefficient.append(
        Ratio(1 - pow(δ, Double(setup.rows * units))), at: Width(units))
    }
    return outcome
  }

  /// The product over the first layers' coefficients, each from a state whose units are all one and
  /// from its opposite, which attain it.
  static func factors(_ setup: Setup) -> Outcome {
    var outcome = Outcome()
    var product = 1.0
    for (index, units) in setup.widths.enumerated() {
      let laws = [1, -1].map { sign in
        dropped([Int](repeating: sign, count: units), chance: setup.noise)
      }
      product *= totalVariation(laws[0], laws[1])
      outcome.product.append(Ratio(product), at: Layer(index + 1))
    }
    return outcome
  }

  static func power(_ base: Int, _ exponent: Int) -> Int {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }

  /// Noise N(0, τ²I) on activations in [−1, 1]^k: opposite corners are furthest apart.
  ///
  /// The coordinate along the line between the two inputs carries all of the total variation; it is
  /// integrated in two halves, between which the difference of the densities changes sign.
  static func gaussianNoise(_ setup: Setup) throws -> Outcome {
    let rule = try gaussLegendre(100)
    let τ = setup.noise
    func variation(distance: Double) -> Double {
      let reach = distance / 2 + 10 * τ
      let x = (rule.nodes + 1) * (reach / 2)
      func density(at mean: Double) -> Tensor<Double> { normalDensity((x - mean) / τ) / τ }
      let difference = abs(density(at: distance / 2) - density(at: -distance / 2))
      // ½ of the integral over both halves, which are mirror images.
      return (difference * rule.weights).sum().item * reach / 2
    }
    var outcome = Outcome()
    for units in 1...5 {
      let corner = sqrt(Double(units))
      outcome.coefficient.append(Ratio(variation(distance: 2 * corner)), at: Width(units))
      outcome.nearCoefficient.append(Ratio(variation(distance: 0.5)), at: Width(units))
      outcome.closedCoefficient.append(
        Ratio(1 - 2 * normalDistribution(-corner / τ)), at: Width(units))
    }
    return outcome
  }

  /// Three layers sign(Wt + b) of three units, each followed by Dropout, fed with a random law of
  /// T_0 given a variable A of four values; or, without layers, Dropout once on A(1, 1, 1), A = ±1.
  static func noisyLayers(_ setup: Setup, in trial: Trial) -> Outcome {
    let units = 3
    var weights = trial.stream(.initialisation)
    var data = trial.stream(.data)
    let corners = (0..<1 << units).map { corner in
      (0..<units).map { corner >> $0 & 1 == 1 ? 1 : -1 }
    }
    let isBare = setup.layers == .none
    var joint = [[Double]](
      repeating: [Double](repeating: 0, count: power(3, units)), count: isBare ? 2 : 4)
    if isBare {
      joint[0][index(of: corners[0])] = 0.5
      joint[1][index(of: corners[corners.count - 1])] = 0.5
    } else {
      let laws: Tensor<Double> = data.dirichlet(
        [Double](repeating: 1, count: corners.count), count: 4)
      for a in 0..<4 {
        for (place, corner) in corners.enumerated() {
          joint[a][index(of: corner)] = laws[a, place] / 4
        }
      }
    }
    let start = information(joint)
    let η = 1 - pow(setup.noise, Double(units))
    var outcome = Outcome()
    var product = 1.0
    for layer in 1...(isBare ? 1 : 3) {
      let matrix: Tensor<Double> = weights.normal(shape: [units, units])
      let bias: Tensor<Double> = weights.normal(shape: [units])
      let channel = (0..<power(3, units)).map { place in
        let input = state(place, units: units)
        let output =
          setup.layers == .random
          ? (matmul(matrix, Tensor(input.map(Double.init))) + bias).scalars.map { $0 >= 0 ? 1 : -1 }
          : input
        return dropped(output, chance: setup.drops ? setup.noise : 0)
      }
      joint = joint.map { row in
        var next = [Double](repeating: 0, count: row.count)
        for (place, mass) in row.enumerated() where mass > 0 {
          for (target, chance) in channel[place].enumerated() { next[target] += mass * chance }
        }
        return next
      }
      product *= η
      outcome.contraction.append(Ratio(information(joint) / (product * start)), at: Layer(layer))
    }
    return outcome
  }

  /// The mutual information of a joint law, in nats.
  private static func information(_ joint: [[Double]]) -> Double {
    let columns = joint[0].indices.map { column in joint.reduce(0) { $0 + $1[column] } }
    return joint.reduce(0) { total, row in
      let mass = row.reduce(0, +)
      return zip(row, columns).reduce(total) {
        $1.0 > 0 ? $0 + $1.0 * log($1.0 / (mass * $1.1)) : $0
      }
    }
  }
}
