/// An operation that a tape records; its derivative is a line of the table in `Rules.swift`.
enum Operation: Sendable {
  case variable
  case add, subtract, multiply, divide, power, maximum, minimum, gate
  case negate, absolute, squareRoot, relu
  case exp, expm1, log, log1p, tanh, logistic, softplus, sin, cos, erf
  case reshape, transpose
  case broadcast
  case sum(axis: Int)
  case maximumAlong(axis: Int)
  case rows(Range<Int>)
  case embeddedRows(Range<Int>)
  case gather([Int])
  case scatter([Int])
  case concatenate([Int])
  case matmul(Bool, Bool)
  case convolution(Convolution)
  case convolutionInput(Convolution)
  case convolutionFilters(Convolution)
  case softmax
  case logSoftmax
  case logSumExp
  case crossEntropy([Int])
  case softmaxLessOneHot([Int])
}

/// One recorded operation: what went in and what came out.
///
/// Unchecked: `inputs` changes only in `deinit`, when nobody else can see it.
final class Node<Element: Scalar>: @unchecked Sendable {
  let operation: Operation
  private(set) var inputs: [Tensor<Element>]
  private let storage: [Element]
  private let shape: [Int]

  init(_ operation: Operation, inputs: [Tensor<Element>], result: Tensor<Element>) {
    self.operation = operation
    self.inputs = inputs
    storage = result.storage
    shape = result.shape
  }

  /// What came out, followed by the tape.
  var output: Tensor<Element> { Tensor(storage: storage, shape: shape, node: self) }

  // A long chain of nodes is taken apart in a loop: freeing it recursively would end the stack.
  deinit {
    var waiting = inputs.compactMap(\.node)
    inputs = []
    while var node = waiting.popLast() {
      guard isKnownUniquelyReferenced(&node) else { continue }
      waiting.append(contentsOf: node.inputs.compactMap(\.node))
      node.inputs = []
    }
  }
}

extension Tensor {
  /// The tensor as the result of an operation: followed by a tape when one of the inputs is.
  func recorded(_ operation: Operation, _ inputs: Tensor...) -> Tensor {
    recorded(operation, inputs)
  }

  func recorded(_ operation: Operation, _ inputs: [Tensor]) -> Tensor {
    guard inputs.contains(where: { $0.node != nil }) else { return self }
    return Tensor(
      storage: storage, shape: shape,
      node: Node(operation, inputs: inputs, result: self))
  }
}
