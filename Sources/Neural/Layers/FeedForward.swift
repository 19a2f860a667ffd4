public import Tensors

/// The two maps of a transformer block that work on every row alone.
///
///     relu, gelu: y = f(x W₁ + b₁) W₂ + b₂;  SwiGLU: y = (silu(x W₀ + b₀) (x W₁ + b₁)) W₂ + b₂
///
/// - Shapes: x […, width]; y as x.
/// - Source: SwiGLU, Shazeer 2020, arXiv 2002.05202, eq. 6, here with biases.
public struct FeedForward<Element: Scalar>: Parameterised {
  /// The function between the maps.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// `max(x, 0)`.
    case relu
    /// `x Φ(x)`.
    case gelu
    /// A gate: `silu` of one map times another.
    case swiGLU
  }

  /// The map of the gate; nil where the function has none.
  public var gate: Linear<Element>?

  /// The map to the hidden units.
  public var inner: Linear<Element>

  /// The map back.
  public var outer: Linear<Element>

  /// The function between the maps.
  public let kind: Kind

  /// A layer with drawn weights and biases of zero.
  public init(
    width: Int, hidden: Int, kind: Kind = .gelu, initialiser: Initialiser = .xavierUniform(),
    outputInitialiser: Initialiser? = nil, using stream: inout RandomStream
  ) {
    gate =
      kind == .swiGLU
      ? Linear(inputs: width, outputs: hidden, initialiser: initialiser, using: &stream) : nil
    inner = Linear(inputs: width, outputs: hidden, initialiser: initialiser, using: &stream)
    outer = Linear(
      inputs: hidden, outputs: width, initialiser: outputInitialiser ?? initialiser,
      using: &stream)
    self.kind = kind
  }

  /// The results of the rows.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    switch kind {
    case .relu: return outer(inner(x, activation: .relu))
    case .gelu: return outer(gelu(inner(x)))
    case .swiGLU:
      let opened = gate.map { silu($0(x)) * inner(x) }
      return outer(opened ?? inner(x))
    }
  }

  /// Visits the gate, the inner and the outer map.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    gate.forEachParameter(body)
    inner.forEachParameter(body)
    outer.forEachParameter(body)
  }
}
