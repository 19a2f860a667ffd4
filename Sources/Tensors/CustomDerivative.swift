/// A derivative that a caller brings along: the gradients of all inputs from that of the result.
struct CustomDerivative: Sendable {
  let gradients: @Sendable (_ gradient: Contents, _ inputs: [Contents]) -> [Contents?]
}

/// A value with a derivative of one's own.
///
/// The rule is given the gradient with respect to the value, and the inputs, and returns the
/// gradient with respect to each input, or nil for none. It is differentiated like any other
/// function where a second derivative is asked for, so it must compute with what it is given.
///
/// - Gradient: what the rule says.
/// - Precondition: the rule returns one gradient an input, each shaped like its input.
/// - Parameters:
///   - value: the value, computed in any way.
///   - inputs: what it depends on.
///   - rule: the gradients of the inputs.
/// - Returns: the value, followed by the tape where an input is.
public func differentiable<E>(
  _ value: Tensor<E>, of inputs: [Tensor<E>],
  by rule: @escaping @Sendable (_ gradient: Tensor<E>, _ inputs: [Tensor<E>]) -> [Tensor<E>?]
) -> Tensor<E> {
  let derivative = CustomDerivative { gradient, inputs in
    let parts = rule(Tensor(gradient), inputs.map { Tensor($0) })
    require(
      parts.count == inputs.count,
      "differentiable: the rule returned \(parts.count) gradients for \(inputs.count) inputs")
    for (part, input) in zip(parts, inputs) {
      if let part {
        require(
          part.shape == input.shape,
          "differentiable: a gradient of shape \(part.shape) for an input of \(input.shape)")
      }
    }
    return parts.map { $0?.contents }
  }
  return value.detached.recorded(.custom(derivative), inputs)
}

/// The value in the forward pass, and the identity of `x` in every derivative.
///
/// The straight-through estimator: `value` is often a rounding of `x`.
///
/// - Gradient: of `x` that of the result; of `value` nothing.
/// - Precondition: the shapes are equal.
public func straightThrough<E>(_ value: Tensor<E>, to x: Tensor<E>) -> Tensor<E> {
  require(
    value.shape == x.shape, "straightThrough: value \(value.shape) and x \(x.shape) differ")
  return value.detached.recorded(.straightThrough, x)
}

/// A function whose inner results are not kept for the derivative but computed again.
///
/// Memory for time: the bits of value and derivatives are those of the function itself.
///
/// - Gradient: that of the function, any number of times.
/// - Parameters:
///   - model: the parameters that the function uses.
///   - x: what it is applied to.
///   - function: the function; it must compute with what it is given, and capture no tensor that a
///     tape follows.
/// - Returns: the function's value.
public func checkpointed<Model: Parameterised>(
  _ model: Model, _ x: Tensor<Model.Number>,
  _ function: @escaping @Sendable (Model, Tensor<Model.Number>) -> Tensor<Model.Number>
) -> Tensor<Model.Number> {
  let inputs = model.parameters + [x]
  let constant = model.replacingParameters(model.parameters.map { $0.detached })
  return differentiable(function(constant, x.detached), of: inputs) { gradient, inputs in
    valueWithPullback(at: inputs) { inputs in
      function(constant.replacingParameters(Array(inputs.dropLast())), inputs[inputs.count - 1])
    }.pullback(gradient)
  }
}
