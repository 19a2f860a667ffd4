/// Where a number lies along an axis, from 0 at its start to 1 at its end.
package struct PlotScale: Hashable, Sendable {
  /// The least number that is drawn.
  package let lower: Double
  /// The greatest number that is drawn.
  package let upper: Double
  /// Whether equal ratios have equal lengths.
  let isLogarithmic: Bool

  /// A scale that shows some numbers and ends at round ones where that costs little room.
  ///
  /// Numbers that are not finite, and on a logarithmic scale those that are not positive, have no
  /// place on it.
  package init(showing numbers: some Sequence<Double>, isLogarithmic: Bool, fromZero: Bool = false)
  {
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for number in numbers where number.isFinite && (!isLogarithmic || number > 0) {
      least = min(least, number)
      greatest = max(greatest, number)
    }
    if least > greatest { (least, greatest) = isLogarithmic ? (1, 10) : (0, 1) }
    if fromZero, !isLogarithmic {
      least = min(least, 0)
      greatest = max(greatest, 0)
    }
    self.isLogarithmic = isLogarithmic
    (lower, upper) = isLogarithmic ? Self.ratio(least, greatest) : Self.span(least, greatest)
  }

  /// The share of the axis before a number, held between its ends; nil where it has no place.
  package func share(of number: Double) -> Double? {
    guard number.isFinite, !isLogarithmic || number > 0 else { return nil }
    let share =
      isLogarithmic
      ? (decimalLogarithm(number) - decimalLogarithm(lower))
        / (decimalLogarithm(upper) - decimalLogarithm(lower))
      : (number - lower) / (upper - lower)
    return share.isFinite ? Swift.min(1, Swift.max(0, share)) : nil
  }

  /// The round numbers to mark, in order.
  package func ticks(atMost count: Int) -> [Double] {
    isLogarithmic
      ? logarithmicTicks(from: lower, to: upper, atMost: count)
      : linearTicks(from: lower, to: upper, atMost: count)
  }

  private static func span(_ least: Double, _ greatest: Double) -> (Double, Double) {
    guard greatest > least else {
      let room = least == 0 ? 1 : least.magnitude / 10
      let (lower, upper) = (least - room, greatest + room)
      return lower < upper ? (lower, upper) : (0, 1)
    }
    // Numbers near the ends of what a Double holds: a scale that cannot be computed shows nothing.
    guard (greatest - least).isFinite else { return (least / 4, greatest / 4) }
    let step = tickStep(over: greatest - least, atMost: 6)
    let (floor, ceiling) = ((least / step).rounded(.down), (greatest / step).rounded(.up))
    let (roundLeast, roundGreatest) = (floor * step, ceiling * step)
    let room = (greatest - least) / 12
    return (
      least - roundLeast <= 2 * room ? roundLeast : least - room,
      roundGreatest - greatest <= 2 * room ? roundGreatest : greatest + room
    )
  }

  private static func ratio(_ least: Double, _ greatest: Double) -> (Double, Double) {
    let (start, end) = (decimalLogarithm(least), decimalLogarithm(greatest))
    let room = Swift.max(0.1, (end - start) / 24)
    let floor = powerOfTen(Int((start + 1e-9).rounded(.down)))
    let ceiling = powerOfTen(Int((end - 1e-9).rounded(.up)))
    let lower = start - decimalLogarithm(floor) <= 3 * room ? floor : least / tenTo(room)
    let upper = decimalLogarithm(ceiling) - end <= 3 * room ? ceiling : greatest * tenTo(room)
    guard lower > 0, upper.isFinite, lower < upper else { return (least / 2, least * 2) }
    return (lower, upper)
  }
}
