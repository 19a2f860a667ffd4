import Replication
import TrainingCore

// A relevance ν of the sources for the target: W ν = w.
extension Wang2023ActiveMultitaskLasso {
  /// How the budget is split between sources.
  enum Allocation: String, Codable {
    /// n_t ∝ |ν_t¹|, of least L1 norm.
    case leastL1
    /// n_t ∝ (ν_t²)², of least L2 norm.
    case leastL2
    /// n_t ∝ |ν_t²|.
    case leastL2Size
    /// All the same.
    case passive
    /// Those of `leastL1`, dealt to the sources at random.
    case shuffledL1
    /// n_t ∝ |ν̂_t|, estimated from a first stage by the Lasso.
    case lasso
    /// n_t ∝ |ν̂_t| with ν̂ = Ŵ⁺ŵ, which the Lasso tends to without a penalty.
    case noPenalty
    /// n_t ∝ ν̂_t² with that ν̂.
    case estimatedL2
    /// Those of `lasso`, dealt to the sources at random.
    case shuffledLasso
  }

  /// The relevance of least L1 norm; entries of rounding size are zero.
  static func leastL1(_ w: Tensor<Double>, _ target: Tensor<Double>) throws -> [Double] {
    let point = try basisPursuit(w, target).point.scalars
    let largest = point.reduce(0) { max($0, abs($1)) }
    return point.map { abs($0) > 1e-7 * largest ? $0 : 0 }
  }

  /// The relevance of least L2 norm.
  static func leastL2(_ w: Tensor<Double>, _ target: Tensor<Double>) throws -> [Double] {
    matmul(try pseudoInverse(w), target).scalars
  }

  /// argmin ½‖Ŵν − ŵ‖² + λ‖ν‖₁ with λ = .05 ‖Ŵᵀŵ‖∞.
  static func lassoRelevance(_ w: Tensor<Double>, _ target: Tensor<Double>) throws -> [Double] {
    let penalty = 0.05 * abs(matmul(target, w)).max().item
    return try lasso(w, target, penalty: penalty).coefficients.scalars
  }

  /// What the numbers of examples are proportional to, W and w being known or estimated.
  static func shares(
    _ allocation: Allocation, _ w: Tensor<Double>, _ target: Tensor<Double>,
    dealing stream: RandomStream
  ) throws -> [Double] {
    switch allocation {
    case .leastL1, .shuffledL1:
      let shares = try leastL1(w, target).map { abs($0) }
      return allocation == .leastL1 ? shares : dealt(shares, stream)
    case .leastL2, .estimatedL2: return try leastL2(w, target).map { $0 * $0 }
    case .leastL2Size, .noPenalty: return try leastL2(w, target).map { abs($0) }
    case .passive: return [Double](repeating: 1, count: w.shape[1])
    case .lasso, .shuffledLasso:
      let shares = try lassoRelevance(w, target).map { abs($0) }
      return allocation == .lasso ? shares : dealt(shares, stream)
    }
  }

  private static func dealt(_ shares: [Double], _ stream: RandomStream) -> [Double] {
    var stream = stream
    return stream.permutation(of: shares.count).map { shares[$0] }
  }

  /// Numbers of examples max(n̲, β q_t) that sum to the budget to the unit.
  ///
  /// - Parameters:
  ///   - shares: q.
  ///   - budget: The sum.
  ///   - floor: n̲.
  ///   - sparing: Whether a source without a share gets none instead of n̲.
  /// - Returns: n_t; what rounding down leaves goes to the largest remainders, the first of equals.
  static func counts(_ shares: [Double], budget: Int, floor: Int, sparing: Bool = false) -> [Int] {
    let floors = shares.map { sparing && $0 == 0 ? 0.0 : Double(floor) }
    var isRaised = shares.map { $0 > 0 }
    var real = floors
    while true {
      var (rest, total) = (Double(budget), 0.0)
      for t in shares.indices {
        if isRaised[t] { total += shares[t] } else { rest -= floors[t] }
      }
      guard total > 0, rest > 0 else { break }
      let lowered = shares.indices.filter {
        isRaised[$0] && rest * shares[$0] / total < floors[$0]
      }
      if lowered.isEmpty {
        for t in shares.indices where isRaised[t] { real[t] = rest * shares[t] / total }
        break
      }
      for t in lowered { isRaised[t] = false }
    }
    var counts = real.map { Int($0) }
    let order = shares.indices.filter { isRaised[$0] }
      .sorted {
        (real[$1] - real[$1].rounded(.down), $0) < (real[$0] - real[$0].rounded(.down), $1)
      }
    let missing = budget - counts.reduce(0, +)
    precondition(
      missing >= 0 && missing <= order.count,
      "counts: a budget of \(budget) does not fit floors of \(floor)")
    for t in order.prefix(missing) { counts[t] += 1 }
    return counts
  }
}
