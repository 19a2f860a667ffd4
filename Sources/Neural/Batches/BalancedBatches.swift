public import Tensors

/// Minibatches of P classes with K examples of each, as losses over pairs want them.
///
/// An infinite sequence: each batch draws P different classes and K different examples of each,
/// independently of the batches before. Its examples stand class by class.
public struct BalancedBatches: Sendable, Sequence, IteratorProtocol {
  /// The number of classes in a batch, P.
  public let classes: Int

  /// The number of examples of a class in a batch, K.
  public let examples: Int

  private let members: [[Int]]
  private var stream: RandomStream

  /// Batches over the examples of some labels.
  ///
  /// - Precondition: P and K are at least one, labels are not negative, there are P classes, and
  ///   each has K examples.
  /// - Parameters:
  ///   - labels: the class of each example.
  ///   - classes: P.
  ///   - examples: K.
  ///   - stream: the source of the draws.
  public init(labels: [Int], classes: Int, examples: Int, using stream: RandomStream) {
    members = Self.examples(by: labels).filter { !$0.isEmpty }
    require(
      classes >= 1 && examples >= 1 && members.count >= classes,
      "BalancedBatches: \(classes) of \(members.count) classes with \(examples) examples")
    for class_ in members {
      require(
        class_.count >= examples,
        "BalancedBatches: a class has \(class_.count) examples of \(examples)")
    }
    self.classes = classes
    self.examples = examples
    self.stream = stream
  }

  /// The indices of the next batch.
  public mutating func next() -> [Int]? {
    var batch: [Int] = []
    for class_ in stream.choice(classes, of: members.count) {
      batch += stream.choice(examples, of: members[class_].count).map { members[class_][$0] }
    }
    return batch
  }

  /// The examples of each label in ascending order.
  static func examples(by labels: [Int]) -> [[Int]] {
    require(labels.allSatisfy { $0 >= 0 }, "examples: a label is negative")
    var members = [[Int]](repeating: [], count: (labels.max() ?? -1) + 1)
    for (index, label) in labels.enumerated() { members[label].append(index) }
    return members
  }
}

/// Minibatches that hold equally many examples of each of several domains.
///
/// An infinite sequence. Every domain is gone through in shuffled epochs of its own, so that a small
/// one comes round more often.
public struct DomainBatches: Sendable, Sequence, IteratorProtocol {
  private let members: [[Int]]
  private var orders: [ShuffledBatches]

  /// Batches over the examples of some domains.
  ///
  /// - Precondition: there is a domain, labels are not negative, and 1 ≤ size ≤ the examples of each
  ///   domain that has any.
  /// - Parameters:
  ///   - domains: the domain of each example.
  ///   - size: the number of examples of each domain in a batch.
  ///   - stream: the source; each domain draws from a child of it.
  public init(domains: [Int], size: Int, using stream: RandomStream) {
    members = BalancedBatches.examples(by: domains).filter { !$0.isEmpty }
    require(!members.isEmpty, "DomainBatches: there is no domain")
    orders = members.enumerated().map {
      ShuffledBatches(count: $0.element.count, size: size, using: stream.child($0.offset))
    }
  }

  /// The indices of the next batch, domain by domain in ascending order.
  public mutating func next() -> [[Int]]? {
    var batch: [[Int]] = []
    for index in members.indices {
      batch.append((orders[index].next() ?? []).map { members[index][$0] })
    }
    return batch
  }
}
