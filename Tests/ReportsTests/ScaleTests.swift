import Reports
import Testing

struct `Ticks` {
  @Test(arguments: [
    (0.0, 1.0, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]), (0, 10, 5, [0, 2, 4, 6, 8, 10]),
    (-1, 1, 4, [-1, -0.5, 0, 0.5, 1]), (0.1, 0.35, 5, [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]),
    (1e-7, 4e-7, 3, [1e-7, 2e-7, 3e-7, 4e-7]), (0, 3e9, 3, [0, 1e9, 2e9, 3e9]),
    (17, 23, 6, [17, 18, 19, 20, 21, 22, 23]),
  ]) func `of a linear axis are round`(lower: Double, upper: Double, count: Int, expected: [Double])
  {
    #expect(linearTicks(from: lower, to: upper, atMost: count) == expected)
  }

  @Test(arguments: [
    (1.0, 1000.0, 8, [1, 10, 100, 1000]), (1, 100, 8, [1, 2, 5, 10, 20, 50, 100]),
    (2, 8, 8, [2, 3, 4, 5, 6, 7, 8]), (1e-24, 1, 6, [1e-20, 1e-15, 1e-10, 1e-5, 1]),
  ]) func `of a logarithmic axis are decades`(
    lower: Double, upper: Double, count: Int, expected: [Double]
  ) {
    let ticks = logarithmicTicks(from: lower, to: upper, atMost: count)
    #expect(expected.allSatisfy(ticks.contains))
    #expect(ticks.count <= count + 1)
  }

  @Test(arguments: [
    (0.0, "0"), (0.25, "0.25"), (-3, "−3"), (1000, "1000"), (1e-4, "10⁻⁴"), (2e6, "2·10⁶"),
    (-1e-9, "−10⁻⁹"), (1e21, "10²¹"), (2.1e-5, "2.1·10⁻⁵"),
  ]) func `read well`(number: Double, expected: String) {
    #expect(tickText(number) == expected)
  }

  @Test(arguments: [
    (0.0, 0.0), (1, 1), (.nan, 1), (0, .infinity),
    (-.greatestFiniteMagnitude, .greatestFiniteMagnitude),
    (1, 1.0.nextUp), (Double.leastNonzeroMagnitude, Double.leastNonzeroMagnitude * 2),
  ]) func `of odd ends are few and finite`(lower: Double, upper: Double) {
    for scale in [false, true] {
      let scale = PlotScale(showing: [lower, upper], isLogarithmic: scale)
      #expect(scale.lower < scale.upper)
      let ticks = scale.ticks(atMost: 8)
      #expect(ticks.count <= 20 && ticks.allSatisfy(\.isFinite))
      for tick in ticks { #expect(scale.share(of: tick) != nil) }
    }
  }
}

struct `A scale` {
  @Test func `ends at round numbers near what it shows`() {
    let scale = PlotScale(showing: [0.02, 0.97], isLogarithmic: false)
    #expect(scale.lower == 0 && scale.upper == 1)
    #expect(scale.share(of: 0.5) == 0.5)
    #expect(scale.share(of: -4) == 0 && scale.share(of: 9) == 1)
  }

  @Test func `has no place for what is not positive where it is logarithmic`() {
    let scale = PlotScale(showing: [0, 1, 100], isLogarithmic: true)
    #expect(scale.share(of: 0) == nil && scale.share(of: -1) == nil && scale.share(of: .nan) == nil)
    let middle = scale.share(of: 10) ?? 0
    #expect(abs(middle - 0.5) < 1e-9)
  }

  @Test func `puts every value into one bin`() {
    let values = [0.0, 0.1, 0.2, 0.99, 1.0, 1.0]
    let bins = Bins(of: values)
    #expect(bins.counts(values).reduce(0, +) == values.count)
    #expect(bins.start <= 0 && bins.end >= 1)
    #expect(Bins(of: []).counts([]).reduce(0, +) == 0)
    #expect(Bins(of: [3, 3]).counts([3, 3]) == [2])
  }
}

struct `Labels` {
  @Test func `are moved apart and kept in their range`() {
    let placed = movedApart([10, 11, 12, 90], by: 15, from: 0, to: 100)
    #expect(placed == [10, 25, 40, 90])
    let bottom = movedApart([95, 96, 97], by: 15, from: 0, to: 100)
    #expect(bottom == [70, 85, 100])
  }
}
