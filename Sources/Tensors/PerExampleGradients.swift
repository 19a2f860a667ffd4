/// The gradient of every example's loss on its own, without a loop over the examples.
///
///     gᵢ = ∇ Lᵢ(θ),  i in 0..<n
///
/// The function is run once and walked back once. Operations between the parameters and the losses
/// must keep the examples apart along their first axis, which holds the entries of the first
/// example, then those of the second, equally many each; parameters must enter as weights or biases
/// of products, convolutions, norms and elementwise operations, or as a table of which rows are
/// gathered. Anything else stops the program, by name: nothing is averaged that should not be.
///
/// - Shapes: a parameter of shape `s` has a gradient of shape `[n] + s`.
/// - Precondition: the losses have shape `[n]`, and what is said above holds.
/// - Parameters:
///   - model: where to differentiate.
///   - losses: the loss of each example; it must compute with the model it is given.
/// - Returns: the losses, and the gradients tensor by tensor in declaration order.
public func perExampleGradients<Model: Parameterised>(
  at model: Model, of losses: (Model) -> Tensor<Model.Number>
) -> (values: Tensor<Model.Number>, gradients: [Tensor<Model.Number>]) {
  let recording = Recording(model.parameters)
  let values = losses(model.replacingParameters(recording.followed))
  require(
    values.rank == 1, "perExampleGradients: the losses have shape \(values.shape), not [examples]")
  let examples = values.count
  require(examples > 0, "perExampleGradients: there is no example")
  let tape = Tape(from: values.contents, to: recording.variables)
  require(
    !tape.isFollowed,
    "perExampleGradients: another tape follows the losses; nest them the other way")
  let seed = Tensor<Model.Number>(repeating: 1, shape: [examples])
  let gradients = tape.gradients(from: seed, forEachOf: examples)
  let parts = zip(model.parameters, gradients).map { parameter, gradient in
    gradient ?? Tensor(zeros: [examples] + parameter.shape)
  }
  return (values.detached, parts)
}

/// The part of the gradient with respect to a parameter, an example at a time; the second table of
/// derivatives, for the few ways in which parameters meet examples.
///
/// `g`, `x`, `y` and `i` are as for ``rule(_:_:_:_:input:)``; input `i` is a parameter.
func perExampleRule<E: Scalar>(
  _ operation: Operation, _ g: Tensor<E>, _ x: Operands<E>, _ y: Tensor<E>, input i: Int,
  examples n: Int
) -> Tensor<E> {
  let shape = x[i].shape
  switch operation {
  case .add where apart(y, shape): return g.summed(forEachOf: n, to: shape)
  case .subtract where apart(y, shape): return (i == 0 ? g : -g).summed(forEachOf: n, to: shape)
  case .multiply where apart(y, shape): return (g * x[1 - i]).summed(forEachOf: n, to: shape)
  case .divide where i == 1 && apart(y, shape):
    return -(g * y / x[1]).summed(forEachOf: n, to: shape)
  case .convolution(let form) where i == 1 && x[0].shape[0] == n:
    return perExampleFilterGradient(x[0], g, form, shape: shape)
  case .matmul(false, let tb) where i == 1 && x[0].rank == 2 && x[0].shape[0] % n == 0:
    let left = (tb ? g : x[0]).grouped(n)
    return products(left, (tb ? x[0] : g).grouped(n), true, false)
  case .affine where i == 1 && x[0].shape[0] % n == 0:
    return products(x[0].grouped(n), g.grouped(n), true, false)
  case .affine where i == 2 && y.shape[0] % n == 0: return g.summed(forEachOf: n, to: shape)
  case .rowNorm(let norm) where i == 1 && norm.examples % n == 0:
    let plain = Tensor<E>.concatenated([
      Tensor(repeating: 1, shape: [1, norm.channels]), Tensor(zeros: [1, norm.channels]),
    ])
    let sums = [g * norm(x[0], plain), g].map { part in
      part.reshaped(to: [n, norm.examples / n, norm.channels, norm.inner]).sum(over: [1, 3])
        .reshaped(to: [n, 1, norm.channels])
    }
    return Tensor.concatenated(sums, along: 1)
  case .gather(let axis, let rows) where i == 0 && axis == 0 && rows.count % n == 0:
    // Row r of example e goes to row e V + r of n tables of V rows.
    let perExample = rows.count / n
    let apart = rows.enumerated().map { $0.offset / perExample * shape[0] + $0.element }
    return g.scattered(apart, along: 0, of: n * shape[0]).reshaped(to: [n] + shape)
  default:
    fatalError(
      "perExampleGradients: no rule for a parameter \(shape) as input \(i) of \(operation.name)")
  }
  // A parameter that repeats along the first axis of the result, the examples.
  func apart(_ y: Tensor<E>, _ shape: [Int]) -> Bool {
    y.rank > 0 && y.shape[0] % n == 0 && (shape.count < y.rank || shape[0] == 1)
  }
}

