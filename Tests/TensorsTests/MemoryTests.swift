import Tensors
import Testing

struct `The memory of tensors` {
  @Test func `is shared by copies until one is changed`() {
    let first = Tensor<Float>([1, 2, 3])
    var second = first
    second += 1
    #expect(first == Tensor([1, 2, 3]))
    #expect(second == Tensor([2, 3, 4]))
    var part = first.rows(1..<3)
    part *= 2
    #expect(first == Tensor([1, 2, 3]))
    #expect(part == Tensor([4, 6]))
  }

  @Test func `is shared by rows and by other shapes`() {
    let matrix = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [3, 2])
    #expect(address(matrix.rows(1..<3)) == address(matrix) + 2 * 8)
    #expect(address(matrix.reshaped(to: [6])) == address(matrix))
    #expect(matrix.rows(1..<3).rows(1..<2) == Tensor([5, 6], shape: [1, 2]))
    #expect(matrix.rows(3..<3).scalars.isEmpty)
  }

  @Test func `stays where it is when a tensor that nobody shares is changed`() {
    var tensor = Tensor<Float>(zeros: [1000])
    let before = address(tensor)
    tensor += 1
    tensor.add(Tensor(repeating: 1, shape: [1000]), scaledBy: 2)
    tensor[3] = 7
    #expect(address(tensor) == before)
    #expect(tensor[2] == 3 && tensor[3] == 7)
  }

  @Test func `is asked of the system once for a training step that repeats itself`() async {
    // In a process of its own: other tests ask for memory at the same time.
    await #expect(processExitsWith: .success) {
      var stream = RandomStream(paper: "memory", seed: 1, purpose: .data)
      var weights: [Tensor<Float>] = [[20, 30], [30], [30, 4]].map { stream.normal(shape: $0) }
      let x: Tensor<Float> = stream.normal(shape: [16, 20])
      func step() {
        let change = gradient(at: weights) { w in
          softmaxCrossEntropy(
            logits: matmul(relu(matmul(x, w[0]) + w[1]), w[2]),
            labels: (0..<16).map { $0 % 4 })
        }
        weights.forEachParameter(with: change) { $0.add($1, scaledBy: -0.1) }
      }
      step()
      let first = Kernels.freshMemory
      for _ in 0..<10 { step() }
      require(first > 0 && Kernels.freshMemory == first, "\(first) \(Kernels.freshMemory)")
    }
  }

  private func address<E>(_ tensor: Tensor<E>) -> Int {
    tensor.withScalars { Int(bitPattern: $0.baseAddress) }
  }
}
