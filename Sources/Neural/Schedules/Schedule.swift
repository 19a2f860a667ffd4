internal import Tensors

/// A number that changes in the course of a training: a learning rate, a momentum, a weight of a loss.
///
/// A pure function of the step, counted from zero; what was asked before does not matter.
///
///     let rate = Schedule.cosine(from: 3e-3, to: 1e-5, over: 10_000).warmedUp(over: 500)
///     optimizer.learningRate = rate(step)
///
/// Steps are those of the optimizer; where a paper counts epochs, multiply.
public struct Schedule: Sendable {
  private let value: @Sendable (_ step: Int) -> Double

  /// Any function of the step.
  public init(_ value: @escaping @Sendable (_ step: Int) -> Double) { self.value = value }

  /// The number at a step.
  ///
  /// - Precondition: the step is not negative.
  public func callAsFunction(_ step: Int) -> Double {
    require(step >= 0, "Schedule: the step \(step) is negative")
    return value(step)
  }

  /// One number.
  public static func constant(_ value: Double) -> Schedule { Schedule { _ in value } }

  /// A number multiplied by a factor at each milestone.
  ///
  ///     first · factor ^ (milestones up to and including the step)
  ///
  /// PyTorch's `MultiStepLR`.
  public static func multiStep(
    _ first: Double, factor: Double = 0.1, at milestones: [Int]
  ) -> Schedule {
    Schedule { step in first * power(factor, milestones.count { $0 <= step }) }
  }

  /// A number multiplied by a factor every so many steps: PyTorch's `StepLR`.
  ///
  /// - Precondition: the interval is at least 1.
  public static func step(
    _ first: Double, factor: Double = 0.1, every interval: Int
  ) -> Schedule {
    require(interval >= 1, "Schedule: expected an interval of 1 or more, got \(interval)")
    return Schedule { step in first * power(factor, step / interval) }
  }

  /// A number multiplied by a factor at every step: PyTorch's `ExponentialLR`.
  public static func exponential(_ first: Double, factor: Double) -> Schedule {
    Schedule { step in first * power(factor, step) }
  }

  /// A straight line, level after its end.
  ///
  /// - Precondition: the count of steps is at least 1.
  public static func linear(
    from first: Double, to last: Double = 0, over steps: Int
  ) -> Schedule {
    ramp(steps) { first + (last - first) * $0 }
  }

  /// Half a period of the cosine, level after its end.
  ///
  ///     last + (first − last)(1 + cos(π step / steps)) / 2
  ///
  /// PyTorch's `CosineAnnealingLR`, but level after the end, where that rises again.
  ///
  /// - Source: Loshchilov and Hutter 2017, arXiv 1608.03983, eq. 5.
  /// - Precondition: the count of steps is at least 1.
  public static func cosine(
    from first: Double, to last: Double = 0, over steps: Int
  ) -> Schedule {
    ramp(steps) { annealed(from: first, to: last, at: $0) }
  }

  /// Half periods of the cosine, each starting anew from the top and longer by a factor.
  ///
  /// PyTorch's `CosineAnnealingWarmRestarts`.
  ///
  /// - Source: Loshchilov and Hutter 2017, arXiv 1608.03983, §3.
  /// - Precondition: the first period and the factor are at least 1.
  public static func cosineWithRestarts(
    from first: Double, to last: Double = 0, firstPeriod: Int, lengthening factor: Int = 1
  ) -> Schedule {
    require(
      firstPeriod >= 1 && factor >= 1,
      "Schedule: a period of \(firstPeriod) steps, longer by a factor of \(factor)")
    return Schedule { step in
      var (place, period) = (step, firstPeriod)
      if factor == 1 {
        place %= period
      } else {
        while place >= period {
          place -= period
          period *= factor
        }
      }
      return annealed(from: first, to: last, at: Double(place) / Double(period))
    }
  }

  /// A number that falls with the root of the step, after a linear rise.
  ///
  ///     peak · min((step + 1) / warmUp, √(warmUp / (step + 1)))
  ///
  /// - Source: Vaswani et al. 2017, arXiv 1706.03762, eq. 3, with the peak in place of its scale.
  /// - Precondition: the warm-up has at least 1 step.
  public static func inverseRoot(peak: Double, warmUp: Int) -> Schedule {
    require(warmUp >= 1, "Schedule: expected a warm-up of 1 step or more, got \(warmUp)")
    return Schedule { step in
      let share = Double(step + 1) / Double(warmUp)
      return peak * min(share, 1 / share.squareRoot())
    }
  }

  /// One over the root of the number of intervals begun: first / √(1 + ⌊step / interval⌋).
  ///
  /// - Precondition: the interval is at least 1.
  public static func inverseRoot(_ first: Double, every interval: Int) -> Schedule {
    require(interval >= 1, "Schedule: expected an interval of 1 or more, got \(interval)")
    return Schedule { step in first / Double(1 + step / interval).squareRoot() }
  }

  /// A function of the share of the steps that is done, from 0 to 1.
  static func ramp(_ steps: Int, _ value: @escaping @Sendable (Double) -> Double) -> Schedule {
    require(steps >= 1, "Schedule: expected 1 step or more, got \(steps)")
    return Schedule { step in value(Double(min(step, steps)) / Double(steps)) }
  }

  /// The falling half of a cosine, at a share of its length.
  static func annealed(from first: Double, to last: Double, at share: Double) -> Double {
    last + (first - last) * ((1 + cos(Double.pi * share)) / 2)
  }
}
