public import Tensors

/// The law of a layer's first weights: independent entries of mean zero.
///
///     standard deviation = gain / √fan
///
/// The fan-in of a weight matrix is the number of inputs of one unit, the fan-out the number of
/// units that one input reaches.
public struct Initialiser: Hashable, Sendable {
  /// What the variance is divided by.
  public enum Fan: String, Hashable, Sendable {
    /// The number of inputs of a unit: the forward pass keeps its scale.
    case input
    /// The mean of inputs and outputs: a compromise of both passes.
    case average
  }

  /// The shape of the distribution.
  public enum Law: String, Hashable, Sendable {
    /// A normal distribution, not truncated.
    case normal
    /// A uniform distribution of the same standard deviation, on ±√3 of it.
    case uniform
    /// Zeros, whatever the gain.
    case zero
  }

  /// The shape of the distribution.
  public var law: Law

  /// The fan that scales it.
  public var fan: Fan

  /// The factor that makes up for the nonlinearity.
  public var gain: Double

  /// A law with its fan and gain.
  public init(_ law: Law, fan: Fan, gain: Double) {
    self.law = law
    self.fan = fan
    self.gain = gain
  }

  /// Normal with variance gain² / fan-in; the gain √2 keeps the scale through ReLU.
  ///
  /// - Source: He et al. 2015, arXiv 1502.01852, eq. 10.
  public static func heNormal(gain: Double = Double(2).squareRoot()) -> Initialiser {
    Initialiser(.normal, fan: .input, gain: gain)
  }

  /// Normal with variance 2 gain² / (fan-in + fan-out).
  ///
  /// - Source: Glorot and Bengio 2010, eq. 12.
  public static func xavierNormal(gain: Double = 1) -> Initialiser {
    Initialiser(.normal, fan: .average, gain: gain)
  }

  /// Uniform on ±gain √(6 / (fan-in + fan-out)).
  ///
  /// - Source: Glorot and Bengio 2010, eq. 16.
  public static func xavierUniform(gain: Double = 1) -> Initialiser {
    Initialiser(.uniform, fan: .average, gain: gain)
  }

  /// Nothing but zeros.
  public static let zeros = Initialiser(.zero, fan: .input, gain: 0)

  /// Draws the weights of a layer.
  ///
  /// - Shapes: [inputs, outputs].
  /// - Precondition: both counts are at least one.
  /// - Parameters:
  ///   - inputs: The fan-in.
  ///   - outputs: The fan-out.
  ///   - stream: The source; zeros draw nothing from it.
  /// - Returns: The weights.
  public func weights<Element: Scalar>(
    inputs: Int, outputs: Int, using stream: inout RandomStream
  ) -> Tensor<Element> {
    require(
      inputs >= 1 && outputs >= 1, "weights: expected positive fans, got [\(inputs), \(outputs)]")
    let fan = fan == .input ? Double(inputs) : Double(inputs + outputs) / 2
    let deviation = gain / fan.squareRoot()
    let shape = [inputs, outputs]
    switch law {
    case .normal:
      return stream.normal(shape: shape) * Element(deviation)
    case .uniform:
      let reach = deviation * Double(3).squareRoot()
      return stream.uniform(shape: shape) * Element(2 * reach) - Element(reach)
    case .zero:
      return Tensor(zeros: shape)
    }
  }
}