extension Operation {
  /// Whether it treats the entries of its results' first axis apart, given that input `i`, of a
  /// shape, holds the examples in that axis.
  func keepsExamplesApart(input i: Int, of node: Node, examples n: Int) -> Bool {
    let input = node.inputs[i]
    let output = node.output
    guard let before = input.shape.first, let after = output.shape.first, before % n == 0,
      after % n == 0
    else { return false }
    switch self {
    case .add, .subtract, .multiply, .divide, .power, .maximum, .minimum, .gate, .elu, .leaky,
      .multiplyAdd, .choose, .broadcast, .matmulBatched:
      return before == after && input.shape.count == output.shape.count
    case .negate, .absolute, .squareRoot, .relu, .exp, .expm1, .log, .log1p, .tanh, .logistic,
      .softplus, .sin, .cos, .erf, .square, .inverseSquareRoot, .gelu, .geluTanh, .silu,
      .normalDistribution, .straightThrough, .reshape, .softmax, .logSoftmax, .logSumExp,
      .softCrossEntropy, .crossEntropy:
      return true
    case .sum(let axis), .sumOfSquares(let axis), .product(let axis), .extremeAlong(let axis, _),
      .cumulativeSum(let axis, _), .gather(let axis, _), .take(let axis, _):
      return axis > 0
    case .permute(let axes): return axes[0] == 0
    case .slice(let stretch): return stretch.axis > 0
    case .concatenate(let axis, _): return axis > 0
    case .matmul(let transposing, _): return i == 0 && !transposing
    case .affine, .rowNorm, .selfAttention: return i == 0
    case .convolution, .convolutionInput: return i == 0
    case .placesTaken, .resampled: return input.shape.count > 2
    default: return false
    }
  }

  /// The operation's name, without what it carries.
  var name: String { String("\(self)".prefix { $0 != "(" }) }
}

extension Tensor {
  /// The sum over the axes along which a shape was repeated, except for the first, the examples.
  func summed(forEachOf examples: Int, to shape: [Int]) -> Tensor {
    let target = shape.count == rank ? Array(shape.dropFirst()) : shape
    let apart = [examples, self.shape[0] / examples] + self.shape.dropFirst()
    let middle = Array(repeating: 1, count: rank - target.count) + target
    return reshaped(to: apart).summed(to: [examples] + middle).reshaped(to: [examples] + shape)
  }
}

extension Tensor {
  /// The first axis, of `n` groups, as two.
  fileprivate func grouped(_ n: Int) -> Tensor {
    reshaped(to: [n, shape[0] / n] + shape.dropFirst())
  }
}

extension Tape {
  /// The gradient with respect to each variable, for each example; nil as for the sum.
  consuming func gradients<E: Scalar>(
    from seed: Tensor<E>, forEachOf examples: Int
  ) -> [Tensor<E>?] {
    // Parameters, and what was only put into another form since: no example has met them yet.
    var parameters = Set(variables.map { $0.number })
    for node in nodes {
      guard let node, node.operation.movesParameters,
        node.inputs.allSatisfy({ $0.node.map { parameters.contains($0.number) } ?? false })
      else { continue }
      parameters.insert(node.number)
    }
    return walk(from: seed) { node, gradient, inputs, output, number, _ in
      if parameters.contains(node.number) {
        return moved(node.operation, gradient, back: inputs, input: number)
      }
      if let parent = node.inputs[number].node, parameters.contains(parent.number) {
        return perExampleRule(
          node.operation, gradient, inputs, output, input: number, examples: examples)
      }
      require(
        node.operation.keepsExamplesApart(input: number, of: node, examples: examples),
        "perExampleGradients: \(node.operation.name) does not keep \(examples) examples apart")
      return rule(node.operation, gradient, inputs, output, input: number)
    }
  }
}

extension Operation {
  /// Whether it puts parameters into another form, one for one.
  fileprivate var movesParameters: Bool {
    switch self {
    case .reshape, .concatenate, .permute: true
    default: false
    }
  }
}

/// The rule of an operation that moves parameters, where the gradients of the examples lie along a
/// first axis of their own.
private func moved<E>(
  _ operation: Operation, _ g: Tensor<E>, back x: Operands<E>, input i: Int
) -> Tensor<E> {
  switch operation {
  case .concatenate(let axis, let starts):
    return g.sliced(along: axis + 1, starts[i]..<starts[i] + x[i].shape[axis])
  case .permute(let axes):
    return g.permuted([0] + axes.indices.map { (axes.firstIndex(of: $0) ?? 0) + 1 })
  default: return g.reshaped(to: [g.shape[0]] + x[i].shape)
  }
}
