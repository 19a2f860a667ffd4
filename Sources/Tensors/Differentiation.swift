/// Something made of tensors that a loss can be differentiated by: a model, or a tensor.
public protocol Parameterised<Number>: Sendable {
  /// The kind of number of its tensors.
  associatedtype Number: Scalar

  /// Visits the stored tensors in declaration order; each may be changed in place.
  mutating func forEachParameter(_ body: (inout Tensor<Number>) -> Void)
}

extension Parameterised {
  /// The tensors in declaration order.
  @inlinable
  public var parameters: [Tensor<Number>] {
    var model = self
    var parameters: [Tensor<Number>] = []
    model.forEachParameter { parameters.append($0) }
    return parameters
  }

  /// The number of scalars in all tensors.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.count } }

  /// Visits the stored tensors together with those of a model of the same form.
  ///
  /// - Precondition: both have the same tensors, shape by shape.
  @inlinable
  public mutating func forEachParameter(
    with other: Self, _ body: (inout Tensor<Number>, Tensor<Number>) -> Void
  ) {
    let others = other.parameters
    var index = 0
    forEachParameter { parameter in
      parameter.requireCounterpart(index, in: others)
      body(&parameter, others[index])
      index += 1
    }
    require(
      index == others.count, "forEachParameter: \(index) parameters against \(others.count)")
  }

  /// The model with every tensor filled with zeros, for sums and averages of models.
  public var zeroed: Self {
    var model = self
    model.forEachParameter { $0 = Tensor(zeros: $0.shape) }
    return model
  }
}

extension Tensor: Parameterised {
  /// Visits the tensor itself.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor) -> Void) { body(&self) }
}

extension Array: Parameterised where Element: Parameterised {
  /// Visits the tensors of each element in order.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element.Number>) -> Void) {
    for index in indices { self[index].forEachParameter(body) }
  }
}

extension Optional: Parameterised where Wrapped: Parameterised {
  /// Visits the tensors of the value where there is one.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Wrapped.Number>) -> Void) {
    self?.forEachParameter(body)
  }
}

/// A loss and its gradient with respect to every tensor of a model.
///
/// The loss must be one number. The gradient has the form of the model. Calls nest: the gradient
/// inside is followed by the tape outside, which gives second derivatives.
///
/// - Precondition: the loss has one entry.
/// - Parameters:
///   - model: where to differentiate.
///   - loss: the function; it must compute with the model it is given.
/// - Throws: what the function throws.
/// - Returns: the loss and, as a model of the same form, its gradient.
@inlinable
public func valueWithGradient<Model: Parameterised, Failure: Error>(
  at model: Model, of loss: (Model) throws(Failure) -> Tensor<Model.Number>
) throws(Failure) -> (value: Model.Number, gradient: Model) {
  let recording = Recording(model.parameters)
  let result = try loss(model.replacingParameters(recording.followed))
  let (value, gradient) = recording.gradient(of: result)
  return (value, model.replacingParameters(gradient))
}

/// The gradient of a loss with respect to every tensor of a model.
///
/// - Precondition: the loss has one entry.
/// - Parameters:
///   - model: where to differentiate.
///   - loss: the function; it must compute with the model it is given.
/// - Throws: what the function throws.
/// - Returns: a model of the same form.
@inlinable
public func gradient<Model: Parameterised, Failure: Error>(
  at model: Model, of loss: (Model) throws(Failure) -> Tensor<Model.Number>
) throws(Failure) -> Model {
  try valueWithGradient(at: model, of: loss).gradient
}

/// The tensors of a model as variables, from which a tape starts.
///
/// Apart from the models, so that one piece of compiled code serves them all.
@usableFromInline
struct Recording<E: Scalar> {
  let variables: [Node]

  /// The tensors, followed.
  @usableFromInline let followed: [Tensor<E>]

  @usableFromInline
  @specialized(where E == Float)
  @specialized(where E == Double)
  init(_ parameters: [Tensor<E>]) {
    variables = parameters.map { parameter in
      Node(
        .variable, inputs: parameter.node == nil ? [] : [parameter.contents],
        result: parameter.detached.contents)
    }
    followed = variables.map { Tensor($0.output) }
  }

  /// The value of a result of one entry and its gradient; zeros where it does not depend on a tensor.
  @usableFromInline
  @specialized(where E == Float)
  @specialized(where E == Double)
  func gradient(of result: Tensor<E>) -> (value: E, gradient: [Tensor<E>]) {
    require(
      result.count == 1, "valueWithGradient: the loss has shape \(result.shape), not one scalar")
    let tape = Tape(from: result.contents, to: variables)
    let seed = Tensor<E>(repeating: 1, shape: result.shape)
    return (result.item, filled(tape.gradients(from: seed)))
  }

  /// The gradients, with zeros for those that are missing.
  func filled(_ gradients: [Tensor<E>?]) -> [Tensor<E>] {
    zip(gradients, followed).map { gradient, tensor in gradient ?? Tensor(zeros: tensor.shape) }
  }
}

extension Parameterised {
  /// The model with other tensors, in declaration order.
  ///
  /// - Precondition: there are as many as the model has, shape by shape.
  @inlinable
  public func replacingParameters(_ tensors: [Tensor<Number>]) -> Self {
    var model = self
    var index = 0
    model.forEachParameter { parameter in
      parameter.requireCounterpart(index, in: tensors)
      parameter = tensors[index]
      index += 1
    }
    require(
      index == tensors.count, "replacingParameters: \(tensors.count) tensors for \(index)")
    return model
  }
}

extension Tensor {
  @usableFromInline
  func requireCounterpart(_ index: Int, in others: [Tensor]) {
    require(
      index < others.count && others[index].contents.shape == contents.shape,
      "parameter \(index) of shape \(shape) has no counterpart among \(others.map { $0.shape })")
  }
}
