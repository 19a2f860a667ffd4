/// How the readings of several seeds become one verdict.
public enum SeedRule: Hashable, Sendable {
  /// One deterministic reading decides.
  case once
  /// Every one of this many seeds must lie in the band.
  case every(Int)
  /// The mean's Student t interval over this many seeds is compared with the band.
  case mean(of: Int)
  /// The mean's interval that holds at all numbers of seeds at once, after so many seeds; at most
  /// another number of them is run.
  case sequence(of: Int, atMost: Int)
  /// The median's order-statistic interval over this many seeds is compared with the band.
  case median(of: Int)
  /// The share of this many seeds that lie in the band must be at least a number.
  case share(of: Int, atLeast: Double)
}

extension SeedRule {
  /// How many seeds the rule asks for.
  public var seeds: Int {
    switch self {
    case .once: 1
    case .every(let seeds), .mean(of: let seeds), .sequence(of: let seeds, atMost: _),
      .median(of: let seeds), .share(of: let seeds, atLeast: _):
      seeds
    }
  }

  /// Whether the rule draws a statistical conclusion, rather than asking every seed.
  public var isStatistical: Bool {
    switch self {
    case .once, .every: false
    case .mean, .sequence, .median, .share: true
    }
  }

  /// The same rule over another number of seeds; `once` stays what it is.
  public func over(seeds: Int) -> SeedRule {
    switch self {
    case .once: .once
    case .every: .every(seeds)
    case .mean: .mean(of: seeds)
    case .sequence(of: _, let cap): .sequence(of: seeds, atMost: cap)
    case .median: .median(of: seeds)
    case .share(of: _, atLeast: let share): .share(of: seeds, atLeast: share)
    }
  }

  /// What is wrong with the rule itself, or nil.
  public var problem: String? {
    switch self {
    case .once: nil
    case .every where seeds < 1, .median where seeds < 1, .share where seeds < 1:
      "the rule asks for \(seeds) seeds and needs at least 1"
    case .mean where seeds < 2, .sequence where seeds < 2:
      "a mean over \(seeds == 1 ? "1 seed" : "\(seeds) seeds") has no interval: it needs 2"
    case .share(of: _, atLeast: let share) where !(share > 0 && share <= 1):
      "the share \(numberText(share)) is not above 0 and at most 1"
    default: nil
    }
  }
}

extension SeedRule: CustomStringConvertible {
  /// The rule in words: `mean of 5 seeds`, `at least 0.8 of 20 seeds`.
  public var description: String {
    let number = seeds == 1 ? "1 seed" : "\(seeds) seeds"
    return switch self {
    case .once: "one deterministic value"
    case .every: "every one of \(number)"
    case .mean: "mean of \(number)"
    case .sequence(of: _, let cap): "mean of \(number), looked at on the way, of at most \(cap)"
    case .median: "median of \(number)"
    case .share(of: _, atLeast: let share): "at least \(numberText(share)) of \(number)"
    }
  }
}

extension SeedRule: Codable {
  private enum Key: String, CodingKey { case rule, seeds, atLeast, atMost }
  private enum Name: String, Codable { case once, every, mean, sequence, median, share }

  /// Decodes `{"rule": "mean", "seeds": 5}`; a share also has `"atLeast"`, a sequence `"atMost"`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let seeds = try container.decode(Int.self, forKey: .seeds)
    switch try container.decode(Name.self, forKey: .rule) {
    case .once: self = .once
    case .every: self = .every(seeds)
    case .mean: self = .mean(of: seeds)
    case .sequence:
      self = .sequence(of: seeds, atMost: try container.decode(Int.self, forKey: .atMost))
    case .median: self = .median(of: seeds)
    case .share:
      self = .share(of: seeds, atLeast: try container.decode(Double.self, forKey: .atLeast))
    }
  }

  /// Encodes `{"rule": "mean", "seeds": 5}`; a share also has `"atLeast"`, a sequence `"atMost"`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    let name: Name
    switch self {
    case .once: name = .once
    case .every: name = .every
    case .mean: name = .mean
    case .sequence(of: _, let cap):
      name = .sequence
      try container.encode(cap, forKey: .atMost)
    case .median: name = .median
    case .share(of: _, let share):
      name = .share
      try container.encode(share, forKey: .atLeast)
    }
    try container.encode(name, forKey: .rule)
    try container.encode(seeds, forKey: .seeds)
  }
}
