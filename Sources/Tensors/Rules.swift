internal import CKernels

/// The derivative rules, one line an operation: what the gradient `g` with respect to the result
/// `y` says about the gradient with respect to input `i` of `x`; nil where it says nothing.
///
/// Written with operations that have rules themselves, so derivatives can be taken again.
func rule<E: Scalar>(
  _ operation: Operation, _ g: Tensor<E>, _ x: Operands<E>, _ y: Tensor<E>, input i: Int
) -> Tensor<E>? {
  switch operation {
  case .variable: g
  case .add: g.summed(to: x[i].shape)
  case .subtract: (i == 0 ? g : -g).summed(to: x[i].shape)
  case .multiply: (g * x[1 - i]).summed(to: x[i].shape)
  case .divide: (i == 0 ? g / x[1] : -(g * y / x[1])).summed(to: x[i].shape)
  case .power: (i == 0 ? g * x[1] * pow(x[0], x[1] - 1) : g * y * log(x[0])).summed(to: x[i].shape)
  case .maximum: gate(g, where: i == 0 ? x[0] - x[1] : x[1] - x[0]).summed(to: x[i].shape)
  case .minimum: gate(g, where: i == 0 ? x[1] - x[0] : x[0] - x[1]).summed(to: x[i].shape)
  case .gate: i == 0 ? gate(g, where: x[1]).summed(to: x[0].shape) : nil
  case .negate: -g
  case .absolute: gate(g, where: x[0]) - gate(g, where: -x[0])
  case .squareRoot: g / (2 * y)
  case .relu: gate(g, where: x[0])
  case .exp: g * y
  case .expm1: g * (y + 1)
  case .log: g / x[0]
  case .log1p: g / (1 + x[0])
  case .tanh: g * (1 - y * y)
  case .logistic: g * y * (1 - y)
  case .softplus: g * logistic(x[0])
  case .sin: g * cos(x[0])
  case .cos: -(g * sin(x[0]))
  case .erf: g * E(1.1283791670955126) * exp(-(x[0] * x[0]))  // 2 / sqrt(pi)
  case .reshape: g.reshaped(to: x[0].shape)
  case .transpose: g.transposed()
  case .broadcast: g.summed(to: x[0].shape)
  case .sum(let axis): g.inserting(axis: axis).broadcast(to: x[0].shape)
  case .matmul(let ta, let tb) where i == 0:
    ta ? product(x[1], g, tb, true) : product(g, x[1], false, !tb)
  case .matmul(let ta, let tb):
    tb ? product(g, x[0], true, ta) : product(x[0], g, !ta, false)
  case .matmulBatched(let ta, let tb) where i == 0:
    (ta ? products(x[1], g, tb, true) : products(g, x[1], false, !tb)).summed(to: x[0].shape)
  case .matmulBatched(let ta, let tb):
    (tb ? products(g, x[0], true, ta) : products(x[0], g, !ta, false)).summed(to: x[1].shape)
  case .affine where i == 0: product(g, x[1], false, true)
  case .affine: i == 1 ? product(x[0], g, true, false) : g.sum(along: 0)
  case .rounded: g
  case .roundedMatmul(let steps): roundedMatmulGradient(x[0], x[1], g, steps, factor: i)
  case .roundedMatmulGradient: fatalError("roundedMatmul: this gradient has no derivative")
  case .convolution(let form) where i == 0:
    convolutionInput("convolution", g, x[1], form, shape: x[0].shape)
  case .convolution(let form): convolutionFilters(x[0], g, form, shape: x[1].shape)
  case .convolutionInput(let form) where i == 0: convolution(g, x[1], form)
  case .convolutionInput(let form): convolutionFilters(g, x[0], form, shape: x[1].shape)
  case .convolutionFilters(let form) where i == 0:
    convolutionInput("convolution", x[1], g, form, shape: x[0].shape)
  case .convolutionFilters(let form): convolution(x[0], g, form)
  case .resampled(let rows, let columns): g.resampled(rows.transposed, columns.transposed)
  case .placesTaken(let places): g.put(places)
  case .placesPut(let places): g.taken(places)
  case .straightThrough: g
  case .custom: x.gradients[i].map { Tensor($0) }
  case .square: 2 * x[0] * g
  case .inverseSquareRoot: -0.5 * g * y / x[0]
  case .gelu: i == 0 ? g * x[1] : nil
  case .geluSlope: g * normalDensity(x[0]) * (2 - square(x[0]))
  case .geluTanh: g * x[0].mapped(CK_GELU_TANH_SLOPE, .geluTanhSlope)
  case .geluTanhSlope: again(g, x, input: 0) { geluTanhSlope($0[0]) }
  case .silu: g * x[0].mapped(CK_SILU_SLOPE, .siluSlope)
  case .siluSlope: again(g, x, input: 0) { logistic($0[0]) * (1 + $0[0] * logistic(-$0[0])) }
  case .elu where i == 0: choose(where: x[0].isGreater(than: Tensor(0)), g, else: g * (y + x[1]))
  case .leaky:
    choose(
      where: x[0].isGreater(than: Tensor(0)), i == 0 ? g : Tensor(0), else: g * x[1 - i]
    ).summed(to: x[i].shape)
  case .normalDistribution: g * normalDensity(x[0])
  case .normalQuantile: g / normalDensity(y)
  case .logGamma: g * digamma(x[0])
  case .digamma: g * trigamma(x[0])
  case .trigamma: fatalError("trigamma: its derivative is not there")
  case .multiplyAdd: (i == 2 ? g : g * x[1 - i]).summed(to: x[i].shape)
  case .choose where i > 0:
    choose(where: x[0], i == 1 ? g : Tensor(0), else: i == 1 ? Tensor(0) : g)
      .summed(to: x[i].shape)
  case .choose, .elu: nil
  case .extremeAlong(let axis, let least):
    g.inserting(axis: axis)
      .put(x[0].extremeIndices(along: axis, least: least), along: axis, of: x[0].shape[axis])
  case .product(let axis): (g * y).inserting(axis: axis) / x[0]
  case .sumOfSquares(let axis): 2 * x[0] * g.inserting(axis: axis)
  case .cumulativeSum(let axis, let fromTheEnd):
    g.cumulativeSum(along: axis, fromTheEnd: !fromTheEnd)
  case .permute(let axes): g.permuted(inverse(of: axes))
  case .slice(let stretch): g.embedded(stretch)
  case .embed(let stretch): g.sliced(stretch)
  case .concatenate(let axis, let starts):
    g.sliced(along: axis, starts[i]..<starts[i] + x[i].shape[axis])
  case .gather(let axis, let indices): g.scattered(indices, along: axis, of: x[0].shape[axis])
  case .scatter(let axis, let indices): g.gathered(indices, along: axis)
  case .take(let axis, let indices): g.put(indices, along: axis, of: x[0].shape[axis])
  case .put(let axis, let indices): g.taken(indices, along: axis)
  case .softmax: softmaxGradient(y, g)
  case .softmaxGradient where i == 0: g * (x[1] - rowSum(x[0] * x[1])) - x[1] * rowSum(g * x[0])
  case .softmaxGradient: softmaxGradient(x[0], g)
  case .logSoftmax: logSoftmaxGradient(y, g)
  case .logSoftmaxGradient where i == 0: -(g * exp(x[0]) * rowSum(x[1]))
  case .logSoftmaxGradient: g - rowSum(g * exp(x[0]))
  case .logSumExp: softmax(x[0]) * g.inserting(axis: 1)
  case .softCrossEntropy where i == 0:
    (softmax(x[0]) * rowSum(x[1]) - x[1]) * g.inserting(axis: 1)
  case .softCrossEntropy: -logSoftmax(x[0]) * g.inserting(axis: 1)
  case .crossEntropy(let labels): crossEntropyGradient(x[0], g, labels)
  case .crossEntropyGradient(let labels) where i == 1:
    rowSum(g * crossEntropyGradient(x[0], Tensor(repeating: 1, shape: x[1].shape), labels))
      .reshaped(to: x[1].shape)
  case .crossEntropyGradient: softmaxGradient(softmax(x[0]), g * x[1].inserting(axis: 1))
  case .rowNorm(let norm):
    i == 0 ? norm.gradient(x[0], x[1], x[2], g) : i == 1 ? norm.parameters(x[0], x[2], g) : nil
  case .rowNormGradient(let norm) where i != 2:
    again(g, x, input: i) { x in gradient(at: x[0]) { (norm.composed($0, x[1]) * x[3]).sum() } }
  case .rowNormParameters(let norm) where i != 1:
    again(g, x, input: i) { x in
      let parameters = Tensor<E>(zeros: [2, norm.channels])
      return gradient(at: parameters) { (norm.composed(x[0], $0) * x[2]).sum() }
    }
  case .batchNorm(let norm):
    i == 0
      ? norm.gradient(x[0], x[1], x[2], g) : i == 1 ? norm.parameters(x[0], x[1], x[2], g) : nil
  case .batchNormGradient(let norm) where i != 2:
    again(g, x, input: i) { x in gradient(at: x[0]) { (norm.composed($0, x[1]) * x[3]).sum() } }
  case .batchNormParameters(let norm) where i != 2:
    again(g, x, input: i) { x in gradient(at: x[1]) { (norm.composed(x[0], $0) * x[3]).sum() } }
  case .selfAttention(let form): i == 0 ? form.gradient(x[0], x[1], g) : nil
  case .selfAttentionGradient(let form) where i != 1:
    again(g, x, input: i) { x in gradient(at: x[0]) { (form.composed($0) * x[2]).sum() } }
  case .rowNormGradient, .rowNormParameters, .batchNormGradient, .batchNormParameters,
    .selfAttentionGradient:
    nil
  }
}

/// What the gradient `g` with respect to a gradient says about input `i`, where that gradient is
/// the given function of its inputs.
private func again<E: Scalar>(
  _ g: Tensor<E>, _ x: Operands<E>, input i: Int, _ function: ([Tensor<E>]) -> Tensor<E>
) -> Tensor<E> {
  gradient(at: x[i]) { input in
    var inputs = Array(x)
    inputs[i] = input
    return (function(inputs) * g).sum()
  }
}

/// The derivative of ``geluTanh(_:)`` made of other operations.
private func geluTanhSlope<E: Scalar>(_ x: Tensor<E>) -> Tensor<E> {
  let squares = square(x)
  let rate = E(1.5957691216057308)  // 2 √(2/π)
  let angle = x * (squares * E(0.044715) + 1) * rate
  let y = logistic(angle)
  return y + x * y * (1 - y) * (squares * E(3 * 0.044715) + 1) * rate
}

private func rowSum<E>(_ x: Tensor<E>) -> Tensor<E> { x.sum(along: 1, keepingAxis: true) }
