internal import Tensors

extension Schedule {
  /// A triangle wave: up in a straight line, down in another, again and again.
  ///
  /// PyTorch's `CyclicLR` in its mode `triangular`; with a decay, each cycle's height is multiplied
  /// by it: 0.5 is its `triangular2`.
  ///
  /// - Source: Smith 2017, arXiv 1506.01186, §3.
  /// - Precondition: both ways take at least 1 step.
  /// - Parameters:
  ///   - low: The number at the start and the end of a cycle.
  ///   - high: The number at the top of the first.
  ///   - up: The steps from low to high.
  ///   - down: The steps back; as many unless told.
  ///   - decay: What each further cycle's height is multiplied by.
  /// - Returns: The schedule.
  public static func cyclic(
    low: Double, high: Double, up: Int, down: Int? = nil, decay: Double = 1
  ) -> Schedule {
    let down = down ?? up
    require(up >= 1 && down >= 1, "Schedule: a cycle of \(up) steps up and \(down) down")
    return Schedule { step in
      let (cycle, place) = step.quotientAndRemainder(dividingBy: up + down)
      let height =
        place <= up
        ? Double(place) / Double(up) : Double(up + down - place) / Double(down)
      return low + (high - low) * height * power(decay, cycle)
    }
  }

  /// One rise and one longer fall, by cosines: the one-cycle policy.
  ///
  /// From `peak / risingFactor` to the peak in a share of the steps, then down to
  /// `peak / risingFactor / fallingFactor` at the last: PyTorch's `OneCycleLR`.
  ///
  /// - Source: Smith and Topin 2018, arXiv 1708.07120, in the form of two phases.
  /// - Precondition: there are steps for both phases.
  public static func oneCycle(
    peak: Double, over steps: Int, rising share: Double = 0.3, risingFactor: Double = 25,
    fallingFactor: Double = 1e4
  ) -> Schedule {
    let top = share * Double(steps) - 1
    let end = Double(steps - 1)
    require(
      top > 0 && top < end, "Schedule: one cycle of \(steps) steps, \(share) of them rising")
    let start = peak / risingFactor
    return Schedule { step in
      let place = min(Double(step), end)
      return place <= top
        ? annealed(from: start, to: peak, at: place / top)
        : annealed(from: peak, to: start / fallingFactor, at: (place - top) / (end - top))
    }
  }

  /// This schedule multiplied by a linear rise in its first steps.
  ///
  ///     value(step) · min(1, (step + 1) / steps)
  ///
  /// The first step takes a part of the rate, not none of it, and the schedule below goes on
  /// unshifted.
  ///
  /// - Precondition: the count of steps is not negative.
  public func warmedUp(over steps: Int) -> Schedule {
    require(steps >= 0, "Schedule: a warm-up over \(steps) steps")
    return Schedule { step in
      step + 1 < steps ? self(step) * (Double(step + 1) / Double(steps)) : self(step)
    }
  }

  /// This schedule for so many steps, and then another from its own beginning.
  ///
  /// - Precondition: the count of steps is not negative.
  public func followed(by next: Schedule, after steps: Int) -> Schedule {
    require(steps >= 0, "Schedule: another after \(steps) steps")
    return Schedule { step in step < steps ? self(step) : next(step - steps) }
  }

  /// This schedule times a number.
  public func scaled(by factor: Double) -> Schedule { Schedule { self($0) * factor } }
}
