// Whole numbers, orders and choices. A whole number takes one word, and seldom one more.

extension RandomStream {
  /// An integer in `0..<bound`, each equally likely.
  ///
  /// - Source: Lemire, "Fast random integer generation in an interval", 2019.
  /// - Precondition: the bound is above zero.
  public mutating func integer(below bound: Int) -> Int {
    Self.integer(below: bound) { nextUInt64() }
  }

  /// Integers in `0..<bound`, each equally likely: the same as one by one.
  ///
  /// - Precondition: the bound is above zero, and the count not below.
  public mutating func integers(below bound: Int, count: Int) -> [Int] {
    integers(count: count, below: { _ in bound })
  }

  /// The numbers `0..<n` in random order.
  ///
  /// - Precondition: `n` is not negative.
  public mutating func permutation(of n: Int) -> [Int] { choice(n, of: n) }

  /// `k` different numbers of `0..<n` in random order.
  ///
  /// - Precondition: `k` is at most `n`, and neither is negative.
  public mutating func choice(_ k: Int, of n: Int) -> [Int] {
    require(k >= 0 && k <= n, "choice: cannot choose \(k) of \(n)")
    var numbers = Array(0..<n)
    for (index, ahead) in integers(count: k, below: { n - $0 }).enumerated() {
      numbers.swapAt(index, index + ahead)
    }
    return Array(numbers[..<k])
  }

  /// Indices drawn with replacement, each as likely as its weight.
  ///
  /// The first whose cumulative weight is above a uniform number times the total; a word each.
  ///
  /// - Precondition: the weights are finite, none is negative, and one is above zero.
  /// - Parameters:
  ///   - weights: a weight for each index.
  ///   - count: how many to draw.
  /// - Returns: the indices.
  public mutating func categorical(weights: [Double], count: Int) -> [Int] {
    requireWeights("categorical", weights)
    let sums = Tensor(weights).cumulativeSum(along: 0).scalars
    let total = sums[sums.count - 1]
    return uniform(shape: [count], of: Double.self).scalars.map { draw in
      let target = draw * total
      var (low, high) = (0, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if sums[middle] > target { high = middle } else { low = middle + 1 }
      }
      // A target that rounds to the total stops at the last index of any weight.
      while weights[low] == 0 { low -= 1 }
      return low
    }
  }

  /// `k` different indices, drawn one after another, each as likely as its weight among those left.
  ///
  /// A word an index: the least of the exponential numbers over the weights come first.
  ///
  /// - Source: Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006.
  /// - Precondition: the weights are finite, none is negative, and `k` or more are above zero.
  public mutating func choice(_ k: Int, weights: [Double]) -> [Int] {
    requireWeights("choice", weights)
    require(
      k >= 0 && k <= weights.count(where: { $0 > 0 }), "choice: \(k) of \(weights.count) weights")
    let arrivals = exponential(shape: [weights.count], of: Double.self).scalars
    let keys = zip(arrivals, weights).map { $1 > 0 ? $0 / $1 : .infinity }
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    return Array(order[..<k])
  }

  private func requireWeights(_ name: String, _ weights: [Double]) {
    require(
      weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.contains { $0 > 0 },
      "\(name): \(weights.count) weights that are no weights")
  }

  /// An integer below the bound of each index, with words drawn ahead in blocks.
  private mutating func integers(count: Int, below bound: (Int) -> Int) -> [Int] {
    require(count >= 0, "integers: the count \(count) is negative")
    var ahead = self
    var words: [UInt64] = []
    var used = 0
    func next() -> UInt64 {
      if used == words.count {
        skip(used)
        used = 0
        words = ahead.words(Swift.min(Swift.max(count, 1), 1024))
      }
      used += 1
      return words[used - 1]
    }
    let integers = (0..<count).map { Self.integer(below: bound($0), word: next) }
    skip(used)
    return integers
  }

  private static func integer(below bound: Int, word: () -> UInt64) -> Int {
    require(bound > 0, "integer: the bound \(bound) is not above zero")
    let range = UInt64(bound)
    var product = word().multipliedFullWidth(by: range)
    if product.low < range {
      let threshold = (0 &- range) % range
      while product.low < threshold { product = word().multipliedFullWidth(by: range) }
    }
    return Int(product.high)
  }
}
