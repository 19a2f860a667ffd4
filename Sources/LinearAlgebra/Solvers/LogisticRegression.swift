public import Tensors

/// Logistic regression with an L2 penalty, by L-BFGS.
///
///     min ½ ‖W‖² + C Σᵢ loss(xᵢᵀW + b, yᵢ)
///
/// The loss is the cross-entropy of the softmax; of two classes that of one logit for the second,
/// which halves the penalty's parameters. The bias is not penalised.
///
/// - Shapes: x [n, d]; labels n of 0..<classes; weights [d, outputs] and bias [outputs], where there
///   is one output of two classes and else one a class.
/// - Accuracy: the gradient's largest entry is at most `tolerance`; tested against SciPy.
/// - Source: as `minimize`.
/// - Precondition: `x` is a matrix, there is one label a row, at least two classes, C is above zero.
/// - Parameters:
///   - x: The regressors.
///   - labels: The classes.
///   - classes: How many there are.
///   - cost: C.
///   - fittingBias: Whether b is fitted.
///   - tolerance: The largest entry of the gradient accepted.
///   - iterations: How many steps may be taken.
/// - Returns: The classifier with its certificate.
/// - Throws: As `minimize`.
public func logisticRegression(
  _ x: Tensor<Double>, labels: [Int], classes: Int, cost: Double = 1, fittingBias: Bool = true,
  tolerance: Double = 1e-6, iterations: Int = 10_000
) throws(LinearAlgebraError) -> LinearClassifier {
  require(
    x.rank == 2 && labels.count == x.shape[0] && classes >= 2 && cost > 0
      && labels.allSatisfy { $0 >= 0 && $0 < classes },
    "logisticRegression: regressors \(x.shape), \(labels.count) labels of \(classes) classes")
  try requireFinite("logisticRegression", x)
  let (n, d) = (x.shape[0], x.shape[1])
  let outputs = classes == 2 ? 1 : classes
  let x = x.detached
  let signs = Tensor(labels.map { $0 == 1 ? 1.0 : -1 }, shape: [n, 1])
  var targets = [Double](repeating: 0, count: n * outputs)
  if outputs > 1 { for (row, label) in labels.enumerated() { targets[row * outputs + label] = 1 } }
  let wanted = Tensor(targets, shape: [n, outputs])
  // The last row holds the bias.
  let minimum = try minimize(
    from: Tensor(zeros: [d + 1, outputs]), tolerance: tolerance, iterations: iterations
  ) { v in
    let w = v.rows(0..<d)
    let scores = matmul(x, w) + v.rows(d..<d + 1)
    let loss: Double
    let pull: Tensor<Double>
    if outputs == 1 {
      loss = softplus(-(signs * scores)).sum().item
      pull = -(signs * logistic(-(signs * scores)))
    } else {
      loss = crossEntropies(logits: scores, labels: labels).sum().item
      pull = softmax(scores) - wanted
    }
    let slope = w + cost * matmul(x, pull, transposingA: true)
    let end = fittingBias ? cost * pull.sum(along: 0) : Tensor(zeros: [outputs])
    return (
      inner(w, w) / 2 + cost * loss,
      Tensor.concatenated([slope, end.reshaped(to: [1, outputs])])
    )
  }
  return LinearClassifier(
    weights: minimum.point.rows(0..<d), bias: minimum.point.rows(d..<d + 1).reshaped(to: [outputs]),
    minimum: minimum)
}
