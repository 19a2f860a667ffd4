public import Tensors

/// A parameter through an odd, increasing and bounded function: large entries are compressed.
///
///     arctangent:  w = a arctan(v / b);  tanh:  w = a tanh(v / b);  linear:  w = (a / b) v
///
/// The reach a and the width b are numbers of the whole tensor, which are trained or not.
///
/// - Source: Cakaj, Mehnert and Yang 2023, arXiv 2306.16993.
public struct CompandedParameter<Element: Scalar>: Parametrisation {
  /// The function.
  public enum Map: String, Hashable, Sendable, Codable, CaseIterable {
    /// Bounded by a π/2.
    case arctangent
    /// Bounded by a.
    case tanh
    /// Not bounded: a control with the same slope at zero.
    case linear
  }

  /// The stored tensor v.
  public var stored: Tensor<Element>

  /// The reach a.
  public var reach: Tensor<Element>

  /// The width b.
  public var width: Tensor<Element>

  /// The function.
  public let map: Map

  /// Whether reach and width are visited.
  public let trainsMap: Bool

  /// A parameter with a given map.
  ///
  /// - Precondition: reach and width are above zero.
  public init(
    _ stored: Tensor<Element>, map: Map = .arctangent, reach: Double, width: Double,
    trainsMap: Bool = false
  ) {
    require(
      reach > 0 && width > 0, "CompandedParameter: a reach of \(reach) and a width of \(width)")
    self.stored = stored
    self.map = map
    self.reach = Tensor(Element(reach))
    self.width = Tensor(Element(width))
    self.trainsMap = trainsMap
  }

  /// The parameter w.
  public var value: Tensor<Element> {
    let t = stored / width
    return switch map {
    case .arctangent: reach * arctangent(t)
    case .tanh: reach * Tensors.tanh(t)
    case .linear: reach * t
    }
  }

  /// Visits the stored tensor and, where they are trained, reach and width.
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    body(&stored)
    if trainsMap {
      body(&reach)
      body(&width)
    }
  }
}

/// The arc tangent of every entry.
///
/// arcsin(t / √(1 + t²)) near zero and ±(π/2 − arcsin(1 / √(1 + t²))) beyond one, where the former
/// loses digits; each is kept away from the arguments where only the other counts.
private func arctangent<E: Scalar>(_ t: Tensor<E>) -> Tensor<E> {
  let near = clamp(t, to: -1.5...1.5)
  let squares = maximum(square(t), Tensor(0.5))
  let far = sign(t) * (E(Double.pi / 2) - arcsine(1 / sqrt(1 + squares)))
  return choose(
    where: abs(t).isGreater(than: Tensor(1)), far, else: arcsine(near / sqrt(1 + square(near))))
}
