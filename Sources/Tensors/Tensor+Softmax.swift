internal import CKernels

// Functions of the rows of logits along an axis. The sum of a row's exponentials is taken without
// the first greatest of them, and by rule 2 of the bit contract. A `Float` exponential below the
// least normal number counts as zero.

/// The softmax along an axis, the last one unless told.
///
///     exp(xⱼ) / Σₖ exp(xₖ)
///
/// - Shapes: the result has the shape of `x`.
/// - Precondition: the tensor has the axis, and it is not empty.
public func softmax<E>(_ x: Tensor<E>, along axis: Int? = nil) -> Tensor<E> {
  x.byRows("softmax", axis) { rows in
    rows.rowwise(CK_SOFTMAX).recorded(.softmax, rows)
  }
}

/// The logarithm of the softmax along an axis, the last one unless told.
///
/// - Shapes: the result has the shape of `x`.
/// - Precondition: the tensor has the axis, and it is not empty.
public func logSoftmax<E>(_ x: Tensor<E>, along axis: Int? = nil) -> Tensor<E> {
  x.byRows("logSoftmax", axis) { rows in
    rows.rowwise(CK_LOG_SOFTMAX).recorded(.logSoftmax, rows)
  }
}

/// The logarithm of the sum of the exponentials along an axis, the last one unless told.
///
/// - Shapes: the result lacks the axis: `[rows, classes]` gives `[rows]`.
/// - Precondition: the tensor has the axis, and it is not empty.
public func logSumExp<E>(_ x: Tensor<E>, along axis: Int? = nil) -> Tensor<E> {
  x.byRows("logSumExp", axis, keepingAxis: false) { rows in
    rows.rowwise(CK_LOG_SUM_EXP).recorded(.logSumExp, rows)
  }
}

/// The mean cross-entropy of rows of logits against labels, in nats.
///
///     1/n Σᵢ (log Σₖ exp(xᵢₖ) − x[i, labelᵢ])
///
/// - Shapes: `[rows, classes]` and as many labels as rows; the result has shape `[]`.
/// - Accuracy: relative, also where a row's loss is far below one.
/// - Precondition: rows and labels agree, every label is a class, and there is a row.
public func softmaxCrossEntropy<E>(logits: Tensor<E>, labels: [Int]) -> Tensor<E> {
  crossEntropies(logits: logits, labels: labels).mean()
}

/// The cross-entropy of each row of logits against its label, in nats.
///
/// - Shapes: `[rows, classes]` and as many labels as rows give `[rows]`.
/// - Accuracy: relative, also where a row's loss is far below one.
/// - Precondition: rows and labels agree, and every label is a class.
public func crossEntropies<E>(logits: Tensor<E>, labels: [Int]) -> Tensor<E> {
  logits.requireLabels(labels)
  return logits.rowwise(CK_CROSS_ENTROPY, labels).recorded(.crossEntropy(labels), logits)
}

/// The cross-entropy of each row of logits against a distribution over the classes, in nats.
///
///     Σⱼ tⱼ (log Σₖ exp(xₖ) − xⱼ), with 0 where tⱼ = 0
///
/// - Shapes: `[rows, classes]` twice give `[rows]`.
/// - Precondition: both have one shape of two axes, with a class.
public func crossEntropies<E>(logits: Tensor<E>, targets: Tensor<E>) -> Tensor<E> {
  require(
    logits.rank == 2 && logits.shape == targets.shape && logits.shape[1] > 0,
    "crossEntropies: logits \(logits.shape) and targets \(targets.shape) are not [rows, classes]")
  return Tensor.rowPair(CK_SOFT_CROSS_ENTROPY, logits, targets, shape: [logits.shape[0]])
    .recorded(.softCrossEntropy, logits, targets)
}

