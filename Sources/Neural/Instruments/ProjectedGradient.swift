public import Tensors

/// An attack on inputs by gradient steps that stay in a ball around them: PGD.
///
///     x ← Π (x + η sign(∇L))  or  x ← Π (x + η ∇L / ‖∇L‖)
///
/// Π keeps every example in the ball around where it began, then in the range of inputs. Of several
/// restarts, each example's result of greatest loss counts, the first of equals.
///
/// - Source: Madry et al. 2018, arXiv 1706.06083, §2.1.
public struct ProjectedGradient: Hashable, Sendable {
  /// The ball's norm.
  public enum Norm: String, Hashable, Sendable, Codable {
    /// The greatest change of an entry.
    case infinity
    /// The Euclidean length of the change of an example.
    case euclidean
  }

  /// The ball's norm.
  public var norm: Norm

  /// The ball's radius.
  public var radius: Double

  /// The length of a step η.
  public var stepSize: Double

  /// How many steps are taken.
  public var steps: Int

  /// How many times it is begun.
  public var restarts: Int

  /// Whether it begins at a uniform point of the ball instead of at its centre.
  public var startsAtRandom: Bool

  /// Where entries of inputs lie; nil for anywhere.
  public var range: ClosedRange<Double>?

  /// An attack.
  ///
  /// - Precondition: radius, step and number of steps are not negative, and it is begun at least once.
  public init(
    _ norm: Norm, radius: Double, stepSize: Double, steps: Int, restarts: Int = 1,
    startsAtRandom: Bool = true, range: ClosedRange<Double>? = 0...1
  ) {
    require(
      radius >= 0 && stepSize >= 0 && steps >= 0 && restarts >= 1,
      "ProjectedGradient: \(restarts) times \(steps) steps of \(stepSize) in a radius of \(radius)")
    self.norm = norm
    self.radius = radius
    self.stepSize = stepSize
    self.steps = steps
    self.restarts = restarts
    self.startsAtRandom = startsAtRandom
    self.range = range
  }

  /// The attacked inputs and their losses.
  ///
  /// - Shapes: x [n, …], the losses [n]; the same.
  /// - Gradient: none; the result is a constant.
  /// - Precondition: the losses have an entry an example, each of its own example alone.
  /// - Parameters:
  ///   - x: the inputs.
  ///   - stream: the source of random beginnings.
  ///   - losses: what is to grow, by example: cross-entropies, or negative margins.
  /// - Returns: the inputs of greatest loss, and that loss.
  public func callAsFunction<E>(
    _ x: Tensor<E>, using stream: inout RandomStream, losses: (Tensor<E>) -> Tensor<E>
  ) -> (inputs: Tensor<E>, losses: Tensor<E>) {
    require(x.rank >= 1, "ProjectedGradient: inputs of shape \(x.shape)")
    let x = x.detached
    var best: (inputs: Tensor<E>, losses: Tensor<E>)?
    for _ in 0..<restarts {
      var moved = startsAtRandom ? kept(x + start(x.shape, using: &stream), around: x) : x
      for _ in 0..<steps {
        let slope = gradient(at: moved) { losses($0).sum() }
        moved = kept(moved + E(stepSize) * direction(slope), around: x)
      }
      let found = losses(moved).detached
      require(
        found.shape == [x.shape[0]],
        "ProjectedGradient: losses of shape \(found.shape) for inputs \(x.shape)")
      guard let before = best else {
        best = (moved, found)
        continue
      }
      let better = found.isGreater(than: before.losses)
      let wide = better.reshaped(to: [x.shape[0]] + Array(repeating: 1, count: x.rank - 1))
        .broadcast(to: x.shape)
      best = (
        choose(where: wide, moved, else: before.inputs),
        choose(where: better, found, else: before.losses)
      )
    }
    guard let best else { fatalError("ProjectedGradient: no restart") }
    return best
  }

  /// The steepest direction of length one by example; zero where there is no slope.
  private func direction<E>(_ slope: Tensor<E>) -> Tensor<E> {
    switch norm {
    case .infinity: return sign(slope)
    case .euclidean:
      let sizes = lengths(slope)
      return slope / choose(where: sizes.isGreater(than: Tensor(0)), sizes, else: sizes + 1)
    }
  }

  /// Inputs brought into the ball around others, and into the range.
  private func kept<E>(_ moved: Tensor<E>, around x: Tensor<E>) -> Tensor<E> {
    var change = moved - x
    switch norm {
    case .infinity: change = clamp(change, to: -E(radius)...E(radius))
    case .euclidean:
      let sizes = lengths(change)
      let outside = sizes.isGreater(than: Tensor(E(radius)))
      let scale = choose(where: outside, E(radius) / sizes, else: 0 * sizes + 1)
      change = change * scale
    }
    let inputs = x + change
    return range.map { clamp(inputs, to: E($0.lowerBound)...E($0.upperBound)) } ?? inputs
  }

  /// A uniform point of the ball for each example.
  private func start<E>(_ shape: [Int], using stream: inout RandomStream) -> Tensor<E> {
    switch norm {
    case .infinity:
      return E(2 * radius) * stream.uniform(shape: shape) - E(radius)
    case .euclidean:
      let normal: Tensor<E> = stream.normal(shape: shape)
      let dimension = shape.dropFirst().reduce(1, *)
      let shares = stream.uniform(shape: [shape[0]], of: Double.self)
      let radii = radius * pow(shares, 1 / Double(max(dimension, 1)))
      let wide = Tensor<E>(converting: radii)
        .reshaped(to: [shape[0]] + Array(repeating: 1, count: shape.count - 1))
      return wide * direction(normal)
    }
  }

  /// The length of each example, with axes of one entry.
  private func lengths<E>(_ x: Tensor<E>) -> Tensor<E> {
    let n = x.shape[0]
    return sqrt(x.reshaped(to: [n, n == 0 ? 0 : x.count / n]).sumOfSquares(along: 1))
      .reshaped(to: [n] + Array(repeating: 1, count: x.rank - 1))
  }
}

/// The fast gradient sign attack: one step from the inputs to the ball's border.
///
///     x + ε sign(∇L), kept in the range
///
/// - Shapes: those of x.
/// - Source: Goodfellow, Shlens and Szegedy 2015, arXiv 1412.6572, §4.
/// - Precondition: ε is not negative.
/// - Parameters:
///   - x: the inputs.
///   - radius: ε.
///   - range: where entries of inputs lie; nil for anywhere.
///   - losses: what is to grow: one number, or one an example.
/// - Returns: the attacked inputs, a constant.
public func fastGradientSign<E>(
  _ x: Tensor<E>, radius: E, range: ClosedRange<E>? = 0...1, losses: (Tensor<E>) -> Tensor<E>
) -> Tensor<E> {
  require(radius >= 0, "fastGradientSign: a radius of \(radius)")
  let x = x.detached
  let moved = x + radius * sign(gradient(at: x) { losses($0).sum() })
  return range.map { clamp(moved, to: $0) } ?? moved
}
