import Replication

enum GengSketch: Replication {
  static let paper = Paper(
    "geng2024-sketch", .arxiv("2411.04403"), year: 2024, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case idf, plain, permutedIDF }
  enum Claim: String, Name { case idfFlopsBetter }
  struct Setup: Codable, Hashable { var weighting = "idf", penalty = 0.1 }
  struct Outcome: Codable { var ranking: Ratio, length: Ratio }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [0.01, 0.1, 1].map { Setup(weighting: arm.rawValue, penalty: $0) }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    // Both arms' curves are read at equal document lengths.
    func atEqualLength(_ arm: Arm) -> Measure<Self, Ratio> {
      the(\.ranking, of: arm, against: \.length).average(at: [8, 9, 10])
    }
    return Expectation(
      "At equal retrieval cost the IDF-aware arm ranks better.", from: .figure(3),
      that: (atEqualLength(.idf) - atEqualLength(.plain)).atLeast(0.01),
      because: "the card's margin", seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.permutedIDF, for: .idf))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum CakajSketch: Replication {
  static let paper = Paper(
    "cakaj2023-sketch", .arxiv("2306.16993"), year: 2023, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case compander, plain, linearMap }
  enum Claim: String, Name { case improvesGeneralisation }
  struct Setup: Codable, Hashable { var map = "compander", learningRate = 0.1 }
  struct Outcome: Codable { var testError: Percent, validationError: Percent }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [0.05, 0.1, 0.2, 0.4].map { Setup(map: arm.rawValue, learningRate: $0) }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    // Each arm at its own best rate, chosen on validation data in each seed.
    let tuned = [Arm.plain, .compander].map {
      the(\.testError, of: $0).best(over: \.learningRate, by: \.validationError)
    }
    return Expectation(
      "The compander lowers the test error, each arm at its best learning rate.", from: .table(1),
      that: (tuned[0] - tuned[1]).atLeast(0.1), because: "the card's smallest effect",
      seeds: tier == .smoke ? .every(2) : .mean(of: 8),
      unlike: .putting(.linearMap, for: .compander))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum RichSketch: Replication {
  static let paper = Paper(
    "zhang2022-sketch", .arxiv("2203.15516"), year: 2022, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case rich, tunedStart, untrained }
  enum Claim: String, Name { case notWorseThanTunedStart }
  enum Method: String, Codable, CaseIterable { case irm, vrex, clove, fishr, dro, sd }
  struct Setup: Codable, Hashable { var features = "rich", method = Method.irm }
  struct Outcome: Codable { var worstAccuracy: Percent }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    Method.allCases.map { Setup(features: arm.rawValue, method: $0) }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let difference = the(\.worstAccuracy, of: .rich) - the(\.worstAccuracy, of: .tunedStart)
    return Expectation(
      "Rich features are at least as good as the best-tuned start, for five of six methods.",
      from: .table(2), that: difference.share(over: \.method, atLeast: -0.5).atLeast(5.0 / 6),
      because: "half a point a method", seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(.untrained, for: .rich))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum DescentSketch: Replication {
  static let paper = Paper(
    "liu2023-sketch", .arxiv("2312.03951"), year: 2023, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case small, medium, large, wrongLabels }
  enum Claim: String, Name { case peakFollowsLoss }
  struct Setup: Codable, Hashable { var scale = "small", width = 10 }
  struct Outcome: Codable { var testError: Percent, trainingLoss: Loss }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [5, 10, 20, 40].map { Setup(scale: arm.rawValue, width: $0) }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let arms = [Arm.small, .medium, .large]
    let peak = the(\.testError, ofEach: arms).greatest(over: \.width)
    let loss = the(\.trainingLoss, ofEach: arms).value(at: 10, over: \.width)
    return Expectation(
      "The lower the training loss reached at the threshold, the higher the peak.",
      from: .figure(5), that: peak.rank(with: loss).atMost(-0.8), because: "nearly monotone",
      seeds: tier == .smoke ? .every(2) : .mean(of: 5), unlike: .putting(.wrongLabels, for: .small))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum ProfilesSketch: Replication {
  static let paper = Paper(
    "kaplun2022-p-sketch", .arxiv("2202.09931"), year: 2022, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case population, shuffledPoints }
  enum Claim: String, Name { case negativeSubsetInvertsLine }

  /// One model of a population: a stage, so that a population of them can be the trial.
  struct Member: Stage {
    var index = 0
    func make(in trial: Trial) throws -> [Double] { throw Undeclared() }
  }

  struct Setup: Codable, Hashable {
    var members = (0..<3).map { Member(index: $0) }
    var shuffled = false
  }
  struct Outcome: Codable { var correlation: Ratio, points: Count }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [Setup(shuffled: arm == .shuffledPoints)]
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    Expectation(
      "On the negative subset accuracy falls where overall accuracy rises.", from: .figure(6),
      that: the(\.correlation, of: .population).atMost(-0.3), because: "the card's threshold",
      provided: [the(\.points, of: .population).atLeast(50)],
      seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.shuffledPoints, for: .population))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}

enum ScalingSketch: Replication {
  static let paper = Paper(
    "xiao2024-sketch", .arxiv("2409.15156"), year: 2024, title: "Sketch", authors: ["A. B."])
  static let departures: [String] = []
  enum Arm: String, Name { case rules, atLargest }
  enum Claim: String, Name { case smallScaleMisleads }
  struct Setup: Codable, Hashable { var rule = 0, depth = 2, choosingDepth = 2 }
  struct Outcome: Codable { var loss: Nats }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [2, 8].flatMap { depth in
      (0..<3).map { Setup(rule: $0, depth: depth, choosingDepth: arm == .rules ? 2 : 8) }
    }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    // Chosen at one size over all seeds and judged at another: no number per seed can say it.
    let regret = Measure<Self, Nats>.computed(
      "mean regret at the largest depth of the rule chosen at the smallest", of: .rules
    ) { sample in
      var losses: [Int: [Int: Double]] = [:]
      for seed in sample.seeds {
        for (setup, outcome) in try sample.outcomes(of: .rules, seed: seed) {
          let share = (outcome.loss.value ?? .nan) / Double(sample.seeds.count)
          losses[setup.depth, default: [:]][setup.rule, default: 0] += share
        }
      }
      guard let small = losses[2], let large = losses[8],
        let chosen = small.min(by: { $0.value < $1.value }), let best = large.values.min()
      else { throw Undeclared() }
      return (large[chosen.key] ?? .nan) - best
    }
    return Expectation(
      "Choosing at the smallest size costs at the largest.", from: .section("5"),
      that: regret.atLeast(0.02), because: "four times the seed noise",
      seeds: tier == .smoke ? .every(2) : .mean(of: 5), unlike: .putting(.atLargest, for: .rules))
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { throw Undeclared() }
}
