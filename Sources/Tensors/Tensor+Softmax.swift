internal import CKernels

/// The softmax of each row.
///
///     exp(xᵢⱼ) / Σₖ exp(xᵢₖ)
///
/// - Shapes: `[rows, classes]`, and the same for the result.
/// - Precondition: the tensor has two axes and a class.
public func softmax<E>(_ x: Tensor<E>) -> Tensor<E> {
  x.rowwise("softmax", CK_SOFTMAX).recorded(.softmax, x)
}

/// The logarithm of the softmax of each row.
///
/// - Shapes: `[rows, classes]`, and the same for the result.
/// - Precondition: the tensor has two axes and a class.
public func logSoftmax<E>(_ x: Tensor<E>) -> Tensor<E> {
  x.rowwise("logSoftmax", CK_LOG_SOFTMAX).recorded(.logSoftmax, x)
}

/// The logarithm of the sum of the exponentials of each row.
///
/// - Shapes: `[rows, classes]` gives `[rows]`.
/// - Precondition: the tensor has two axes and a class.
public func logSumExp<E>(_ x: Tensor<E>) -> Tensor<E> {
  x.rowwise("logSumExp", CK_LOG_SUM_EXP).recorded(.logSumExp, x)
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
  logits.rowwise("crossEntropy", CK_CROSS_ENTROPY, labels).recorded(.crossEntropy(labels), logits)
}

extension Tensor {
  /// The gradient of the cross-entropies, accurate also where a probability is close to one.
  func softmaxLessOneHot(_ labels: [Int]) -> Tensor {
    rowwise("crossEntropy", CK_SOFTMAX_LESS_ONE_HOT, labels)
      .recorded(.softmaxLessOneHot(labels), self)
  }

  func rowwise(_ name: String, _ operation: ck_row_op, _ labels: [Int]? = nil) -> Tensor {
    require(rank == 2 && shape[1] > 0, "\(name): shape \(shape) is not [rows, classes]")
    if let labels {
      require(
        labels.count == shape[0],
        "\(name): logits \(shape) and labels [\(labels.count)] differ in rows")
      for label in labels {
        require(
          label >= 0 && label < shape[1], "\(name): label \(label) is no class of logits \(shape)")
      }
    }
    let reduces = operation == CK_LOG_SUM_EXP || operation == CK_CROSS_ENTROPY
    let labels = labels.map { $0.map(Int64.init) } ?? []
    return Tensor(shape: reduces ? [shape[0]] : shape) { target in
      withPointer { ck_rows(Self.type, operation, shape[0], shape[1], $0, labels, target) }
    }
  }
}
