public import LinearAlgebra
public import Tensors

/// A matrix of second order of a model's loss, by its products with vectors.
///
/// The vectors are all parameters one after another, in `Double`; products are taken in the model's
/// kind of number.
public struct CurvatureOperator {
  /// The number of parameters.
  public let dimension: Int

  private let product: (Tensor<Double>) -> Tensor<Double>
  private let precision: Double

  private init<Model: Parameterised>(_ model: Model, _ product: @escaping (Model) -> Model) {
    dimension = model.parameterCount
    precision = Model.Number.kind == .float ? 1e-4 : 1e-8
    self.product = { vector in
      let direction = model.unflattened(Tensor(converting: vector))
      return Tensor(converting: product(direction).flattened)
    }
  }

  /// The product with a vector.
  ///
  /// - Shapes: [dimension], and the same.
  public func callAsFunction(_ vector: Tensor<Double>) -> Tensor<Double> { product(vector) }

  /// The Hessian of a loss.
  ///
  ///     H = ∇² L(θ)
  ///
  /// - Precondition: the loss has one entry.
  public static func hessian<Model: Parameterised>(
    at model: Model, of loss: @escaping (Model) -> Tensor<Model.Number>
  ) -> CurvatureOperator {
    CurvatureOperator(model) { hessianVectorProduct(at: model, along: $0, of: loss) }
  }

  /// The generalised Gauss–Newton matrix of a loss of outputs.
  ///
  ///     G = Jᵀ (∂² ℓ / ∂f²) J,  J the Jacobian of the outputs f
  ///
  /// For a softmax cross-entropy, its mean over examples, this is the Fisher matrix.
  ///
  /// - Source: Schraudolph 2002; Martens 2020, New insights on the natural gradient method, §8.
  /// - Precondition: the criterion has one entry.
  /// - Parameters:
  ///   - model: where.
  ///   - outputs: the outputs f as a function of the model.
  ///   - criterion: the loss ℓ as a function of the outputs.
  /// - Returns: the operator.
  public static func gaussNewton<Model: Parameterised>(
    at model: Model, outputs: @escaping (Model) -> Tensor<Model.Number>,
    criterion: @escaping (Tensor<Model.Number>) -> Tensor<Model.Number>
  ) -> CurvatureOperator {
    let (value, pullback) = valueWithPullback(at: model, of: outputs)
    return CurvatureOperator(model) { direction in
      let change = jacobianVectorProduct(at: model, along: direction, of: outputs).product
      return pullback(hessianVectorProduct(at: value, along: change, of: criterion))
    }
  }

  /// The empirical Fisher matrix: the mean of the examples' gradients times themselves.
  ///
  ///     F = 1/n Σᵢ gᵢ gᵢᵀ,  gᵢ = ∇ Lᵢ(θ)
  ///
  /// Keeps the gradients of all examples.
  ///
  /// - Precondition: as `perExampleGradients(at:of:)`.
  public static func empiricalFisher<Model: Parameterised>(
    at model: Model, losses: (Model) -> Tensor<Model.Number>
  ) -> CurvatureOperator {
    let gradients = exampleGradients(at: model, of: losses)
    let scale = 1 / Model.Number(Double(gradients.shape[0]))
    return CurvatureOperator(model) { direction in
      let along = matmul(gradients, direction.flattened)
      return model.unflattened(scale * matmul(along, gradients))
    }
  }

  /// The least and the greatest eigenvalues with their vectors, by Lanczos' process.
  ///
  /// - Accuracy: each value's residual is at most `tolerance` times the largest value's size.
  /// - Precondition: the numbers are not negative, and not both zero.
  /// - Parameters:
  ///   - greatest: how many of the greatest.
  ///   - least: how many of the least.
  ///   - tolerance: the relative residual accepted; nil for 1e-4 of a model of `Float`, 1e-8 of
  ///     `Double`.
  ///   - steps: how many products may be taken; nil for as many as there are parameters.
  ///   - stream: the source of the first vector.
  /// - Returns: the pairs in ascending order.
  /// - Throws: as `extremeEigenvalues`.
  public func eigenvalues(
    greatest: Int, least: Int = 0, tolerance: Double? = nil, steps: Int? = nil,
    using stream: inout RandomStream
  ) throws(LinearAlgebraError) -> RitzPairs {
    try extremeEigenvalues(
      from: stream.normal(shape: [dimension]), least: least, greatest: greatest,
      tolerance: tolerance ?? precision, steps: steps, applying: product)
  }

  /// The trace, by Hutchinson's estimator.
  ///
  /// - Precondition: at least one probe.
  public func trace(probes: Int, using stream: inout RandomStream) -> ProbeEstimate {
    traceEstimate(dimension: dimension, probes: probes, using: &stream, applying: product)
  }

  /// The density of the eigenvalues as point masses, by stochastic Lanczos quadrature.
  ///
  /// - Precondition: at least one step and one probe.
  /// - Throws: as `spectralDensity`.
  public func density(
    steps: Int, probes: Int, using stream: inout RandomStream
  ) throws(LinearAlgebraError) -> [(value: Double, mass: Double)] {
    try spectralDensity(
      dimension: dimension, steps: steps, probes: probes, using: &stream, applying: product)
  }
}

/// How much a loss rises at a distance along its gradient.
///
///     L(θ + ρ g / ‖g‖) − L(θ),  g = ∇L(θ)
///
/// - Source: Foret et al. 2021, SAM, arXiv 2010.01412, eq. 2 and §2, to first order.
/// - Precondition: the loss has one entry; the gradient is not zero.
/// - Parameters:
///   - model: where.
///   - radius: ρ.
///   - loss: the loss.
/// - Returns: the rise.
public func ascentSharpness<Model: Parameterised>(
  at model: Model, radius: Model.Number, of loss: (Model) -> Tensor<Model.Number>
) -> Model.Number {
  let here = valueWithGradient(at: model, of: loss)
  let size = innerProduct(here.gradient, here.gradient).item.squareRoot()
  require(size > 0, "ascentSharpness: the gradient is zero")
  var moved = model
  moved.forEachParameter(with: here.gradient) { $0.add($1, scaledBy: radius / size) }
  return loss(moved).item - here.value
}

/// The examples' gradients as rows: [n, number of parameters].
func exampleGradients<Model: Parameterised>(
  at model: Model, of losses: (Model) -> Tensor<Model.Number>
) -> Tensor<Model.Number> {
  let parts = perExampleGradients(at: model, of: losses).gradients
  let n = parts.first?.shape[0] ?? 0
  return Tensor.concatenated(
    parts.map { $0.reshaped(to: [n, n == 0 ? 0 : $0.count / n]) }, along: 1)
}
