/// Something made of tensors that a loss can be differentiated by: a model, or a tensor.
public protocol Parameterised<Number>: Sendable {
  /// The kind of number of its tensors.
  associatedtype Number: Scalar

  /// Visits the stored tensors in declaration order; each may be changed in place.
  mutating func forEachParameter(_ body: (inout Tensor<Number>) -> Void)
}

extension Parameterised {
  /// The tensors in declaration order.
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
  public mutating func forEachParameter(
    with other: Self, _ body: (inout Tensor<Number>, Tensor<Number>) -> Void
  ) {
    let others = other.parameters
    var index = 0
    forEachParameter { parameter in
      require(
        index < others.count && others[index].shape == parameter.shape,
        "forEachParameter: parameter \(index) of shape \(parameter.shape) has no counterpart")
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
  public mutating func forEachParameter(_ body: (inout Tensor) -> Void) { body(&self) }
}

extension Array: Parameterised where Element: Parameterised {
  /// Visits the tensors of each element in order.
  public mutating func forEachParameter(_ body: (inout Tensor<Element.Number>) -> Void) {
    for index in indices { self[index].forEachParameter(body) }
  }
}

extension Optional: Parameterised where Wrapped: Parameterised {
  /// Visits the tensors of the value where there is one.
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
public func valueWithGradient<Model: Parameterised, Failure: Error>(
  at model: Model, of loss: (Model) throws(Failure) -> Tensor<Model.Number>
) throws(Failure) -> (value: Model.Number, gradient: Model) {
  let (followed, variables) = model.followed()
  let result = try loss(followed)
  require(
    result.count == 1, "valueWithGradient: the loss has shape \(result.shape), not one scalar")
  let value = result.item
  let tape = Tape(from: result.contents, to: variables)
  let gradient = tape.gradient(from: Tensor(repeating: 1, shape: result.shape), at: model)
  return (value, gradient)
}

/// The gradient of a loss with respect to every tensor of a model.
///
/// - Precondition: the loss has one entry.
/// - Parameters:
///   - model: where to differentiate.
///   - loss: the function; it must compute with the model it is given.
/// - Throws: what the function throws.
/// - Returns: a model of the same form.
public func gradient<Model: Parameterised, Failure: Error>(
  at model: Model, of loss: (Model) throws(Failure) -> Tensor<Model.Number>
) throws(Failure) -> Model {
  try valueWithGradient(at: model, of: loss).gradient
}

extension Parameterised {
  /// The model with each tensor a new variable, and those variables.
  func followed() -> (model: Self, variables: [Node]) {
    var model = self
    var variables: [Node] = []
    model.forEachParameter { parameter in
      let node = Node(
        .variable, inputs: parameter.node == nil ? [] : [parameter.contents],
        result: parameter.detached.contents)
      variables.append(node)
      parameter = Tensor(node.output)
    }
    return (model, variables)
  }
}

extension Tape {
  /// The gradient as a model; zeros where the result does not depend on a tensor.
  consuming func gradient<Model: Parameterised>(
    from seed: Tensor<Model.Number>, at model: Model
  ) -> Model {
    let gradients = gradients(from: seed)
    var gradient = model
    var index = 0
    gradient.forEachParameter { parameter in
      parameter = gradients[index] ?? Tensor(zeros: parameter.shape)
      index += 1
    }
    return gradient
  }
}
