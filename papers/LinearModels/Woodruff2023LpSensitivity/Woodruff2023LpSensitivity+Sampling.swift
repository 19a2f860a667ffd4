import Replication
import TrainingCore

// Rows are kept independently, row i with probability q_i = min(1, c s_i), and scaled by q_i^{−1/p};
// c is such that m are expected.
extension Woodruff2023LpSensitivity {
  /// Records the distortion at each number of rows.
  static func sample(
    _ setup: Setup, by scheme: Scheme, in trial: Trial, into outcome: inout Outcome
  ) throws {
    let (n, d) = (setup.rows, setup.dimension)
    let basis = try basis(setup.matrix, rows: n, dimension: d, in: trial)
    let leverage = basis.sumOfSquares(along: 1)
    let scores = try scores(scheme, leverage, setup, in: trial)
    let whole = Frame(basis, power: setup.power)
    // Equal for all arms and sizes of a seed, so that they are paired.
    var draws = trial.stream(.sampling)
    let uniform = draws.uniform(shape: [n], of: Double.self).scalars
    var probes = trial.stream(.probing)
    let starts = starts(leverage, basis, using: &probes)
    for size in setup.sizes {
      let m = count(size, setup)
      let q = probabilities(scores, expecting: Double(m))
      var choice = trial.stream(.sampling).child("exact")
      let kept =
        setup.isExact
        ? choice.choice(m, weights: q).sorted() : (0..<n).filter { uniform[$0] < q[$0] }
      let scales = kept.map { setup.isRescaled ? pow(q[$0], -1 / setup.power) : 1 }
      let sampled = basis.gathered(rows: kept) * Tensor(scales, shape: [kept.count, 1])
      let range = try ratios(of: sampled, to: whole, from: starts)
      let distortion = max(range.greatest - 1, 1 - range.least)
      outcome.distortion.append(Ratio(distortion), at: Rows(m))
      outcome.lost.append(Ratio(1 - range.least), at: Rows(m))
      outcome.kept.append(Count(kept.count), at: Rows(m))
      if m < n {
        let share = Double(m) / Double(n)
        outcome.corrected.append(Ratio(distortion / sqrt(1 - share)), at: Rows(m))
      }
    }
  }

  private static func count(_ size: Int, _ setup: Setup) -> Int {
    switch setup.size {
    case .rows: size
    case .dimensions: size * setup.dimension
    case .percent: size * setup.rows / 100
    }
  }

  private static func scores(
    _ scheme: Scheme, _ leverage: Tensor<Double>, _ setup: Setup, in trial: Trial
  ) throws -> [Double] {
    func sensitivities() throws -> Tensor<Double> {
      try trial.product(
        of: SensitivityStage(setup, power: setup.power, tolerance: 1e-6)
      ).lower
    }
    let n = Double(setup.rows)
    switch scheme {
    case .uniform: return [Double](repeating: 1, count: setup.rows)
    case .rootLeverage: return pow(leverage, setup.power / 2).scalars
    case .sensitivity: return try sensitivities().scalars
    case .mixture:
      let σ = try sensitivities()
      return (σ / σ.sum() + leverage / Double(setup.dimension)).scalars
    case .halfUniform:
      let σ = try sensitivities()
      return (σ / σ.sum() + 1 / n).scalars
    }
  }

  /// min(1, c s_i) with c such that they sum to m.
  static func probabilities(_ scores: [Double], expecting m: Double) -> [Double] {
    var certain = [Bool](repeating: false, count: scores.count)
    while true {
      var (clipped, rest) = (0.0, 0.0)
      for (score, isCertain) in zip(scores, certain) {
        if isCertain { clipped += 1 } else { rest += score }
      }
      let factor = rest > 0 ? (m - clipped) / rest : 0
      let more = scores.indices.filter { !certain[$0] && factor * scores[$0] >= 1 }
      if more.isEmpty {
        return zip(scores, certain).map { $1 ? 1 : factor * $0 }
      }
      for index in more { certain[index] = true }
    }
  }

  /// Where every search begins: random directions, and those in which single rows weigh most.
  private static func starts(
    _ leverage: Tensor<Double>, _ basis: Tensor<Double>, using stream: inout RandomStream
  ) -> Tensor<Double> {
    let d = basis.shape[1]
    let heaviest = leverage.top(d, along: 0).indices
    return Tensor.concatenated([
      stream.normal(shape: [8, d]), basis.gathered(rows: Array(heaviest.prefix(8))),
    ])
  }

  /// The least and the greatest ratio ‖Bx‖_p^p / ‖Ax‖_p^p that a search finds, B being the sample.
  private static func ratios(
    of sampled: Tensor<Double>, to whole: Frame, from starts: Tensor<Double>
  ) throws -> (least: Double, greatest: Double) {
    // Of no row at all nothing is left, whatever x.
    if sampled.count == 0 { return (0, 0) }
    // The sample's second moments know the extremes at p = 2 and, if it has lost rank, a null vector.
    let moments = try symmetricEigen(matmul(sampled, sampled, transposingA: true))
    let d = starts.shape[1]
    let axes = moments.vectors.transposed()
    let frame = Frame(sampled, power: whole.power)
    let rank = moments.values.scalars.count { $0 > 1e-12 * moments.values[d - 1] }
    // A null vector is no start for an ascent: the gradient there has no product with it.
    let high = axes.rows(d - min(3, rank)..<d)
    let greatest = try extreme(
      of: frame, over: whole, from: Tensor.concatenated([starts, high]))
    if rank < d {
      let null = axes.rows(0..<1)
      let ratio = frame.norms(frame.products(null)) / whole.norms(whole.products(null))
      return (ratio.item, greatest)
    }
    let low = axes.rows(0..<min(3, d))
    let points = Tensor.concatenated([starts, low])
    return (1 / (try extreme(of: whole, over: frame, from: points)), greatest)
  }

  /// The greatest ratio ‖Bx‖_p^p / ‖Ax‖_p^p found, over all starts and steps.
  ///
  /// A step minimises the quadratic model of ‖Ax‖_p^p under gᵀx = const, g the gradient of
  /// ‖Bx‖_p^p: x ← (AᵀWA)⁻¹ g, which is power iteration at p = 2 and cannot lower the ratio below;
  /// above p = 2 a share 1/(p − 1) of the step is taken.
  private static func extreme(
    of above: Frame, over below: Frame, from starts: Tensor<Double>
  ) throws -> Double {
    var x = starts
    var greatest = 0.0
    for step in 0...searchSteps {
      x /= x.norm(along: 1, keepingAxis: true)
      let (r, s) = (above.products(x), below.products(x))
      greatest = max(greatest, (above.norms(r) / below.norms(s)).max().item)
      if step == searchSteps { break }
      let g = above.gradients(r)
      let z = try below.solved(below.weights(s), g)
      let scale =
        (g * x).sum(along: 1, keepingAxis: true) / (g * z).sum(along: 1, keepingAxis: true)
      x += (z * scale - x) / max(1, above.power - 1)
      // A comparison would pass over what is not a number.
      guard x.isFinite else { throw LinearAlgebraError.nonFinite(operation: "distortion") }
    }
    return greatest
  }

  private static let searchSteps = 15
}
