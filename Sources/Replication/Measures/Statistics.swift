import Evidence
import Tensors

/// The arithmetic of the reductions: plain formulas on short lists, in the order given.
enum Statistics {
  /// The mean; censored where a reading is.
  static func mean(_ readings: [Reading]) -> Reading {
    var sum = 0.0
    for reading in readings {
      guard let value = reading.number else { return reading }
      sum += value
    }
    return .value(sum / Double(readings.count))
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
  /// Only recorded curves have something between their points; a swept arm does not.
  /// Points are taken in the order in which they lie; where a curve passes a position twice, the
  /// first time counts. A position beyond the curve was not reached.
  static func value(
    _ points: [(Coordinate, Reading)], at position: Coordinate, interpolating: Bool
  ) throws(MeasureError) -> Reading {
    if let exact = points.first(where: { $0.0 == position }) { return exact.1 }
    guard interpolating, let target = position.number else {
      throw MeasureError("value(at:): there is no position \(position)")
    }
    let xs = try positions(points)
    for (index, pair) in zip(points, points.dropFirst()).enumerated() {
      let (left, right) = (xs[index], xs[index + 1])
      guard (left < target && target < right) || (right < target && target < left) else { continue }
      guard let a = pair.0.1.number, let b = pair.1.1.number else {
        return pair.0.1.number == nil ? pair.0.1 : pair.1.1
      }
      return .value(a + (b - a) * ((target - left) / (right - left)))
    }
    return .notReached(by: target < (xs.min() ?? target) ? xs.min() ?? target : xs.max() ?? target)
  }

  /// The least-squares line and the share of the variance it explains.
  static func line(
    _ points: [(Coordinate, Reading)], on scale: Scale
  ) throws(MeasureError) -> (slope: Reading, straightness: Reading) {
    var xs = try positions(points)
    var ys: [Double] = []
    for point in points {
      guard let y = point.1.number else { return (point.1, point.1) }
      ys.append(y)
    }
    if scale == .logLog || scale == .logAxis { xs = xs.map { log($0) } }
    if scale == .logLog || scale == .logValue { ys = ys.map { log($0) } }
    guard Set(xs).count >= 2 else { throw MeasureError("slope: needs two positions or more") }
    let count = Double(xs.count)
    let (meanX, meanY) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(xs, ys) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    // A constant value lies on its line exactly.
    return (.value(xy / xx), .value(yy == 0 ? 1 : xy * xy / (xx * yy)))
  }

  /// Pearson's correlation, or Spearman's: Pearson's of the ranks, ties sharing their mean rank.
  static func correlation(
    _ a: [Reading], _ b: [Reading], ranked: Bool
  ) throws(MeasureError) -> Reading {
    guard a.count >= 3 else { throw MeasureError("correlation: fewer than three points") }
    if let bad = (a + b).first(where: { $0.number?.isNaN == true }) { return bad }
    let xs: [Double]
    let ys: [Double]
    if ranked {
      (xs, ys) = (ranks(a), ranks(b))
    } else {
      if let censored = (a + b).first(where: { $0.number == nil }) { return censored }
      (xs, ys) = (a.compactMap(\.number), b.compactMap(\.number))
    }
    let count = Double(xs.count)
    let (meanX, meanY) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(xs, ys) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    guard xx > 0, yy > 0 else { throw MeasureError("correlation: one side is constant") }
    return .value(xy / (xx * yy).squareRoot())
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
    guard let first = points.first?.1.number else { return points.first?.1 ?? .diverged }
    if first.isNaN || first == level { return first.isNaN ? .value(first) : .value(xs[0]) }
    var previous = first
    for index in 1..<max(points.count, 1) {
      guard let y = points[index].1.number else { return points[index].1 }
      if y.isNaN { return .value(y) }
      if first < level ? y >= level : y <= level {
        let share = (level - previous) / (y - previous)
        return .value(xs[index - 1] + (xs[index] - xs[index - 1]) * share)
      }
      previous = y
    }
    return .notReached(by: xs.last ?? 0)
  }
}
