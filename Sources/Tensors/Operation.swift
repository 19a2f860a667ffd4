internal import Synchronization

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
  case matmulBatched(Bool, Bool)
  case affine
  case rounded
  case roundedMatmul(RoundedSteps)
  case roundedMatmulGradient
  case convolution(Convolution)
  case convolutionInput(Convolution)
  case convolutionFilters(Convolution)
  case resampled(AxisMap, AxisMap)
  case placesTaken(Places)
  case placesPut(Places)
  case straightThrough
  case custom(CustomDerivative)
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
  case selfAttention(SelfAttention)
  case selfAttentionGradient(SelfAttention)
}

private let nodesMade = Atomic<UInt64>(0)

/// One recorded operation: what went in and what came out.
///
/// Unchecked: `inputs` changes only in `deinit`, when nobody else can see it.
final class Node: @unchecked Sendable {
  let operation: Operation
  private(set) var inputs: [Contents]
  // What came out, without this node: it would hold itself.
  private let result: Contents
  /// Rises with every node of the process: what went into a node has a lower number.
  let number: UInt64

  init(_ operation: Operation, inputs: [Contents], result: Contents) {
    self.operation = operation
    self.inputs = inputs
    self.result = result
    number = nodesMade.add(1, ordering: .relaxed).oldValue
  }

  /// What came out, followed by the tape.
  var output: Contents {
    var output = result
    output.node = self
    return output
  }

  // A long chain of nodes is taken apart in a loop: freeing it recursively would end the stack.
  deinit {
    guard inputs.contains(where: { $0.node != nil }) else { return }
    var waiting = inputs.compactMap { $0.node }
    inputs = []
    while var node = waiting.popLast() {
      guard isKnownUniquelyReferenced(&node) else { continue }
      for input in node.inputs {
        if let parent = input.node { waiting.append(parent) }
      }
      node.inputs = []
    }
  }
}

extension Tensor {
  /// The tensor as the result of an operation: followed by a tape when one of the inputs is.
  func recorded(_ operation: Operation, _ input: Tensor) -> Tensor {
    input.node == nil ? self : following(operation, [input.contents])
  }

  func recorded(_ operation: Operation, _ first: Tensor, _ second: Tensor) -> Tensor {
    first.node == nil && second.node == nil
      ? self : following(operation, [first.contents, second.contents])
  }

  func recorded(_ operation: Operation, _ inputs: [Tensor]) -> Tensor {
    guard inputs.contains(where: { $0.node != nil }) else { return self }
    return following(operation, inputs.map { $0.contents })
  }

  func recorded(
    _ operation: Operation, _ first: Tensor, _ second: Tensor, _ third: Tensor, _ rest: Tensor...
  ) -> Tensor {
    recorded(operation, [first, second, third] + rest)
  }

  private func following(_ operation: Operation, _ inputs: [Contents]) -> Tensor {
    Tensor(Node(operation, inputs: inputs, result: contents).output)
  }
}

/// What went into a recorded operation, as tensors; as constants where no tape follows the walk.
struct Operands<Element: Scalar>: RandomAccessCollection {
  let node: Node
  let isFollowed: Bool
  /// Of a custom derivative: the gradients of all inputs, which it gives at once.
  var gradients: [Contents?] = []

  var startIndex: Int { 0 }
  var endIndex: Int { node.inputs.count }

  subscript(_ index: Int) -> Tensor<Element> {
    var contents = node.inputs[index]
    if !isFollowed { contents.node = nil }
    return Tensor(contents)
  }
}
