import Replication

// Declarations of claims that make the hardest demands on the vocabulary: sweeps inside sweeps, a
// quantity read at equal values of another one, arms made of other arms' records, choices by
// validation data, whole-sample statistics. They compile and validate; their methods come with
// the papers, so that running one says so.

/// Why these declarations cannot be run.
struct Undeclared: Error {}

enum GoldfarbSketch: Replication {
  static let paper = Paper(
    "goldfarb2024-sketch", .arxiv("2401.12617"), year: 2024, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case rotated, freshSecondTask }
  enum Claim: String, Name { case closedFormForgetting }
  struct Setup: Codable, Hashable {
    var dissimilarity = 0.5, overparameterization = 0.9, fresh = false
  }
  struct Outcome: Codable { var forgetting: Loss, polynomial: Loss }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [0.3, 0.6, 0.9].flatMap { alpha in
      [0.1, 0.9].map {
        Setup(dissimilarity: alpha, overparameterization: $0, fresh: arm == .freshSecondTask)
      }
    }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    Expectation(
      "Mean forgetting over random rotations is the polynomial in α and β.", from: .theorem("3"),
      that: (the(\.forgetting, of: .rotated) - the(\.polynomial, of: .rotated)).within(
        0.006, of: 0),
      because: "three standard errors and the O(1/p) bias",
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(.freshSecondTask, for: .rotated))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum SclocchiSketch: Replication {
  static let paper = Paper(
    "sclocchi2023-sketch", .arxiv("2301.13703"), year: 2023, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case lazy, linearisedAtZeroTemperature }
  enum Claim: String, Name { case criticalTemperaturePowerLaw }
  struct Setup: Codable, Hashable { var points = 128, temperature = 0.01, linearised = false }
  struct Outcome: Codable { var weightChange: Ratio }

  static let coldest = 0.01

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [128, 256, 512, 1024].flatMap { points in
      [coldest, 0.1, 1].map {
        Setup(points: points, temperature: $0, linearised: arm == .linearisedAtZeroTemperature)
      }
    }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let change = the(\.weightChange, of: .lazy)  // axes: points, temperature
    let critical = (change / change.value(at: coldest, over: \.temperature))
      .crossing(2, over: \.temperature)
    return Expectation(
      "The critical temperature falls as a power of the number of points.", from: .figure(4),
      that: critical.slope(over: \.points, on: .logLog).atMost(-0.2),
      critical.straightness(over: \.points, on: .logLog).atLeast(0.9),
      because: "the slopes of the figure lie below it",
      seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.linearisedAtZeroTemperature, for: .lazy))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum HuSketch: Replication {
  static let paper = Paper(
    "hu2024-sketch", .arxiv("2409.06633"), year: 2024, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case sparse, lora, full, largestWeights }
  enum Claim: String, Name { case keepsPrior }

  /// The checkpoint that all arms start from.
  struct Pretrained: Stage {
    var steps = 100
    func make(in trial: Trial) throws -> [Double] { throw Undeclared() }
  }

  struct Setup: Codable, Hashable { var method = "sparse", steps = 10, start = Pretrained() }
  struct Outcome: Codable { var oldLoss: Nats, newLoss: Nats }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [10, 30, 100].map { Setup(method: arm.rawValue, steps: $0) }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    func forgetting(_ arm: Arm) -> Measure<Self, Nats> {
      the(\.oldLoss, of: arm, against: \.newLoss).value(at: 0.16)
    }
    return Expectation(
      "At equal new-domain loss it forgets less than LoRA and full tuning.", from: .section("4"),
      that: (forgetting(.lora) - forgetting(.sparse)).atLeast(0.001),
      (forgetting(.full) - forgetting(.sparse)).atLeast(0.001),
      because: "the least difference that counts",
      seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.largestWeights, for: .sparse)
    ).expectedToFail("At this size random entries trade alike.")
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    _ = try trial.product(of: setup.start)
    throw Undeclared()
  }
}

enum MackaySketch: Replication {
  static let paper = Paper(
    "mackay2019-sketch", .arxiv("1903.03088"), year: 2019, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case fixedRate, selfTuning, replay, reversedReplay }
  enum Claim: String, Name { case scheduleReplayExplainsGain }

  /// A schedule, and the training that finds it.
  struct Schedule: Codable, Hashable { var rates: [Double] = [] }
  struct FoundSchedule: Stage {
    var warmUp = 5
    var start = 0.05
    func make(in trial: Trial) throws -> Schedule { throw Undeclared() }
  }

  struct Setup: Codable, Hashable { var rate = 0.1, schedule: FoundSchedule?, reversed = false }
  struct Outcome: Codable { var validationLoss: Nats }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .fixedRate: [0.1, 0.3, 0.5].map { Setup(rate: $0) }
    case .selfTuning: [Setup(rate: 0, schedule: FoundSchedule())]
    case .replay: [Setup(rate: 1, schedule: FoundSchedule())]
    case .reversedReplay: [Setup(rate: 1, schedule: FoundSchedule(), reversed: true)]
    }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let fixed = the(\.validationLoss, of: .fixedRate).least(over: \.rate)
    let gain = fixed - the(\.validationLoss, of: .selfTuning)
    let replayed = fixed - the(\.validationLoss, of: .replay)
    return Expectation(
      "Replaying the found schedule gives at least half of the gain.", from: .table(1),
      that: (replayed - 0.5 * gain).atLeast(0), because: "half of the gain",
      provided: [gain.atLeast(0.01)], seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.reversedReplay, for: .replay))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}
