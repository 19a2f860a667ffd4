import Evidence
import Tensors

/// The arithmetic of the reductions: plain formulas on short lists, in the order given.
enum Statistics {
  /// The mean; where readings are censored, what their bounds leave of it.
  static func mean(_ readings: [Reading]) throws(MeasureError) -> Reading {
    var sum = Bounds(0, 0)
    for bounds in readings.map(Bounds.init) {
      sum = Bounds(sum.lower + bounds.lower, sum.upper + bounds.upper)
    }
    let count = Double(readings.count)
    return try known(Bounds(sum.lower / count, sum.upper / count), "average", readings)
  }

  /// The least reading, or what is known of it.
  static func least(_ readings: [Reading]) throws(MeasureError) -> Reading {
    let bounds = readings.map(Bounds.init)
    let least = Bounds(
      bounds.map(\.lower).min() ?? .nan, bounds.map(\.upper).min() ?? .nan)
    return try known(least, "least", readings)
  }

  /// The greatest reading, or what is known of it.
  static func greatest(_ readings: [Reading]) throws(MeasureError) -> Reading {
    let bounds = readings.map(Bounds.init)
    let greatest = Bounds(
      bounds.map(\.lower).max() ?? .nan, bounds.map(\.upper).max() ?? .nan)
    return try known(greatest, "greatest", readings)
  }

  /// The index of the least reading; open where a censored one could be less.
  static func indexOfLeast(_ readings: [Reading]) throws(MeasureError) -> Int {
    let bounds = readings.map(Bounds.init)
    guard let index = bounds.indices.min(by: { bounds[$0].upper < bounds[$1].upper }),
      bounds.indices.allSatisfy({ $0 == index || bounds[index].upper <= bounds[$0].lower })
    else { throw MeasureError.open("cannot tell which of \(readings) is least") }
    return index
  }

  private static func known(
    _ bounds: Bounds, _ name: String, _ readings: [Reading]
  ) throws(MeasureError) -> Reading {
    guard let reading = bounds.reading else {
      throw MeasureError.open("cannot tell the \(name) of \(readings)")
    }
    return reading
  }

  /// The numbers behind readings, where a statistic has no use for a censored one.
  static func numbers(_ readings: [Reading], for name: String) throws(MeasureError) -> [Double] {
    var numbers: [Double] = []
    for reading in readings {
      guard let number = reading.number else {
        throw MeasureError.open("\(name): one of the values is \(reading)")
      }
      numbers.append(number)
    }
    return numbers
  }

  static func positions(_ points: [(Coordinate, Reading)]) throws(MeasureError) -> [Double] {
    var positions: [Double] = []
    for point in points {
      guard let number = point.0.number else {
        throw MeasureError("the axis has the position '\(point.0)', which is not a number")
      }
      positions.append(number)
    }
    return positions
  }

  /// The reading at a position: the recorded one, else on the line between its neighbours.
  ///
  /// Only recorded curves have something between their points; a swept arm does not, and neither
  /// has anything beyond its ends. The points are sorted by position.
  static func value(
    _ points: [(Coordinate, Reading)], at position: Coordinate, interpolating: Bool
  ) throws(MeasureError) -> Reading {
    if let exact = points.first(where: { $0.0 == position }) { return exact.1 }
    guard interpolating, let target = position.number else {
      throw MeasureError("value(at:): there is no position \(position)")
    }
    let xs = try positions(points)
    guard let index = xs.firstIndex(where: { $0 > target }), index > 0 else {
      throw MeasureError("value(at:): \(position) lies beyond the ends of the curve")
    }
    let ys = try numbers([points[index - 1].1, points[index].1], for: "value(at:)")
    let share = (target - xs[index - 1]) / (xs[index] - xs[index - 1])
    return .value(ys[0] + (ys[1] - ys[0]) * share)
  }

  /// The least-squares line and the share of the variance it explains.
  static func line(
    _ points: [(Coordinate, Reading)], on scale: Scale
  ) throws(MeasureError) -> (slope: Double, straightness: Double) {
    var xs = try positions(points)
    var ys = try numbers(points.map(\.1), for: "slope")
    if scale == .logLog || scale == .logAxis { xs = xs.map { log($0) } }
    if scale == .logLog || scale == .logValue { ys = ys.map { log($0) } }
    guard Set(xs).count >= 2 else { throw MeasureError("slope: needs two positions or more") }
    let moments = moments(xs, ys)
    // A constant value lies on its line exactly.
    let explained = moments.yy == 0 ? 1 : moments.xy * moments.xy / (moments.xx * moments.yy)
    return (moments.xy / moments.xx, explained)
  }

  /// Pearson's correlation, or Spearman's: Pearson's of the ranks, ties sharing their mean rank.
  static func correlation(
    _ a: [Reading], _ b: [Reading], ranked: Bool
  ) throws(MeasureError) -> Double {
    guard a.count >= 3 else { throw MeasureError("correlation: fewer than three points") }
    let xs = ranked ? ranks(a) : try numbers(a, for: "correlation")
    let ys = ranked ? ranks(b) : try numbers(b, for: "correlation")
    let moments = moments(xs, ys)
    if moments.xx == 0 || moments.yy == 0 {
      throw MeasureError("correlation: one side is constant")
    }
    return moments.xy / (moments.xx * moments.yy).squareRoot()
  }

  /// The sums of squares and products about the means.
  private static func moments(
    _ xs: [Double], _ ys: [Double]
  ) -> (xx: Double, xy: Double, yy: Double) {
    let count = Double(xs.count)
    let (meanX, meanY) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(xs, ys) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    return (xx, xy, yy)
  }

  /// Ranks from 1, ties sharing their mean; censored readings rank above all numbers.
  static func ranks(_ readings: [Reading]) -> [Double] {
    readings.map { reading in
      let below = readings.count { $0 < reading }
      let equal = readings.count { !($0 < reading) && !(reading < $0) }
      return Double(below) + Double(equal + 1) / 2
    }
  }

  /// Where the value first reaches a level from the side on which it starts.
  static func crossing(
    _ points: [(Coordinate, Reading)], of level: Double
  ) throws(MeasureError) -> Reading {
    let xs = try positions(points)
    let ys = try numbers(points.map(\.1), for: "crossing")
    guard let first = ys.first, let end = xs.last else { throw MeasureError("crossing: no points") }
    if first == level { return .value(xs[0]) }
    guard let index = ys.firstIndex(where: { first < level ? $0 >= level : $0 <= level }) else {
      return .notReached(by: end)
    }
    let share = (level - ys[index - 1]) / (ys[index] - ys[index - 1])
    return .value(xs[index - 1] + (xs[index] - xs[index - 1]) * share)
  }
}
