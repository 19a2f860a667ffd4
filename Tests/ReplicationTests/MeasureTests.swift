import Evidence
import Replication
import Testing

private func near(_ a: [String: Double], _ b: [String: Double]) -> Bool {
  a.keys == b.keys && a.allSatisfy { abs($0.value - (b[$0.key] ?? .nan)) < 1e-12 }
}

struct `A measure` {
  @Test func `keeps the axes along which an arm varies`() throws {
    let cells = try Curves.cells(Curves.the(\.value, of: .shifted))
    #expect(near(cells, ["x=1": 11.1, "x=2": 14.1, "x=4": 26.1]))
  }

  @Test func `pairs cells by the axes that both sides have`() throws {
    let difference = Curves.the(\.value, of: .shifted) - Curves.the(\.value, of: .grid)
    let cells = try Curves.cells(difference)
    #expect(cells.count == 6)
    #expect(abs((cells["rate=0.2, x=4"] ?? 0) - 9.9) < 1e-12)
  }

  @Test func `reduces along one axis and keeps the other`() throws {
    let least = Curves.the(\.value, of: .grid).least(over: \.x)
    #expect(near(try Curves.cells(least), ["rate=0.1": 1.1, "rate=0.2": 1.2]))
    let average = Curves.the(\.value, of: .grid).average(over: \.rate)
    #expect(near(try Curves.cells(average), ["x=1": 1.15, "x=2": 4.15, "x=4": 16.15]))
  }

  @Test func `drops an axis that follows from the reduced one`() throws {
    let greatest = Curves.the(\.value, of: .lockstep).greatest(over: \.x)
    #expect(near(try Curves.cells(greatest), ["": 16.04]))
  }

  @Test func `chooses by another quantity`() throws {
    let best = Curves.the(\.value, of: .grid).best(over: \.rate, by: \.criterion)
    #expect(near(try Curves.cells(best), ["x=1": 1.2, "x=2": 4.2, "x=4": 16.2]))
  }

  @Test func `takes steps between neighbours`() throws {
    let steps = Curves.the(\.value, of: .shifted).steps(over: \.x)
    #expect(near(try Curves.cells(steps), ["x=1→2": 3, "x=2→4": 12]))
  }

  @Test func `finds positions, ranks and shares`() throws {
    let value = Curves.the(\.value, of: .shifted)
    #expect(try Curves.cells(value.positionOfLeast(over: \.x)) == ["": 1])
    #expect(try Curves.cells(value.positionOfGreatest()) == ["": 4])
    #expect(try Curves.cells(value.rank(over: \.x)) == ["": 1])
    #expect(near(try Curves.cells(value.share(over: \.x, atLeast: 14)), ["": 2.0 / 3]))
    #expect(near(try Curves.cells(value.share(over: \.x, atMost: 11.1)), ["": 1.0 / 3]))
  }

  @Test func `fits the slope of a power law and its straightness`() throws {
    let power = Curves.the(\.value, of: .shifted) - Loss(10.1)
    let slope = try Curves.cells(power.slope(over: \.x, on: .logLog))[""] ?? 0
    #expect(abs(slope - 2) < 1e-9)
    let straightness = try Curves.cells(power.straightness(over: \.x, on: .logLog))[""] ?? 0
    #expect(abs(straightness - 1) < 1e-9)
    let line = try Curves.cells(Curves.the(\.curve, of: .trace).slope(over: \.curve))[""] ?? 0
    #expect(abs(line + 2) < 1e-12)
  }

  @Test func `reads a curve between its points and where it crosses`() throws {
    let curve = Curves.the(\.curve, of: .trace)
    #expect(try Curves.cells(curve.value(at: 15.0, over: \.curve)) == ["": 70])
    #expect(try Curves.cells(curve.average(at: [0, 15], over: \.curve)) == ["": 85])
    #expect(try Curves.cells(curve.crossing(50, over: \.curve)) == ["": 25])
    #expect(try Curves.cells(curve.first()) == ["": 100])
    #expect(try Curves.cells(curve.last()) == ["": 20])
  }

  @Test func `says that a level was not reached instead of inventing a position`() throws {
    let curve = Curves.the(\.curve, of: .trace)
    #expect(try Curves.readings(curve.crossing(10)) == ["": .notReached(by: 40)])
  }

  @Test(arguments: [50.0, -1.0])
  func `is an error beyond the ends of a curve`(position: Double) throws {
    let result = try Curves.result(Curves.the(\.curve, of: .trace).value(at: position))
    #expect(result.verdict == .error)
    #expect(result.reason.contains("beyond the ends"))
  }

  @Test func `knows of censored values what their bounds leave`() throws {
    // The number of steps to x², not reached from x = 4 on.
    let steps = Curves.the(\.reached, of: .shifted)
    #expect(try Curves.readings(steps.average(over: \.x)) == ["": .notReached(by: 5)])
    #expect(try Curves.readings(steps.least(over: \.x)) == ["": .value(1)])
    #expect(try Curves.readings(steps.greatest(over: \.x)) == ["": .notReached(by: 10)])
    #expect(try Curves.readings(steps.share(over: \.x, atLeast: 4)) == ["": .value(2.0 / 3)])
    #expect(try Curves.readings(steps.positionOfLeast(over: \.x)) == ["": .value(1)])
    #expect(try Curves.readings(steps.positionOfGreatest(over: \.x)) == ["": .value(4)])
    let open = [
      try Curves.result(steps.share(over: \.x, atLeast: 11)),
      try Curves.result(steps.slope(over: \.x)),
      try Curves.result(steps.straightness(over: \.x)),
      try Curves.result(steps.crossing(3, over: \.x)),
      try Curves.result(steps.correlation(with: Curves.the(\.value, of: .shifted))),
    ]
    #expect(open.map(\.verdict) == Array(repeating: .inconclusive, count: open.count))
    // Ranks need no more than the order.
    #expect(try Curves.readings(steps.rank(over: \.x)) == ["": .value(1)])
  }

