import TrainingCore

/// ResNet-18 for images of 32 × 32, without biases in its convolutions.
struct ResidualNetwork: Parameterised {
  typealias Number = Float

  struct Unit: Parameterised {
    var filters: Tensor<Float>
    var scale: Tensor<Float>
    var offset: Tensor<Float>
    let form: Convolution

    init(_ inputs: Int, _ outputs: Int, size: Int, stride: Int) {
      let spread = Float((2 / Double(inputs * size * size)).squareRoot())
      filters = spread * drawn([outputs, inputs, size, size])
      scale = Tensor(repeating: 1, shape: [outputs])
      offset = Tensor(zeros: [outputs])
      form = Convolution(stride: Extent(stride), padding: Margins(size / 2))
    }

    func callAsFunction(_ x: Tensor<Float>, rectified: Bool) -> Tensor<Float> {
      batchNorm(convolution(x, filters, form), scale: scale, offset: offset, rectified: rectified)
        .output
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      body(&filters)
      body(&scale)
      body(&offset)
    }
  }

  struct Block: Parameterised {
    var first: Unit
    var second: Unit
    var shortcut: Unit?

    init(_ inputs: Int, _ outputs: Int, stride: Int) {
      first = Unit(inputs, outputs, size: 3, stride: stride)
      second = Unit(outputs, outputs, size: 3, stride: 1)
      shortcut = inputs == outputs ? nil : Unit(inputs, outputs, size: 1, stride: stride)
    }

    func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
      relu(
        second(first(x, rectified: true), rectified: false)
          + (shortcut.map { $0(x, rectified: false) } ?? x))
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      first.forEachParameter(body)
      second.forEachParameter(body)
      shortcut.forEachParameter(body)
    }
  }

  var stem: Unit
  var blocks: [Block] = []
  var head: Linear<Float>

  init(width: Int) {
    stem = Unit(3, width, size: 3, stride: 1)
    var inputs = width
    for stage in 0..<4 {
      let outputs = width << stage
      blocks.append(Block(inputs, outputs, stride: stage == 0 ? 1 : 2))
      blocks.append(Block(outputs, outputs, stride: 1))
      inputs = outputs
    }
    head = Linear(weight: 0.01 * drawn([inputs, 10]), bias: Tensor(zeros: [10]))
  }

  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
    let image = blocks.reduce(stem(x, rectified: true)) { $1($0) }
    return head(image.mean(over: [2, 3]))
  }

  mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
    stem.forEachParameter(body)
    blocks.forEachParameter(body)
    head.forEachParameter(body)
  }
}
