public import Tensors

extension RandomStream {
  /// The numbers `0..<n` as a buffer of limited size shuffles them.
  ///
  /// The buffer holds the next numbers in order; each step gives out one of them at random, whose
  /// place the next number takes. A buffer of one keeps the order, one of n shuffles uniformly.
  ///
  /// - Precondition: `n` is not negative, the buffer at least one.
  public mutating func bufferedPermutation(of n: Int, buffer size: Int) -> [Int] {
    require(n >= 0 && size >= 1, "bufferedPermutation: \(n) numbers in a buffer of \(size)")
    var buffer = Array(0..<Swift.min(n, size))
    var order: [Int] = []
    order.reserveCapacity(n)
    for next in buffer.count..<n {
      let chosen = integer(below: buffer.count)
      order.append(buffer[chosen])
      buffer[chosen] = next
    }
    let rest = permutation(of: buffer.count)
    return order + rest.map { buffer[$0] }
  }

  /// The numbers `0..<n` as CorgiPile shuffles them: blocks, then what a few blocks hold.
  ///
  /// Blocks of `size` neighbours are read in random order; as many as the buffer holds are shuffled
  /// together and given out.
  ///
  /// - Source: Xu et al. 2022, CorgiPile, arXiv 2206.05830, algorithm 1.
  /// - Precondition: `n` is not negative; sizes are at least one.
  /// - Parameters:
  ///   - n: how many numbers.
  ///   - size: how many a block has; the last may have fewer.
  ///   - buffered: how many blocks the buffer holds.
  /// - Returns: each number once.
  public mutating func blockPermutation(of n: Int, block size: Int, buffered: Int) -> [Int] {
    require(
      n >= 0 && size >= 1 && buffered >= 1,
      "blockPermutation: \(n) numbers in blocks of \(size), \(buffered) at a time")
    let blocks = permutation(of: (n + size - 1) / size)
    var order: [Int] = []
    for group in blocks.batches(of: buffered, keepingRest: true) {
      let held = group.flatMap { Array($0 * size..<Swift.min(($0 + 1) * size, n)) }
      order += permutation(of: held.count).map { held[$0] }
    }
    return order
  }
}

extension Array where Element == Int {
  /// Consecutive batches of an order, such as one epoch.
  ///
  /// - Precondition: the size is at least one.
  /// - Parameters:
  ///   - size: how many indices a batch has.
  ///   - keepingRest: whether what is left over makes a last, smaller batch.
  /// - Returns: the batches in order.
  public func batches(of size: Int, keepingRest: Bool) -> [[Int]] {
    require(size >= 1, "batches: a size of \(size)")
    var batches: [[Int]] = []
    for start in stride(from: 0, to: count, by: size) {
      let end = Swift.min(start + size, count)
      if keepingRest || end - start == size { batches.append(Array(self[start..<end])) }
    }
    return batches
  }
}
