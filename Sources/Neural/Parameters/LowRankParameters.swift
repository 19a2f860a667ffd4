public import Tensors

/// A parameter of low rank, plus another where there is one.
///
///     w = scale down up + rest
///
/// With a ``SparseParameter`` as the rest it is low-rank plus sparse; with a constant rest, low-rank
/// adaptation. The sum is formed: `x w` costs what a dense layer costs.
///
/// - Shapes: down [inputs, rank]; up [rank, outputs]; w [inputs, outputs].
/// - Source: Han et al. 2024, arXiv 2406.02214; Hu et al. 2021, arXiv 2106.09685.
public struct LowRankParameter<Rest: Parametrisation>: Parametrisation {
  /// The kind of number of the parameter.
  public typealias Number = Rest.Number

  /// The first factor.
  public var down: Tensor<Rest.Number>

  /// The second factor.
  public var up: Tensor<Rest.Number>

  /// What is added to the product.
  public var rest: Rest

  /// The factor of the product; α / rank in the papers.
  public let scale: Double

  /// A parameter of given factors.
  ///
  /// - Precondition: the shapes fit.
  public init(
    down: Tensor<Rest.Number>, up: Tensor<Rest.Number>, scale: Double = 1, rest: Rest
  ) {
    require(
      down.rank == 2 && up.rank == 2 && down.shape[1] == up.shape[0]
        && rest.value.shape == [down.shape[0], up.shape[1]],
      "LowRankParameter: \(down.shape) and \(up.shape) beside \(rest.value.shape)")
    self.down = down
    self.up = up
    self.scale = scale
    self.rest = rest
  }

  /// Factors of which the first is drawn uniform on ±1/√inputs and the second is zero, so that the
  /// parameter starts as the rest.
  ///
  /// - Precondition: the rest is a matrix, and the rank at least one.
  public init(
    rank: Int, scale: Double = 1, rest: Rest, using stream: inout RandomStream
  ) {
    let shape = rest.value.shape
    require(
      rank >= 1 && shape.count == 2, "LowRankParameter: rank \(rank) beside a shape \(shape)")
    self.init(
      down: Initialiser.inverseRootUniform.weights(
        inputs: shape[0], outputs: rank, using: &stream),
      up: Tensor(zeros: [rank, shape[1]]), scale: scale, rest: rest)
  }

  /// The parameter w.
  public var value: Tensor<Rest.Number> {
    matmul(down, up) * Rest.Number(scale) + rest.value
  }

  /// Visits down, up and what the rest stores.
  public mutating func forEachParameter(_ body: (inout Tensor<Rest.Number>) -> Void) {
    down.forEachParameter(body)
    up.forEachParameter(body)
    rest.forEachParameter(body)
  }
}

/// A parameter that stays as it is: no optimizer sees it.
public struct FrozenParameter<Element: Scalar>: Parametrisation {
  /// The parameter.
  public let value: Tensor<Element>

  /// A constant.
  public init(_ value: Tensor<Element>) { self.value = value.detached }

  /// Visits nothing.
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {}
}

/// Low-rank adaptation of a trained weight: the weight itself is frozen.
public typealias AdaptedParameter<Element: Scalar> = LowRankParameter<FrozenParameter<Element>>
