/// The reading of one seed, or the fact that it is missing.
public struct SeedReading: Hashable, Codable, Sendable {
  /// The seed.
  public let seed: Int
  /// What the seed gave; nil when its trial crashed, was not run or left the number out.
  public let reading: Reading?

  /// Pairs a seed with what it gave.
  public init(seed: Int, reading: Reading?) {
    self.seed = seed
    self.reading = reading
  }
}

extension SeedReading {
  /// One entry for each expected seed, missing where there is no reading for it.
  public static func list(
    for seeds: some Sequence<Int>, from readings: [Int: Reading]
  ) -> [SeedReading] {
    seeds.map { SeedReading(seed: $0, reading: readings[$0]) }
  }
}
