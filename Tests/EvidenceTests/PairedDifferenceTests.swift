import Evidence
import Testing

struct `A paired difference` {
  @Test func `has the t interval of its mean`() throws {
    // scipy.stats.t.interval(0.9, 3, loc=2.5, scale=scipy.stats.sem([1, 2, 3, 4]))
    let found = try #require(PairedDifference(of: [1, 2, 3, 4]))
    #expect(found.mean == 2.5 && found.n == 4)
    let interval = try #require(found.interval)
    #expect((interval.lower - 0.9809104349).magnitude < 1e-9)
    #expect((interval.upper - 4.0190895651).magnitude < 1e-9)
  }

  @Test func `of equal bits is zero without any width`() throws {
    let found = try #require(PairedDifference(of: [0, 0, 0]))
    #expect(found.mean == 0 && found.interval == Interval(lower: 0, upper: 0))
    let rounded = try #require(PairedDifference(of: [0, 0, 0], quantum: 0.5))
    #expect(rounded.interval != Interval(lower: 0, upper: 0))
  }

  @Test func `of one pair has no interval, and of none there is none`() throws {
    #expect(PairedDifference(of: [0.5])?.interval == nil)
    #expect(PairedDifference(of: [0.5])?.mean == 0.5)
    #expect(PairedDifference(of: []) == nil)
  }

  @Test(arguments: [[.nan, 1], [1, .infinity], [1e308, -1e308], [.nan]] as [[Double]])
  func `of what is no number is none`(numbers: [Double]) {
    #expect(PairedDifference(of: numbers) == nil)
  }
}
