import Replication
import Testing

private let sketches: [any Replication.Type] = [
  GoldfarbSketch.self, SclocchiSketch.self, HuSketch.self, MackaySketch.self, GengSketch.self,
  CakajSketch.self, RichSketch.self, DescentSketch.self, ProfilesSketch.self, ScalingSketch.self,
]

struct `The vocabulary` {
  @Test(arguments: sketches.indices)
  func `declares the hardest claims without a problem`(index: Int) {
    let problems = sketches[index].problems().filter { !$0.problem.hasSuffix("has no NOTES.md") }
    #expect(problems.isEmpty, "\(problems)")
  }

  @Test(arguments: sketches.indices)
  func `plans and judges them, every missing trial an error`(index: Int) throws {
    let sketch = sketches[index]
    #expect(try sketch.trials(at: .standard).isEmpty == false)
    #expect(try sketch.judge(at: .standard, from: [:]).map(\.verdict) == [.error])
  }

  @Test func `finds a crossing in each sweep and its power law over another one`() throws {
    // Linear in T and equal to 2 at T = P^-½, so that interpolation finds the crossing exactly.
    let result = try judged(SclocchiSketch.self, at: .standard) { setup in
      let critical = 1 / Double(setup.points).squareRoot()
      let change = 1 + (setup.temperature - 0.01) / (critical - 0.01)
      return SclocchiSketch.Outcome(weightChange: Ratio(setup.linearised ? 1 : change))
    }
    #expect(result.verdict == .pass)
    let slope = try #require(result.conditions[0].cells[0].judgement.estimate)
    #expect(abs(slope + 0.5) < 1e-9)
    // The linearised control never crosses, so that it has no slope to pass with.
    #expect(result.control?.verdict == .inconclusive)
  }

  @Test func `reads two arms at equal values of a third quantity`() throws {
    let result = try judged(HuSketch.self, at: .smoke) { setup in
      let new = 0.2 - 0.0005 * Double(setup.steps)
      let slope = setup.method == "sparse" ? 0.5 : 1.0
      return HuSketch.Outcome(oldLoss: Nats(0.15 + slope * (0.2 - new)), newLoss: Nats(new))
    }
    #expect(result.verdict == .pass)
    // New-domain loss 0.16 lies between the grid points 0.185 and 0.15; LoRA is 0.04 · 0.5 above.
    let reading = try #require(result.conditions[0].cells[0].readings[0].reading)
    #expect(abs(reading.number ?? .nan) - 0.02 < 1e-12)
    #expect(result.contribution == .fail)  // An unexpected success is a failure of the mark.
  }

  @Test func `chooses per seed on validation data`() throws {
    let result = try judged(CakajSketch.self, at: .smoke) { setup in
      let own = setup.map == "plain" ? 0.1 : 0.2
      let away = abs(setup.learningRate - own)
      return CakajSketch.Outcome(
        testError: Percent((setup.map == "compander" ? 4 : 5) + away),
        validationError: Percent(6 + away))
    }
    #expect(result.verdict == .pass)
    #expect(result.conditions[0].cells[0].readings.map(\.reading?.number) == [1, 1])
  }

  @Test func `judges a share of methods and a statistic of the whole sample`() throws {
    let share = try judged(RichSketch.self, at: .smoke) { setup in
      RichSketch.Outcome(
        worstAccuracy: setup.features == "rich" ? (setup.method == .sd ? 10 : 60) : 50)
    }
    #expect(share.conditions[0].cells[0].readings[0].reading == Reading.value(5.0 / 6))
    let regret = try judged(ScalingSketch.self, at: .smoke) { setup in
      let loss = setup.depth == 2 ? Double(setup.rule) : 1 - 0.1 * Double(setup.rule)
      return ScalingSketch.Outcome(loss: Nats(setup.choosingDepth == 2 ? loss : 1))
    }
    #expect(abs((regret.conditions[0].cells[0].judgement.estimate ?? 0) - 0.2) < 1e-12)
    #expect(regret.verdict == .pass)
  }
}

/// The first claim of a sketch, judged on outcomes that are a function of the setup.
private func judged<P: Replication>(
  _ sketch: P.Type, at tier: Tier, outcome: (P.Setup) -> P.Outcome
) throws -> ClaimResult {
  var results: [TrialKey: TrialResult] = [:]
  for key in try sketch.trials(at: tier) {
    let setup = try Canonical.decode(P.Setup.self, from: key.setup)
    results[key] = .outcome(try Canonical.text(outcome(setup)))
  }
  return try sketch.judge(at: tier, from: results)[0]
}
