import Digests
public import Tensors

/// The outputs of everything that computes, on small inputs, as one digest a family.
///
/// The same on every machine, at every level and thread count: that is the bit contract, and these
/// lines are how it is checked.
public struct Corpus {
  /// A family's name, and the first 16 characters of the SHA-256 of its outputs.
  public struct Line: Hashable, Sendable, CustomStringConvertible {
    /// What was computed.
    public let name: String
    /// What came out.
    public let digest: String

    /// The line of a file of digests.
    public var description: String { "\(digest) \(name)" }

    /// A line of a family.
    public init(name: String, digest: String) { (self.name, self.digest) = (name, digest) }
  }

  private var lines: [Line] = []
  private var bytes: [UInt8] = []

  /// Computes everything.
  ///
  /// - Parameter sum: how tensors are summed; another order than the contract's changes the line
  ///   of the sums, which shows that the check can fail.
  /// - Returns: a line a family, in a fixed order.
  /// - Throws: what a factorization or a solver throws; on these inputs none does.
  public static func lines(
    summing sum: (Tensor<Double>) -> Tensor<Double> = { $0.sum() }
  ) throws -> [Line] {
    var corpus = Corpus()
    corpus.addNumbers(Float.self)
    corpus.addNumbers(Double.self)
    corpus.section("sums") { corpus in
      var stream = RandomStream(paper: "corpus", seed: 7, purpose: .data)
      corpus.add(sum(stream.normal(shape: [10_007])))
    }
    corpus.addDraws()
    try corpus.addLinearAlgebra()
    corpus.addTraining()
    corpus.addData()
    try corpus.addInstruments()
    corpus.addNetworks()
    try corpus.addOptimizers()
    return corpus.lines
  }

  /// What differs between two lists of lines, a sentence each; empty where they agree.
  public static func differences(_ found: [Line], from expected: [Line]) -> [String] {
    let digests = Dictionary(found.map { ($0.name, $0.digest) }) { first, _ in first }
    let changed = expected.compactMap { line -> String? in
      guard let digest = digests[line.name] else { return "\(line.name): not computed" }
      return digest == line.digest ? nil : "\(line.name): \(digest), expected \(line.digest)"
    }
    let known = Set(expected.map { $0.name })
    return changed + found.filter { !known.contains($0.name) }.map { "\($0.name): not expected" }
  }

  /// The lines of a file of digests.
  public static func lines(of text: String) -> [Line] {
    text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      return parts.count == 2 ? Line(name: String(parts[1]), digest: String(parts[0])) : nil
    }
  }

  /// Adds the line of a family.
  mutating func section(
    _ name: String, _ body: (inout Corpus) throws -> Void
  ) rethrows {
    bytes = []
    try body(&self)
    lines.append(Line(name: name, digest: String(Digest(of: bytes).description.prefix(16))))
  }

  mutating func add<E: Scalar>(_ tensor: Tensor<E>) {
    // Large outputs enter through their own digest.
    bytes += Digest(of: tensor.bytes).bytes
  }

  mutating func add(_ numbers: [Int]) { add(Tensor(numbers.map { Double($0) })) }

  mutating func add(_ number: Double) { add(Tensor(number)) }

  private mutating func addNumbers<E: Scalar>(_ type: E.Type) {
    let kind = E.kind.rawValue
    section("functions, \(kind)") { $0.addFunctions(type) }
    section("products, \(kind)") { $0.addProducts(type) }
    section("batches and affine maps, \(kind)") { $0.addBatchesAndMaps(type) }
    section("rows, \(kind)") { $0.addRows(type) }
    section("activations, norms and orders, \(kind)") { corpus in
      for tensor in Self.rows(type) { corpus.add(tensor) }
    }
    section("movements, \(kind)") { $0.addMovements(type) }
    section("images, \(kind)") { $0.addImages(type) }
    section("formats, \(kind)") { $0.addFormats(type) }
  }
}
