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
  case .maximumAlong(let axis): x[0].firstMaxima(along: axis) * g.inserting(axis: axis)
  case .rows(let range): g.embedded(atRows: range, of: x[0].shape[0])
  case .embeddedRows(let range): g.rows(range)
  case .gather(let rows): g.scattered(toRows: rows, of: x[0].shape[0])
  case .scatter(let rows): g.gathered(rows: rows)
  case .concatenate(let starts): g.rows(starts[i]..<starts[i] + x[i].shape[0])
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
  case .convolution(let form) where i == 0:
    convolutionInput("convolution", g, x[1], form, shape: x[0].shape)
  case .convolution(let form): convolutionFilters(x[0], g, form, shape: x[1].shape)
  case .convolutionInput(let form) where i == 0: convolution(g, x[1], form)
  case .convolutionInput(let form): convolutionFilters(g, x[0], form, shape: x[1].shape)
  case .convolutionFilters(let form) where i == 0:
    convolutionInput("convolution", x[1], g, form, shape: x[0].shape)
  case .convolutionFilters(let form): convolution(x[0], g, form)
  case .resampled(let rows, let columns): g.resampled(rows.transposed, columns.transposed)
  case .taken(let places): g.put(places)
  case .put(let places): g.taken(places)
  case .softmax: y * (g - (g * y).sum(along: 1, keepingAxis: true))
  case .logSoftmax: g - softmax(x[0]) * g.sum(along: 1, keepingAxis: true)
  case .logSumExp: softmax(x[0]) * g.inserting(axis: 1)
  case .crossEntropy(let labels): x[0].softmaxLessOneHot(labels) * g.inserting(axis: 1)
  case .softmaxLessOneHot: rule(.softmax, g, x, softmax(x[0]), input: 0)
  case .straightThrough: g
  case .custom: x.gradients[i].map { Tensor($0) }
  }
}
