public import Tensors

/// A partition of examples into parts, each of which is held out once.
public struct Folds: Hashable, Sendable {
  /// The examples of each fold.
  public let folds: [[Int]]

  /// The number of folds.
  public var count: Int { folds.count }

  /// Folds of `0..<n` in random order, whose sizes differ by one at most, the first the larger.
  ///
  /// - Precondition: 1 ≤ k ≤ n.
  public init(_ k: Int, of n: Int, using stream: inout RandomStream) {
    require(k >= 1 && k <= n, "Folds: \(k) folds of \(n) examples")
    let order = stream.permutation(of: n)
    var start = 0
    folds = (0..<k).map { fold in
      let size = n / k + (fold < n % k ? 1 : 0)
      defer { start += size }
      return Array(order[start..<start + size])
    }
  }

  /// Folds with the share of each class that the whole has.
  ///
  /// Each class is dealt out in random order, and the next class where it ended, so that both the
  /// sizes and each class's counts differ by one at most.
  ///
  /// - Precondition: 1 ≤ k ≤ the number of labels, which are not negative.
  public init(_ k: Int, stratifiedBy labels: [Int], using stream: inout RandomStream) {
    require(k >= 1 && k <= labels.count, "Folds: \(k) folds of \(labels.count) examples")
    var folds = [[Int]](repeating: [], count: k)
    var place = 0
    for members in examples(by: labels) {
      for index in stream.permutation(of: members.count) {
        folds[place % k].append(members[index])
        place += 1
      }
    }
    self.folds = folds
  }

  /// The examples of all folds but one, fold by fold.
  ///
  /// - Precondition: the fold exists.
  public func training(without fold: Int) -> [Int] {
    require(folds.indices.contains(fold), "Folds: fold \(fold) of \(count)")
    return folds.indices.filter { $0 != fold }.flatMap { folds[$0] }
  }
}

extension RandomStream {
  /// `0..<n` split at random into some that are held out and the rest.
  ///
  /// - Precondition: 0 ≤ count ≤ n.
  public mutating func heldOut(_ count: Int, of n: Int) -> (rest: [Int], heldOut: [Int]) {
    require(count >= 0 && count <= n, "heldOut: \(count) of \(n)")
    let order = permutation(of: n)
    return (Array(order[count...]), Array(order[..<count]))
  }

  /// Examples split at random, with a share of every class held out.
  ///
  /// Of a class with c examples `⌊share · c + ½⌋` are held out.
  ///
  /// - Precondition: the share lies in 0...1, labels are not negative.
  public mutating func heldOut(
    share: Double, stratifiedBy labels: [Int]
  ) -> (rest: [Int], heldOut: [Int]) {
    require((0...1).contains(share), "heldOut: \(share) is no share")
    var (rest, held): ([Int], [Int]) = ([], [])
    for members in examples(by: labels) {
      let order = permutation(of: members.count).map { members[$0] }
      let count = Int((share * Double(members.count) + 0.5).rounded(.down))
      held += order[..<count]
      rest += order[count...]
    }
    return (rest, held)
  }

  /// Some examples of every class, the same number of each.
  ///
  /// - Precondition: every class that occurs has so many examples.
  public mutating func balancedChoice(_ count: Int, ofEach labels: [Int]) -> [Int] {
    examples(by: labels).filter { !$0.isEmpty }.flatMap { members in
      choice(count, of: members.count).map { members[$0] }
    }
  }
}

/// The examples of each label in ascending order.
private func examples(by labels: [Int]) -> [[Int]] {
  require(labels.allSatisfy { $0 >= 0 }, "examples: a label is negative")
  var members = [[Int]](repeating: [], count: (labels.max() ?? -1) + 1)
  for (index, label) in labels.enumerated() { members[label].append(index) }
  return members
}