  @Test func `lets no reduction pass over a value that is not a number`() throws {
    let zero = Curves.the(\.value, of: .shifted) - Curves.the(\.value, of: .shifted)
    let bad = zero / zero
    for measure in [
      bad.greatest(over: \.x), bad.least(over: \.x), bad.rank(over: \.x),
      bad.share(over: \.x, atMost: 1), bad.crossing(1, over: \.x), bad.average(over: \.x),
      bad.positionOfLeast(over: \.x), bad.rank(with: Curves.the(\.value, of: .shifted)),
    ] {
      #expect(try Curves.result(measure).verdict == .error)
    }
  }

  @Test func `keeps arms and curves apart that share no position`() throws {
    let both = Curves.the(\.value, ofEach: [.shifted, .apart]).last(over: \.x)
    #expect(near(try Curves.cells(both), ["arm=shifted": 26.1, "arm=apart": 64.1]))
  }

  @Test func `chooses only by what varies no further than the value`() throws {
    let value = Curves.the(\.value, of: .shifted)
    let curves = Curves.the(\.other, of: .shifted)
    let result = try Curves.result(value.best(over: \.x, by: curves))
    #expect(result.verdict == .error)
    #expect(result.reason.contains("best: the choice varies along"))
  }

  @Test func `carries what was not reached through arithmetic as a bound`() throws {
    let never = Curves.the(\.curve, of: .trace).crossing(10)  // Not reached by 40.
    let five = Curves.the(\.curve, of: .trace).crossing(90)  // Reached at 5.
    #expect(try Curves.readings(never - five) == ["": .notReached(by: 35)])
    #expect(try Curves.readings(five - never) == ["": .below(-35)])
    #expect(try Curves.readings(never + never) == ["": .notReached(by: 80)])
    #expect(try Curves.readings(-2 * never) == ["": .below(-80)])
    #expect(try Curves.readings(-(five - never)) == ["": .notReached(by: 35)])
    #expect(try Curves.readings((five - never).magnitude) == ["": .notReached(by: 35)])
    #expect(try Curves.readings(never / 4) == ["": .notReached(by: 10)])
    let open = try Curves.result(never - never)
    #expect(open.verdict == .inconclusive)
    #expect(open.reason.contains("has no number"))
  }

  @Test func `correlates two measures over their common cells`() throws {
    let value = Curves.the(\.value, of: .grid)
    let other = Curves.the(\.criterion, of: .grid)
    let rank = try Curves.cells(value.average(over: \.rate).rank(with: value.least(over: \.rate)))
    #expect(rank == ["": 1])
    // The correlation that NumPy's corrcoef gives for the six cells.
    let correlation = try Curves.cells(value.correlation(with: other))[""] ?? 0
    #expect(abs(correlation - (-0.007714937890274556)) < 1e-12)
  }

  @Test func `reads one quantity against another`() throws {
    // Positions .9, .8 and .6; values 1.1, 1.2 and 1.4.
    let against = Curves.the(\.value, of: .rates, against: \.criterion)
    #expect(near(try Curves.cells(against.value(at: 0.7)), ["": 1.3]))
    // Two values at one position are no curve.
    let same = try Curves.result(
      Curves.the(\.value, of: .shifted, against: \.criterion).value(at: 0.9))
    #expect(same.verdict == .error)
    #expect(same.reason.contains("two values at 'criterion=0.9'"))
  }

  @Test func `puts arms side by side`() throws {
    let both = Curves.the(\.value, ofEach: [.shifted, .higher]).least(over: \.x)
    #expect(near(try Curves.cells(both), ["arm=shifted": 11.1, "arm=higher": 21.1]))
    // Arms that vary along different axes make no table.
    let unlike = try Curves.result(Curves.the(\.value, ofEach: [.shifted, .grid]))
    #expect(unlike.verdict == .error)
    #expect(unlike.reason.contains("lacks an axis"))
  }

  @Test func `is an error where a sweep has no such position`() throws {
    let result = try Curves.result(Curves.the(\.value, of: .shifted).value(at: 3, over: \.x))
    #expect(result.verdict == .error)
    #expect(result.reason.contains("there is no position 3"))
  }

  @Test func `is an error where the arms do not share their grid`() throws {
    let steps = Curves.the(\.value, of: .shifted).steps(over: \.x)
    let result = try Curves.result(Curves.the(\.value, of: .shifted) - steps)
    #expect(result.verdict == .error)
    #expect(result.reason.contains("no cell x=1 on the right-hand side"))
  }

  @Test func `is an error where an axis does not exist or is not named`() throws {
    let wrong = try Curves.result(Curves.the(\.value, of: .shifted).least(over: \.rate))
    #expect(wrong.reason.contains("there is no axis rate"))
    let unnamed = try Curves.result(Curves.the(\.value, of: .grid).least())
    #expect(unnamed.reason.contains("name the axis"))
  }

  @Test func `is an error where a logarithm has no value`() throws {
    let negative = Curves.the(\.value, of: .trace) - Loss(1000)
    #expect(try Curves.result(negative.logarithm).verdict == .error)
  }

  @Test func `computes a statistic of the whole sample`() throws {
    let measure = Measure<Curves, Ratio>.computed("number of cells", of: .grid) { sample in
      var count = 0.0
      for seed in sample.seeds { count += Double(try sample.outcomes(of: .grid, seed: seed).count) }
      return count
    }
    #expect(try Curves.cells(measure) == ["": 6])
  }
}
