public import Tensors

/// A parameter that is a function of stored tensors.
///
///     weight = f(stored)
///
/// The optimizer changes what is stored; a layer computes with the value, and the tape goes through
/// the function. A tensor is the parametrisation by itself. Constants such as masks are stored
/// beside, and not visited.
public protocol Parametrisation<Number>: Parameterised {
  /// The parameter.
  var value: Tensor<Number> { get }
}

extension Tensor: Parametrisation {
  /// The tensor itself.
  public var value: Tensor { self }
}

/// A fully connected layer with a parametrised weight.
///
///     y = x W + b
///
/// - Shapes: as of ``Linear``.
public struct ParametrisedLinear<Weight: Parametrisation>: Parameterised {
  /// The kind of number of the layer.
  public typealias Number = Weight.Number

  /// The weight W.
  public var weight: Weight

  /// The biases; nil for none.
  public var bias: Tensor<Weight.Number>?

  /// A layer of given parameters.
  public init(weight: Weight, bias: Tensor<Weight.Number>? = nil) {
    self.weight = weight
    self.bias = bias
  }

  /// The outputs for a batch of inputs.
  public func callAsFunction(_ x: Tensor<Weight.Number>) -> Tensor<Weight.Number> {
    let weight = weight.value
    return bias.map { Linear(weight: weight, bias: $0)(x) } ?? Projection(weight: weight)(x)
  }

  /// Visits what the weight stores, then the bias.
  public mutating func forEachParameter(_ body: (inout Tensor<Weight.Number>) -> Void) {
    weight.forEachParameter(body)
    bias.forEachParameter(body)
  }
}

/// A convolution with parametrised filters.
///
/// - Shapes: as of ``ConvolutionLayer``.
public struct ParametrisedConvolution<Filters: Parametrisation>: Parameterised {
  /// The kind of number of the layer.
  public typealias Number = Filters.Number

  /// The filters.
  public var filters: Filters

  /// The biases; nil for none.
  public var bias: Tensor<Filters.Number>?

  /// Stride, padding, dilation and groups.
  public let geometry: Convolution

  /// A layer of given parameters.
  public init(
    filters: Filters, bias: Tensor<Filters.Number>? = nil, geometry: Convolution = Convolution()
  ) {
    self.filters = filters
    self.bias = bias
    self.geometry = geometry
  }

  /// The convolved images.
  public func callAsFunction(_ x: Tensor<Filters.Number>) -> Tensor<Filters.Number> {
    ConvolutionLayer(filters: filters.value, bias: bias, geometry: geometry)(x)
  }

  /// Visits what the filters store, then the bias.
  public mutating func forEachParameter(_ body: (inout Tensor<Filters.Number>) -> Void) {
    filters.forEachParameter(body)
    bias.forEachParameter(body)
  }
}
