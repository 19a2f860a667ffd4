public import Tensors

/// A parameter rounded to few bits in every pass, while what is stored keeps all of them.
///
///     s = (2^(bits−1) − 1) / max |v| of a channel,  w = ⌊s v + ½⌋ / s
///
/// The range is symmetric, and nothing is clipped, because the scale comes of the greatest entry; a
/// channel of zeros stays as it is. The gradient passes as if nothing were rounded.
///
/// - Source: Abdolrashidi et al. 2021, arXiv 2105.03536, §3.
public struct QuantisedParameter<Element: Scalar>: Parametrisation {
  /// The stored tensor v.
  public var stored: Tensor<Element>

  /// The bits of an entry, the sign's among them.
  public let bits: Int

  /// The axis of the channels, each of which has a scale of its own; nil for one scale.
  public let axis: Int?

  /// A parameter of some bits.
  ///
  /// - Precondition: 2 ≤ bits ≤ 24, and the tensor has the axis.
  public init(_ stored: Tensor<Element>, bits: Int, channels axis: Int? = nil) {
    require(
      (2...24).contains(bits) && (axis.map { stored.shape.indices.contains($0) } ?? true)
        && stored.count > 0,
      "QuantisedParameter: \(bits) bits along axis \(axis ?? -1) of shape \(stored.shape)")
    self.stored = stored
    self.bits = bits
    self.axis = axis
  }

  /// The parameter w.
  public var value: Tensor<Element> {
    let v = stored.detached
    let others = v.shape.indices.filter { $0 != axis }
    let greatest = others.reduce(abs(v)) { $0.max(along: $1, keepingAxis: true) }
    let levels = Element(Double((1 << (bits - 1)) - 1))
    let safe = choose(where: greatest, greatest, else: Tensor(1))
    let scale = levels / safe
    return straightThrough(floor(v * scale + 0.5) / scale, to: stored)
  }

  /// Visits the stored tensor.
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) { body(&stored) }
}
