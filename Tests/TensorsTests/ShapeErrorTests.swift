import Tensors
import Testing

struct `Wrong shapes` {
  /// What a failing operation must print: its name and both shapes.
  private func expect(
    _ result: ExitTest.Result?, toName texts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for text in texts {
      #expect(output.contains(text), "\(output)", sourceLocation: sourceLocation)
    }
  }

  @Test func `stop a matrix product`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = matmul(Tensor<Float>(zeros: [32, 784]), Tensor<Float>(zeros: [512, 10]))
    }
    expect(result, toName: "matmul", "[32, 784]", "[512, 10]")
    let batches = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = matmul(Tensor<Float>(zeros: [2, 2, 2]), Tensor<Float>(zeros: [3, 2, 2]))
    }
    expect(batches, toName: "matmul", "[2]", "[3]")
    await #expect(processExitsWith: .failure) {
      _ = matmul(Tensor<Float>(zeros: [2]), Tensor<Float>(zeros: [2]), transposingB: true)
    }
    let map = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = affine(
        Tensor<Float>(zeros: [3, 2]), Tensor<Float>(zeros: [2, 4]), Tensor<Float>(zeros: [3]))
    }
    expect(map, toName: "affine", "[3, 2]", "[2, 4]", "[3]")
  }

  @Test func `stop roundings to formats that do not fit`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let wide = NumberFormat(mantissaBits: 30, exponents: -10...10)
      _ = Tensor<Float>(zeros: [2]).rounded(to: wide)
    }
    expect(result, toName: "rounded", "30 mantissa bits", "float")
    await #expect(processExitsWith: .failure) {
      _ = NumberFormat(mantissaBits: 0, exponents: -10...10)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2]).rounded(to: .float16, draws: Tensor([0]))
    }
    let product = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let steps = RoundedSteps(product: .float16, sum: .float16)
      _ = roundedMatmul(Tensor<Float>(zeros: [3, 2]), Tensor<Float>(zeros: [3, 4]), steps)
    }
    expect(product, toName: "roundedMatmul", "[3, 2]", "[3, 4]")
    await #expect(processExitsWith: .failure) {
      let steps = RoundedSteps(product: .float16, sum: .float16, gradient: .change)
      _ = gradient(at: Tensor<Double>(zeros: [1, 1])) { x in
        gradient(at: x) { roundedMatmul($0, $0, steps).sum() }.sum()
      }
    }
  }

  @Test func `stop arithmetic that does not broadcast`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor<Float>(zeros: [2, 3]) + Tensor<Float>(zeros: [2])
    }
    expect(result, toName: "+", "[2, 3]", "[2]")
    await #expect(processExitsWith: .failure) {
      var x = Tensor<Float>(zeros: [2])
      x += Tensor<Float>(zeros: [3])
    }
    await #expect(processExitsWith: .failure) {
      var x = Tensor<Float>(zeros: [2])
      x.add(Tensor<Float>(zeros: [1]), scaledBy: 2)
    }
  }

  @Test func `stop a change of shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor<Double>(zeros: [2, 3]).reshaped(to: [4])
    }
    expect(result, toName: "reshaped", "[2, 3]", "[4]")
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>([1], shape: [2]) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [2]).transposed() }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [2]).broadcast(to: [3]) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.concatenated([Tensor<Double>(zeros: [2, 2]), Tensor<Double>(zeros: [2, 3])])
    }
  }

  @Test func `stop indices outside the shape`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor<Double>(zeros: [2, 3])[1, 3]
    }
    expect(result, toName: "subscript", "[1, 3]", "[2, 3]")
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [2]).rows(1..<3) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [2]).gathered(rows: [2]) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [2]).sum(along: 1) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [0, 2]).max(along: 0) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [0]).mean() }
    await #expect(processExitsWith: .failure) { _ = Tensor<Double>(zeros: [2]).item }
  }

  @Test func `stop a cross-entropy`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = softmaxCrossEntropy(logits: Tensor<Float>(zeros: [3, 2]), labels: [0, 1])
    }
    expect(result, toName: "crossEntropy", "[3, 2]", "[2]")
    await #expect(processExitsWith: .failure) {
      _ = softmaxCrossEntropy(logits: Tensor<Float>(zeros: [1, 2]), labels: [2])
    }
  }

  @Test func `stop a loss that is not one number`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = gradient(at: Tensor<Float>(zeros: [3])) { $0 * 2 }
    }
    expect(result, toName: "valueWithGradient", "[3]")
  }
}
