/// An operation that a tape records; its derivative is a line of the table in `Rules.swift`.
enum Operation: Sendable {
  case variable
  case add, subtract, multiply, divide, power, maximum, minimum, gate
  case negate, absolute, squareRoot, relu
  case exp, expm1, log, log1p, tanh, logistic, softplus, sin, cos, erf
  case reshape, transpose
  case broadcast
  case sum(axis: Int)
  case matmul(Bool, Bool)
  // Functions of entries.
  case square, inverseSquareRoot, gelu, geluTanh, silu, elu, leaky
  case normalDistribution, normalQuantile, logGamma, digamma, trigamma
  case geluSlope, geluTanhSlope, siluSlope
  case multiplyAdd, choose
  // Reductions along an axis.
  case extremeAlong(axis: Int, least: Bool)
  case sumOfSquares(axis: Int)
  case product(axis: Int)
  case cumulativeSum(axis: Int, fromTheEnd: Bool)
  // Movements and choices along an axis.
  case permute([Int])
  case slice(Stretch)
  case embed(Stretch)
  case concatenate(axis: Int, starts: [Int])
  case gather(axis: Int, [Int])
  case scatter(axis: Int, [Int])
  case take(axis: Int, [Int])
  case put(axis: Int, [Int])
  // Functions of rows, and their gradients.
  case softmax, logSoftmax, logSumExp, softCrossEntropy
  case softmaxGradient, logSoftmaxGradient
  case crossEntropy([Int])
  case crossEntropyGradient([Int])
  case rowNorm(RowNorm)
  case rowNormGradient(RowNorm)
  case rowNormParameters(RowNorm)
  case batchNorm(BatchNorm)
  case batchNormGradient(BatchNorm)
  case batchNormParameters(BatchNorm)
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
