/// A function's value, and the product of vectors with its Jacobian.
///
///     pullback(v) = Jᵀ v
///
/// - Parameters:
///   - model: where to differentiate.
///   - function: the function; it must compute with the model it is given.
/// - Throws: what the function throws.
/// - Returns: the value, and a function that may be called any number of times with a tensor of the
///   value's shape.
public func valueWithPullback<Model: Parameterised, Failure: Error>(
  at model: Model, of function: (Model) throws(Failure) -> Tensor<Model.Number>
) throws(Failure) -> (
  value: Tensor<Model.Number>, pullback: (Tensor<Model.Number>) -> Model
) {
  let recording = Recording(model.parameters)
  let result = try function(model.replacingParameters(recording.followed))
  let tape = Tape(from: result.contents, to: recording.variables)
  // Where an outer tape follows something here, the value is followed by that one too.
  let value = tape.isFollowed ? result : result.detached
  return (
    value,
    { vector in
      require(
        vector.shape == result.shape,
        "pullback: a vector of shape \(vector.shape) for a value of shape \(result.shape)")
      return model.replacingParameters(recording.filled(tape.gradients(from: vector)))
    }
  )
}

/// The product of a function's Jacobian with a direction in the space of the model.
///
///     J v = d/dε f(θ + ε v) at ε = 0
///
/// - Parameters:
///   - model: where to differentiate.
///   - direction: the direction v, a model of the same form.
///   - function: the function; it must compute with the model it is given.
/// - Returns: the value f(θ) and the product, both of the value's shape.
public func jacobianVectorProduct<Model: Parameterised>(
  at model: Model, along direction: Model, of function: (Model) -> Tensor<Model.Number>
) -> (value: Tensor<Model.Number>, product: Tensor<Model.Number>) {
  // Jᵀu is linear in u, so its derivative along v with respect to u is J v wherever u is.
  let value = function(model)
  let product = gradient(at: Tensor(zeros: value.shape)) { u in
    let back = gradient(at: model) { (function($0) * u).sum() }
    return innerProduct(back, direction)
  }
  return (value, product)
}

/// The product of a loss's Hessian with a direction in the space of the model.
///
///     H v = ∇ (∇L(θ) · v)
///
/// Of operations that are linear in a parameter the gradient is not formed: its product with v is
/// that of the result's gradient with the operation applied to v.
///
/// - Precondition: the loss has one entry.
/// - Parameters:
///   - model: where to differentiate.
///   - direction: the direction v, a model of the same form.
///   - loss: the function; it must compute with the model it is given.
/// - Returns: a model of the same form.
public func hessianVectorProduct<Model: Parameterised>(
  at model: Model, along direction: Model, of loss: (Model) -> Tensor<Model.Number>
) -> Model {
  let direction = direction.parameters
  return gradient(at: model) { model in
    let recording = Recording(model.parameters)
    let value = loss(model.replacingParameters(recording.followed))
    require(
      value.count == 1, "hessianVectorProduct: the loss has shape \(value.shape), not one scalar")
    let tape = Tape(from: value.contents, to: recording.variables)
    var slope = Tensor<Model.Number>(0)
    let seed = Tensor<Model.Number>(repeating: 1, shape: value.shape)
    let part: Tape.Part<Model.Number> = { node, g, x, y, i, variable in
      guard let variable else { return rule(node.operation, g, x, y, input: i) }
      let v = direction[variable]
      require(
        v.shape == x[i].shape,
        "hessianVectorProduct: a direction of shape \(v.shape) for a parameter of \(x[i].shape)")
      if let applied = applied(node.operation, to: v, inPlaceOf: i, x) {
        slope += (g * applied).sum()
      } else if let part = rule(node.operation, g, x, y, input: i) {
        slope += (part * v).sum()
      }
      return nil
    }
    _ = tape.walk(from: seed, part: part)
    return slope
  }
}

/// An operation that is linear in input `i` of `x`, with another tensor in its place; nil for those
/// that are not, or whose gradient costs little.
private func applied<E>(
  _ operation: Operation, to v: Tensor<E>, inPlaceOf i: Int, _ x: Operands<E>
) -> Tensor<E>? {
  switch operation {
  case .matmul(let ta, let tb): i == 0 ? product(v, x[1], ta, tb) : product(x[0], v, ta, tb)
  case .affine:
    i == 0 ? product(v, x[1], false, false) : i == 1 ? product(x[0], v, false, false) : nil
  case .convolution(let form): i == 0 ? convolution(v, x[1], form) : convolution(x[0], v, form)
  default: nil
  }
}

/// The sum of the products of the entries of two models of the same form.
///
/// - Precondition: both have the same tensors, shape by shape, and there is one.
public func innerProduct<Model: Parameterised>(
  _ left: Model, _ right: Model
) -> Tensor<Model.Number> {
  var sum: Tensor<Model.Number>?
  var left = left
  left.forEachParameter(with: right) { x, y in
    let part = (x * y).sum()
    sum = sum.map { $0 + part } ?? part
  }
  guard let sum else { fatalError("innerProduct: the models have no parameters") }
  return sum
}

extension Parameterised {
  /// All parameters as one vector, tensor after tensor in declaration order.
  public var flattened: Tensor<Number> {
    Tensor.concatenated(parameters.map { $0.reshaped(to: [$0.count]) })
  }

  /// The model with parameters taken from a vector, the inverse of ``flattened``.
  ///
  /// - Precondition: the vector has as many entries as the model has scalars.
  public func unflattened(_ vector: Tensor<Number>) -> Self {
    require(
      vector.shape == [parameterCount],
      "unflattened: a vector of shape \(vector.shape) for \(parameterCount) scalars")
    var start = 0
    return replacingParameters(
      parameters.map { parameter in
        defer { start += parameter.count }
        return vector.rows(start..<start + parameter.count).reshaped(to: parameter.shape)
      })
  }
}
