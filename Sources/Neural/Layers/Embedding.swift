public import Tensors

/// A table of vectors, one for each token.
///
/// - Shapes: the table [count, width]; n tokens give [n, width].
public struct Embedding<Element: Scalar>: Parameterised {
  /// The vectors, one a row.
  public var table: Tensor<Element>

  /// A given table.
  ///
  /// - Precondition: it is a matrix.
  public init(table: Tensor<Element>) {
    require(table.rank == 2, "Embedding: the table \(table.shape) is no matrix")
    self.table = table
  }

  /// A table of normal numbers.
  ///
  /// - Parameters:
  ///   - count: the number of tokens.
  ///   - width: the length of a vector.
  ///   - deviation: the standard deviation; 1 in PyTorch, 0.02 in GPT-2.
  ///   - stream: the source.
  public init(count: Int, width: Int, deviation: Double = 1, using stream: inout RandomStream) {
    table = stream.normal(shape: [count, width]) * Element(deviation)
  }

  /// The vectors of tokens.
  ///
  /// - Precondition: every token lies in the table.
  public func callAsFunction(_ tokens: [Int]) -> Tensor<Element> { table.gathered(rows: tokens) }

  /// The inner product of every row of `x` with every vector: the head that shares the table.
  ///
  /// - Shapes: x […, width]; the result […, count].
  public func logits(_ x: Tensor<Element>) -> Tensor<Element> {
    x.mappingRows { matmul($0, table, transposingB: true) }
  }

  /// Visits the table.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) { body(&table) }
}