/// The mean cross-entropy of rows of logits against distributions over the classes, in nats.
///
/// - Shapes: `[rows, classes]` twice; the result has shape `[]`.
/// - Precondition: both have one shape of two axes, with a row and a class.
public func softmaxCrossEntropy<E>(logits: Tensor<E>, targets: Tensor<E>) -> Tensor<E> {
  crossEntropies(logits: logits, targets: targets).mean()
}

/// The gradient with respect to the logits of a softmax `y`: `y (g − Σ g y)` a row.
func softmaxGradient<E>(_ y: Tensor<E>, _ g: Tensor<E>) -> Tensor<E> {
  Tensor.rowPair(CK_SOFTMAX_GRADIENT, y, g, shape: y.shape).recorded(.softmaxGradient, y, g)
}

/// The gradient with respect to the logits of a log-softmax `y`: `g − exp(y) Σ g` a row.
func logSoftmaxGradient<E>(_ y: Tensor<E>, _ g: Tensor<E>) -> Tensor<E> {
  Tensor.rowPair(CK_LOG_SOFTMAX_GRADIENT, y, g, shape: y.shape)
    .recorded(.logSoftmaxGradient, y, g)
}

/// The gradient of the cross-entropies, accurate also where a probability is close to one.
func crossEntropyGradient<E>(
  _ x: Tensor<E>, _ g: Tensor<E>, _ labels: [Int]
) -> Tensor<E> {
  let classes = labels.map(Int64.init)
  return Tensor(shape: x.shape) { target in
    x.withPointer { logits in
      g.withPointer { scales in
        ck_cross_entropy_gradient(
          Tensor<E>.type, x.shape[0], x.shape[1], logits, classes, scales, target)
      }
    }
  }.recorded(.crossEntropyGradient(labels), x, g)
}

extension Tensor {
  /// Applies a function of rows along an axis of any tensor.
  fileprivate func byRows(
    _ name: String, _ axis: Int?, keepingAxis: Bool = true, _ function: (Tensor) -> Tensor
  ) -> Tensor {
    let axis = axis ?? rank - 1
    require(
      shape.indices.contains(axis) && shape[axis] > 0,
      "\(name): shape \(shape) has no entries along axis \(axis)")
    if rank == 2 && axis == 1 { return function(self) }
    if axis == rank - 1 {
      let result = function(reshaped(to: [count / shape[axis], shape[axis]]))
      return result.reshaped(to: keepingAxis ? shape : Array(shape.dropLast()))
    }
    let moved = shape.indices.filter { $0 != axis } + [axis]
    let result = permuted(moved).byRows(name, rank - 1, keepingAxis: keepingAxis, function)
    return keepingAxis ? result.permuted(inverse(of: moved)) : result
  }

  fileprivate func requireLabels(_ labels: [Int]) {
    require(rank == 2 && shape[1] > 0, "crossEntropy: shape \(shape) is not [rows, classes]")
    require(
      labels.count == shape[0],
      "crossEntropy: logits \(shape) and labels [\(labels.count)] differ in rows")
    for label in labels {
      require(
        label >= 0 && label < shape[1],
        "crossEntropy: label \(label) is no class of logits \(shape)")
    }
  }

  fileprivate func rowwise(_ operation: ck_row_op, _ labels: [Int] = []) -> Tensor {
    let reduces = operation == CK_LOG_SUM_EXP || operation == CK_CROSS_ENTROPY
    let labels = labels.map(Int64.init)
    return Tensor(shape: reduces ? [shape[0]] : shape) { target in
      withPointer { ck_rows(Self.type, operation, shape[0], shape[1], $0, labels, target) }
    }
  }

  fileprivate static func rowPair(
    _ operation: ck_row_pair_op, _ x: Tensor, _ z: Tensor, shape: [Int]
  ) -> Tensor {
    Tensor(shape: shape) { target in
      x.withPointer { first in
        z.withPointer { second in
          ck_row_pairs(type, operation, x.shape[0], x.shape[1], first, second, target)
        }
      }
    }
  }
}
