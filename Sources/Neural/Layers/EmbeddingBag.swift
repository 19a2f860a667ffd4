public import Tensors

/// The vectors of a bag of tokens, taken together.
///
/// - Shapes: the table [count, width]; n bags give [n, width].
public struct EmbeddingBag<Element: Scalar>: Parameterised {
  /// How a bag's vectors are taken together.
  public enum Pooling: String, Hashable, Sendable, Codable, CaseIterable {
    /// Their sum.
    case sum
    /// Their mean.
    case mean
  }

  /// The vectors.
  public var embedding: Embedding<Element>

  /// How they are taken together.
  public let pooling: Pooling

  /// Bags of a given table.
  public init(_ embedding: Embedding<Element>, pooling: Pooling = .mean) {
    self.embedding = embedding
    self.pooling = pooling
  }

  /// The pooled vectors of bags; zeros for an empty bag.
  ///
  /// Vectors are added in the order of the bag's tokens.
  ///
  /// - Precondition: every token lies in the table.
  /// - Parameters:
  ///   - bags: the tokens of each bag.
  ///   - weights: a factor for each token of each bag, for sums; nil for ones.
  /// - Returns: one row a bag.
  public func callAsFunction(_ bags: [[Int]], weights: [[Element]]? = nil) -> Tensor<Element> {
    let tokens = bags.flatMap { $0 }
    guard !tokens.isEmpty else {
      return Tensor(zeros: [bags.count, embedding.table.shape[1]])
    }
    var vectors = embedding(tokens)
    if let weights {
      require(
        pooling == .sum && weights.map(\.count) == bags.map(\.count),
        "EmbeddingBag: weights are for sums, one a token")
      vectors = vectors * Tensor(weights.flatMap { $0 }, shape: [tokens.count, 1])
    }
    let places = bags.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element.count) }
    let sums = vectors.scattered(places, along: 0, of: bags.count)
    if pooling == .sum { return sums }
    return sums / Tensor(bags.map { Element(Double(max($0.count, 1))) }, shape: [bags.count, 1])
  }

  /// Visits the table.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    embedding.forEachParameter(body)
  }
}
