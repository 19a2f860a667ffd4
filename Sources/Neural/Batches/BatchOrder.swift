public import Tensors

/// Minibatches of shuffled epochs: every example once an epoch, in an order drawn anew for each.
///
/// An infinite sequence. Where the size does not divide the count, the examples left over at the end
/// of an epoch are left out of it, so that all batches have one size.
public struct ShuffledBatches: Sendable, Sequence, IteratorProtocol {
  /// The number of examples.
  public let count: Int

  /// The number of examples in a batch.
  public let size: Int

  private var order: [Int] = []
  private var position = 0
  private var stream: RandomStream

  /// Batches over `0..<count`.
  ///
  /// - Precondition: 1 ≤ size ≤ count.
  public init(count: Int, size: Int, using stream: RandomStream) {
    require(
      size >= 1 && size <= count,
      "ShuffledBatches: expected a size in 1...\(count), got \(size)")
    self.count = count
    self.size = size
    self.stream = stream
    position = count
  }

  /// The batches of an epoch.
  public var batchesPerEpoch: Int { count / size }

  /// The indices of the next batch.
  public mutating func next() -> [Int]? {
    if position + size > count {
      order = stream.permutation(of: count)
      position = 0
    }
    defer { position += size }
    return Array(order[position..<position + size])
  }
}

/// Minibatches of examples drawn independently, with replacement.
///
/// An infinite sequence: there are no epochs, and an example may come twice in a batch.
public struct IndependentBatches: Sendable, Sequence, IteratorProtocol {
  /// The number of examples.
  public let count: Int

  /// The number of examples in a batch.
  public let size: Int

  private var stream: RandomStream

  /// Batches over `0..<count`.
  ///
  /// - Precondition: size and count are at least one.
  public init(count: Int, size: Int, using stream: RandomStream) {
    require(
      size >= 1 && count >= 1,
      "IndependentBatches: expected positive numbers, got count \(count) and size \(size)")
    self.count = count
    self.size = size
    self.stream = stream
  }

  /// The indices of the next batch.
  public mutating func next() -> [Int]? {
    (0..<size).map { _ in stream.integer(below: count) }
  }
}
