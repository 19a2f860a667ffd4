internal import LinearAlgebra
public import Tensors

/// The law of a layer's first weights: independent entries of mean zero, unless orthogonal.
///
///     standard deviation = gain / √fan
///
/// The fan-in of a weight matrix is the number of inputs of one unit, the fan-out the number of
/// units that one input reaches. For filters of a convolution both are multiplied by the number of
/// a filter's positions; groups lower the fan-in and not the fan-out, as in PyTorch.
public struct Initialiser: Hashable, Sendable {
  /// What the variance is divided by.
  public enum Fan: String, Hashable, Sendable {
    /// The number of inputs of a unit: the forward pass keeps its scale.
    case input
    /// The mean of inputs and outputs: a compromise of both passes.
    case average
    /// The number of units an input reaches: the backward pass keeps its scale.
    case output
    /// One: the gain is the standard deviation.
    case unit
  }

  /// The shape of the distribution.
  public enum Law: String, Hashable, Sendable {
    /// A normal distribution, not truncated.
    case normal
    /// A uniform distribution of the same standard deviation, on ±√3 of it.
    case uniform
    /// Zeros, whatever the gain.
    case zero
    /// A normal distribution of that deviation, truncated at twice it; what is left has 0.88 of it.
    case truncatedNormal
    /// The gain times a matrix with orthonormal rows or columns, whichever are fewer; no fan.
    case orthogonal
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
    return tensor(
      [inputs, outputs], fanIn: Double(inputs), fanOut: Double(outputs), using: &stream)
  }

  /// Draws the filters of a convolution.
  ///
  ///     fan-in = inputs / groups · rows · columns,  fan-out = outputs · rows · columns
  ///
  /// - Shapes: [outputs, inputs / groups, rows, columns].
  /// - Precondition: the shape has three axes at least, and none is empty.
  /// - Parameters:
  ///   - shape: The shape of the filters.
  ///   - stream: The source; zeros draw nothing from it.
  /// - Returns: The filters.
  public func filters<Element: Scalar>(
    _ shape: [Int], using stream: inout RandomStream
  ) -> Tensor<Element> {
    require(
      shape.count >= 3 && shape.allSatisfy { $0 >= 1 }, "filters: \(shape) is no shape of filters")
    let area = shape[2...].reduce(1, *)
    return tensor(
      shape, fanIn: Double(shape[1] * area), fanOut: Double(shape[0] * area), using: &stream)
  }

  /// Draws numbers of a shape under given fans.
  func tensor<Element: Scalar>(
    _ shape: [Int], fanIn: Double, fanOut: Double, using stream: inout RandomStream
  ) -> Tensor<Element> {
    let divisor =
      switch fan {
      case .input: fanIn
      case .average: (fanIn + fanOut) / 2
      case .output: fanOut
      case .unit: 1.0
      }
    let deviation = gain / divisor.squareRoot()
    switch law {
    case .normal:
      return stream.normal(shape: shape) * Element(deviation)
    case .uniform:
      let reach = deviation * Double(3).squareRoot()
      return stream.uniform(shape: shape) * Element(2 * reach) - Element(reach)
    case .zero:
      return Tensor(zeros: shape)
    case .truncatedNormal:
      return stream.truncatedNormal(in: -2...2, shape: shape) * Element(deviation)
    case .orthogonal:
      let (rows, columns) = (shape[0], shape[1...].reduce(1, *))
      let frame: Tensor<Element> = haarFrame(
        rows: max(rows, columns), columns: min(rows, columns), using: &stream)
      let matrix = rows < columns ? frame.transposed() : frame
      return matrix.reshaped(to: shape) * Element(gain)
    }
  }
}
