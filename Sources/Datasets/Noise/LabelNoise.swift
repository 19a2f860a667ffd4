public import Tensors

/// What becomes of a label that noise meets.
public enum LabelNoise: Hashable, Sendable {
  /// Any class, equally likely, the true one included: of a share q a share q (k − 1) / k is wrong.
  case uniform
  /// Another class, equally likely.
  case wrong
  /// The class that a map gives for the true one: asymmetric noise.
  case mapped([Int])
  /// The labels of the examples that are met, permuted among them: class counts stay.
  case permuted
}

/// Which examples label noise meets.
public enum NoiseExtent: Hashable, Sendable {
  /// Each example on its own with one probability.
  case probability(Double)
  /// Each example on its own with the probability of its class.
  case perClass([Double])
  /// `⌊share · n + ½⌋` examples, no more and no fewer.
  case share(Double)
}

/// Labels that noise has met, beside the true ones.
public struct NoisyLabels: Hashable, Sendable {
  /// What a training run is told.
  public let labels: [Int]

  /// What is true.
  public let trueLabels: [Int]

  /// The examples that noise met, in ascending order, whether or not their label changed.
  public let met: [Int]

  /// The examples whose label is wrong, in ascending order.
  public var wrong: [Int] { labels.indices.filter { labels[$0] != trueLabels[$0] } }

  /// Labels with noise.
  ///
  /// The draws that choose examples come first and are one an example, so that larger probabilities
  /// meet all examples that smaller ones of the same stream do.
  ///
  /// - Precondition: labels are below `classes`, which is at least two for wrong ones; shares and
  ///   probabilities lie in 0...1; a map or a list of probabilities has an entry a class.
  /// - Parameters:
  ///   - noise: what becomes of a label.
  ///   - extent: which examples are met.
  ///   - labels: the true labels.
  ///   - classes: how many classes there are.
  ///   - stream: the source.
  public init(
    _ noise: LabelNoise, _ extent: NoiseExtent, to labels: [Int], classes: Int,
    using stream: inout RandomStream
  ) {
    require(
      labels.allSatisfy { (0..<classes).contains($0) },
      "NoisyLabels: a label is outside \(classes) classes")
    trueLabels = labels
    met = Self.met(extent, labels, classes, &stream)
    var noisy = labels
    switch noise {
    case .uniform:
      for index in met { noisy[index] = stream.integer(below: classes) }
    case .wrong:
      require(classes >= 2, "NoisyLabels: no other class than one of \(classes)")
      for index in met {
        let other = stream.integer(below: classes - 1)
        noisy[index] = other < labels[index] ? other : other + 1
      }
    case .mapped(let map):
      require(
        map.count == classes && map.allSatisfy { (0..<classes).contains($0) },
        "NoisyLabels: a map of \(map.count) entries for \(classes) classes")
      for index in met { noisy[index] = map[labels[index]] }
    case .permuted:
      let order = stream.permutation(of: met.count)
      for (index, source) in zip(met, order) { noisy[index] = labels[met[source]] }
    }
    self.labels = noisy
  }

  private static func met(
    _ extent: NoiseExtent, _ labels: [Int], _ classes: Int, _ stream: inout RandomStream
  ) -> [Int] {
    let n = labels.count
    let draws = stream.uniform(shape: [n], of: Double.self).scalars
    switch extent {
    case .probability(let p):
      require((0...1).contains(p), "NoisyLabels: \(p) is no probability")
      return (0..<n).filter { draws[$0] < p }
    case .perClass(let p):
      require(
        p.count == classes && p.allSatisfy { (0...1).contains($0) },
        "NoisyLabels: \(p.count) probabilities for \(classes) classes")
      return (0..<n).filter { draws[$0] < p[labels[$0]] }
    case .share(let share):
      require((0...1).contains(share), "NoisyLabels: \(share) is no share")
      let count = Int((share * Double(n) + 0.5).rounded(.down))
      let order = (0..<n).sorted { (draws[$0], $0) < (draws[$1], $1) }
      return order[..<count].sorted()
    }
  }
}
