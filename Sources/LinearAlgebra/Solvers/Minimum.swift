public import Tensors

/// Where a minimisation ended, with its certificate.
public struct Minimum: Sendable {
  /// Why it ended.
  public enum Reason: String, Sendable {
    /// The gradient is within the tolerance.
    case gradient
    /// The value fell by less than the decrease that was asked for.
    case decrease
  }

  /// The point: the shape of the start.
  public let point: Tensor<Double>

  /// The function there.
  public let value: Double

  /// The gradient there, as large as the point.
  public let gradient: Tensor<Double>

  /// How many steps were taken.
  public let iterations: Int

  /// How often the function was computed.
  public let evaluations: Int

  /// Why it ended.
  public let reason: Reason

  /// The size of the gradient's largest entry.
  public var gradientSize: Double { largestSize(gradient) }
}

/// The size of the largest entry, 0 of none; NaN where one is NaN.
func largestSize(_ x: Tensor<Double>) -> Double {
  x.scalars.reduce(0) { $1.isNaN || $0.isNaN ? .nan : max($0, abs($1)) }
}

/// The inner product of two tensors of one shape, as a product of vectors.
func inner(_ x: Tensor<Double>, _ y: Tensor<Double>) -> Double {
  matmul(x.reshaped(to: [x.count]), y.reshaped(to: [y.count])).item
}

/// A value and its gradient.
typealias Slope = (value: Double, gradient: Tensor<Double>)

/// A step along a direction that satisfies the strong Wolfe conditions.
///
///     f(x + t p) ≤ f(x) + c₁ t ⟨g, p⟩,  |⟨g(x + t p), p⟩| ≤ c₂ |⟨g, p⟩|
///
/// Where rounding hides the decrease, the first is asked of the slopes instead (Hager and Zhang,
/// SIAM J. Optim. 16 (2005), eq. 4.1). Safeguarded cubic interpolation inside a bracket.
struct WolfeSearch {
  let evaluate: (Tensor<Double>) -> Slope
  var evaluations = 0
  let decrease = 1e-4
  let curvature = 0.9

  init(_ evaluate: @escaping (Tensor<Double>) -> Slope) { self.evaluate = evaluate }

  private struct Trial {
    var step: Double
    var value: Double
    var slope: Double
  }

  /// The new point with its value and gradient; nil where none was found in 60 trials.
  mutating func search(
    from point: Tensor<Double>, _ here: Slope, along direction: Tensor<Double>, first: Double
  ) -> (point: Tensor<Double>, slope: Slope)? {
    let start = Trial(step: 0, value: here.value, slope: inner(here.gradient, direction))
    guard start.slope < 0 else { return nil }
    let rounding = 1e-15 * abs(start.value)
    var low = start
    var high: Trial?
    var step = first
    for _ in 0..<60 {
      let next = point + step * direction
      let found = evaluate(next)
      evaluations += 1
      let trial = Trial(step: step, value: found.value, slope: inner(found.gradient, direction))
      let falls =
        trial.value <= start.value + decrease * step * start.slope
        || trial.value <= start.value + rounding && trial.slope <= -(1 - 2 * decrease) * start.slope
      if !trial.value.isFinite || !trial.slope.isFinite || !falls {
        high = trial
      } else if abs(trial.slope) <= -curvature * start.slope {
        return (next, found)
      } else if trial.slope < 0 {
        low = trial
      } else {
        high = trial
      }
      guard let end = high else {
        step *= 4
        continue
      }
      guard end.step - low.step > 1e-16 * end.step else { return nil }
      step = between(low, end)
    }
    return nil
  }

  /// The minimiser of the cubic through two trials, kept off the bracket's ends.
  private func between(_ low: Trial, _ high: Trial) -> Double {
    let width = high.step - low.step
    let a = 3 * (low.value - high.value) / width + low.slope + high.slope
    let square = a * a - low.slope * high.slope
    guard square >= 0, square.isFinite else { return low.step + width / 2 }
    let root = square.squareRoot()
    let share = (root + a - low.slope) / (high.slope - low.slope + 2 * root)
    guard share.isFinite else { return low.step + width / 2 }
    return low.step + min(max(share, 0.1), 0.9) * width
  }
}
