public import Tensors

/// Numbers as symbols: which of some bins each falls into.
///
/// With edges e₁ < … < eₖ bin 0 holds what is below e₁, bin i what lies in eᵢ..<eᵢ₊₁, and bin k the
/// rest, so that every number has a bin.
public struct Binning<Element: Scalar>: Sendable {
  /// The edges between bins, in ascending order.
  public let edges: Tensor<Element>

  /// How many bins there are.
  public var bins: Int { edges.count + 1 }

  /// Bins between given edges.
  ///
  /// - Precondition: the edges ascend.
  public init(edges: [Element]) {
    require(
      zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 } && edges.allSatisfy { !$0.isNaN },
      "Binning: the edges do not ascend")
    self.edges = Tensor(edges)
  }

  /// Bins of equal width on a range; what lies outside falls into the first or the last.
  ///
  /// - Precondition: at least one bin; the range is finite and not of length zero.
  public init(_ bins: Int, in range: ClosedRange<Element>) {
    let length = range.upperBound - range.lowerBound
    require(
      bins >= 1 && length > 0 && length.isFinite, "Binning: \(bins) bins of \(range)")
    self.init(
      edges: (1..<bins).map {
        range.lowerBound + length * Element(Double($0)) / Element(Double(bins))
      })
  }

  /// Bins that hold about as many of some numbers each; edges that coincide are one.
  ///
  /// - Precondition: at least one bin, and a number; none is NaN.
  public init(_ bins: Int, quantilesOf numbers: Tensor<Element>) {
    require(bins >= 1 && numbers.count > 0, "Binning: \(bins) bins of \(numbers.count) numbers")
    let levels = (1..<bins).map { Double($0) / Double(bins) }
    let found =
      levels.isEmpty
      ? [] : numbers.reshaped(to: [numbers.count]).quantiles(levels, along: 0).scalars
    var edges: [Element] = []
    for edge in found where edges.last.map({ $0 < edge }) ?? true { edges.append(edge) }
    self.init(edges: edges)
  }

  /// The bin of each number, in row-major order.
  ///
  /// - Precondition: no number is NaN.
  public func callAsFunction(_ numbers: Tensor<Element>) -> [Int] {
    let flat = numbers.reshaped(to: [numbers.count])
    require(
      flat.scalars.allSatisfy { !$0.isNaN }, "Binning: a number is NaN")
    return edges.count == 0
      ? Array(repeating: 0, count: numbers.count) : edges.searchSorted(flat, afterEquals: true)
  }

  /// One symbol for each row of a matrix: the combination of its entries' bins.
  ///
  /// - Shapes: rows [n, d]; n symbols.
  /// - Precondition: `rows` is a matrix with columns, and has no NaN.
  public func symbols(ofRows rows: Tensor<Element>) -> [Int] {
    require(
      rows.rank == 2 && rows.shape[1] > 0, "Binning: rows of shape \(rows.shape)")
    let (bins, width) = (self(rows), rows.shape[1])
    return jointSymbols(
      (0..<width).map { column in
        stride(from: column, to: bins.count, by: width).map { bins[$0] }
      })
  }
}
