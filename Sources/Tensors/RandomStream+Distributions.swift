// Numbers of other distributions, worked out in `Double` and rounded where `Float` is asked for.
// Each takes one word, or a place of the stream whose attempts have words of their own: bulk and
// single draws agree, and every draw is passed over alike.

extension RandomStream {
  /// Numbers in `low..<high`, all equally likely.
  ///
  /// - Precondition: no axis is negative; the range is finite and not empty.
  public mutating func uniform<E: Scalar>(
    in range: Range<E>, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    require(
      range.lowerBound < range.upperBound && (range.upperBound - range.lowerBound).isFinite,
      "uniform: the range \(range) is empty or infinite")
    let length = range.upperBound - range.lowerBound
    let drawn = uniform(shape: shape, of: E.self) * length + range.lowerBound
    // Rounding may reach the end.
    return minimum(drawn, Tensor(range.upperBound.nextDown))
  }

  /// One with probability `p`, and zero otherwise.
  ///
  /// - Precondition: no axis is negative; `p` lies in 0...1.
  public mutating func bernoulli<E: Scalar>(
    _ p: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    require((0...1).contains(p), "bernoulli: \(p) is no probability")
    return rounded(Tensor(p).isGreater(than: uniform(shape: shape, of: Double.self)))
  }

  /// A dropout's mask: `1 / keep` with probability `keep`, and zero otherwise.
  ///
  /// - Precondition: no axis is negative; `keep` lies in 0...1 and is above zero.
  public mutating func dropoutMask<E: Scalar>(
    keep: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    require(keep > 0, "dropoutMask: nothing is kept")
    return bernoulli(keep, shape: shape, of: E.self) * E(1 / keep)
  }

  /// Exponential numbers of mean 1: `-log(1 − u)`.
  ///
  /// - Precondition: no axis is negative.
  public mutating func exponential<E: Scalar>(shape: [Int], of: E.Type = E.self) -> Tensor<E> {
    rounded(-log1p(-uniform(shape: shape, of: Double.self)))
  }

  /// Laplace numbers of scale 1: symmetric, with exponential tails on either side.
  ///
  /// - Precondition: no axis is negative.
  public mutating func laplace<E: Scalar>(shape: [Int], of: E.Type = E.self) -> Tensor<E> {
    let p = middles(shape)
    let left = log(2 * p)
    let right = -log(2 * (1 - p))
    return rounded(choose(where: p.isGreater(than: Tensor(0.5)), right, else: left))
  }

  /// Cauchy numbers of scale 1: `-cos(π p) / sin(π p)`.
  ///
  /// - Precondition: no axis is negative.
  public mutating func cauchy<E: Scalar>(shape: [Int], of: E.Type = E.self) -> Tensor<E> {
    let angle = middles(shape) * Double.pi
    return rounded(-(cos(angle) / sin(angle)))
  }

  /// Exponentials of normal numbers.
  ///
  /// - Precondition: no axis is negative.
  /// - Parameters:
  ///   - mean: the mean of the logarithm.
  ///   - deviation: the standard deviation of the logarithm.
  ///   - shape: the shape of the result.
  ///   - of: the kind of number.
  /// - Returns: the numbers.
  public mutating func logNormal<E: Scalar>(
    mean: Double, deviation: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    rounded(exp(normal(shape: shape, of: Double.self) * deviation + mean))
  }

  /// Standard normal numbers of a range, by the quantile of a part of (0, 1).
  ///
  /// - Accuracy: of the quantile; the range should meet -8...8.
  /// - Precondition: no axis is negative; the range has a chance above zero.
  public mutating func truncatedNormal<E: Scalar>(
    in range: ClosedRange<Double>, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    // On the side where probabilities are small, and keep their digits.
    let flips = range.lowerBound > 0
    let low = flips ? -range.upperBound : range.lowerBound
    let high = flips ? -range.lowerBound : range.upperBound
    let from = normalDistribution(low)
    let chance = normalDistribution(high) - from
    require(chance > 0, "truncatedNormal: the range \(range) has no chance")
    let drawn = normalQuantile(middles(shape) * chance + from)
    return rounded(clamp(flips ? -drawn : drawn, to: range))
  }

  /// Points on the unit sphere: normal vectors over their norms.
  ///
  /// - Shapes: `[count, dimension]`.
  /// - Precondition: the count is not negative, and the dimension is above zero.
  public mutating func spherePoints<E: Scalar>(
    _ count: Int, dimension: Int, of: E.Type = E.self
  ) -> Tensor<E> {
    require(dimension > 0, "spherePoints: the dimension \(dimension) is not above zero")
    let points = normal(shape: [count, dimension], of: Double.self)
    return rounded(points / points.norm(along: 1, keepingAxis: true))
  }

  /// Numbers in (0, 1), each the middle of one of 2⁵² equal parts.
  private mutating func middles(_ shape: [Int]) -> Tensor<Double> {
    (floor(uniform(shape: shape, of: Double.self) * 0x1p52) + 0.5) * 0x1p-52
  }

  func rounded<E: Scalar>(_ numbers: Tensor<Double>) -> Tensor<E> { Tensor(converting: numbers) }
}
