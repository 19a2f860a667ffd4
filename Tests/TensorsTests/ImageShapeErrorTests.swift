import Tensors
import Testing

struct `Wrong shapes of images` {
  private func expect(
    _ result: ExitTest.Result?, toName texts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    for text in texts {
      #expect(output.contains(text), "\(output)", sourceLocation: sourceLocation)
    }
  }

  @Test func `stop a convolution`() async {
    let channels = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = convolution(Tensor<Float>(zeros: [1, 3, 8, 8]), Tensor<Float>(zeros: [4, 2, 3, 3]))
    }
    expect(channels, toName: "convolution", "[1, 3, 8, 8]", "[4, 2, 3, 3]")
    let size = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = convolution(Tensor<Float>(zeros: [1, 2, 2, 8]), Tensor<Float>(zeros: [4, 2, 3, 3]))
    }
    expect(size, toName: "convolution", "[1, 2, 2, 8]", "[4, 2, 3, 3]")
    await #expect(processExitsWith: .failure) {
      _ = convolution(Tensor<Float>(zeros: [2, 8, 8]), Tensor<Float>(zeros: [4, 2, 3, 3]))
    }
    await #expect(processExitsWith: .failure) {
      _ = convolution(
        Tensor<Float>(zeros: [1, 2, 8, 8]), Tensor<Float>(zeros: [4, 2, 3, 3]),
        Convolution(stride: 0))
    }
    await #expect(processExitsWith: .failure) {
      _ = convolution(
        Tensor<Float>(zeros: [1, 2, 8, 8]), Tensor<Float>(zeros: [3, 1, 3, 3]),
        Convolution(groups: 2))
    }
  }

  @Test func `stop a transposed convolution`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = transposedConvolution(
        Tensor<Float>(zeros: [1, 2, 4, 4]), Tensor<Float>(zeros: [2, 1, 3, 3]), size: 9)
    }
    expect(result, toName: "transposedConvolution", "[1, 2, 4, 4]", "[1, 2, 7, 7]")
  }

  @Test func `stop pooling`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = maximumPooling(Tensor<Float>(zeros: [1, 1, 2, 5]), Window(3))
    }
    expect(result, toName: "maximumPooling", "rows: 2")
    await #expect(processExitsWith: .failure) {
      _ = maximumPooling(Tensor<Float>(zeros: [4, 4]), Window(2, padding: 2))
    }
    await #expect(processExitsWith: .failure) {
      _ = averagePooling(Tensor<Float>(zeros: [4]), Window(2))
    }
    await #expect(processExitsWith: .failure) {
      _ = adaptiveAveragePooling(Tensor<Float>(zeros: [4, 4]), to: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = globalAveragePooling(Tensor<Float>(zeros: [2, 0, 4]))
    }
  }

  @Test func `stop padding, cropping and resizing`() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Tensor<Float>(zeros: [3, 4]).padded(3, with: .reflected)
    }
    expect(result, toName: "padded", "reflected", "[3, 4]")
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [3, 4]).padded(4, with: .circular)
    }
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(zeros: [3, 4]).cropped(2) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(zeros: [3, 4]).padded(-1) }
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(zeros: [3, 4]).resized(to: 0) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [3, 4]).upsampled(by: 0)
    }
  }
}
