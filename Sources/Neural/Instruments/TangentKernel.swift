public import Tensors

/// The empirical tangent kernel of a model: inner products of its outputs' gradients.
///
///     K[i, j] = Σ over outputs c of ⟨∇ f_c(xᵢ), ∇ f_c(xⱼ)⟩
///
/// - Shapes: the outputs have shape [n] or [n, c]; the result [n, n].
/// - Accuracy: entries are chains of products by the bit contract, in the model's kind of number.
/// - Source: Jacot, Gabriel and Hongler, Neural Tangent Kernel (2018), eq. 9; the trace over outputs.
/// - Precondition: as `perExampleGradients(at:of:)`.
/// - Parameters:
///   - model: where.
///   - outputs: the outputs for n examples as a function of the model.
/// - Returns: the kernel.
public func tangentKernel<Model: Parameterised>(
  at model: Model, of outputs: (Model) -> Tensor<Model.Number>
) -> Tensor<Model.Number> {
  let gradients = outputGradients(at: model, of: outputs)
  return gradients.dropFirst().reduce(matmul(gradients[0], gradients[0], transposingB: true)) {
    $0 + matmul($1, $1, transposingB: true)
  }
}

/// The empirical tangent kernel between some examples and others, say test and training examples.
///
/// - Shapes: outputs of shape [n] or [n, c], others [m] or [m, c]; the result [n, m].
/// - Precondition: both have as many outputs, and as `perExampleGradients(at:of:)`.
/// - Parameters:
///   - model: where.
///   - outputs: the outputs for n examples.
///   - others: the outputs for m examples.
/// - Returns: the kernel.
public func tangentKernel<Model: Parameterised>(
  at model: Model, of outputs: (Model) -> Tensor<Model.Number>,
  with others: (Model) -> Tensor<Model.Number>
) -> Tensor<Model.Number> {
  let rows = outputGradients(at: model, of: outputs)
  let columns = outputGradients(at: model, of: others)
  require(
    rows.count == columns.count,
    "tangentKernel: \(rows.count) outputs against \(columns.count)")
  var sum = matmul(rows[0], columns[0], transposingB: true)
  for (row, column) in zip(rows, columns).dropFirst() {
    sum += matmul(row, column, transposingB: true)
  }
  return sum
}

/// For each output the examples' gradients as rows.
private func outputGradients<Model: Parameterised>(
  at model: Model, of outputs: (Model) -> Tensor<Model.Number>
) -> [Tensor<Model.Number>] {
  let shape = outputs(model).shape
  require(
    shape.count == 1 || shape.count == 2 && shape[1] > 0,
    "tangentKernel: outputs of shape \(shape)")
  if shape.count == 1 { return [exampleGradients(at: model, of: outputs)] }
  return (0..<shape[1]).map { output in
    exampleGradients(at: model) {
      outputs($0).sliced(along: 1, output..<output + 1).reshaped(to: [shape[0]])
    }
  }
}
