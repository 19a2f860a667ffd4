import TrainingCore

/// Convolutions of `[128, channels, 32, 32]` with 3 × 3 filters, rows, factorizations, draws.
let kernelCases: [String: @Sendable () -> (() -> Void)] = [
  "conv16-forward": { convolved(16, .forward) },
  "conv16-input": { convolved(16, .input) },
  "conv16-filters": { convolved(16, .filters) },
  "conv64-forward": { convolved(64, .forward) },
  "conv64-input": { convolved(64, .input) },
  "conv64-filters": { convolved(64, .filters) },
  "softmax-2048x512": {
    let x = drawn([2048, 512])
    return { _ = softmax(x) }
  },
  "layernorm-2048x512": {
    let x = drawn([2048, 512])
    return { _ = layerNorm(x) }
  },
  "cholesky-1000": {
    let a = symmetric(1000)
    return { _ = try? cholesky(a) }
  },
  "eigen-500": {
    let a = symmetric(500)
    return { _ = try? symmetricEigen(a) }
  },
  "normals-1e8": {
    var stream = RandomStream(paper: "bench", seed: 1, purpose: .data)
    return { for _ in 0..<100 { _ = stream.normal(shape: [1_000_000], of: Float.self) } }
  },
]

private enum Part { case forward, input, filters }

private func convolved(_ channels: Int, _ part: Part) -> () -> Void {
  let x = drawn([128, channels, 32, 32])
  let filters = drawn([channels, channels, 3, 3])
  let form = Convolution(padding: 1)
  if part == .forward { return { _ = convolution(x, filters, form) } }
  let g = drawn([128, channels, 32, 32])
  if part == .input { return { _ = transposedConvolution(g, filters, form) } }
  // The walk back alone: what went forward is done once.
  let (_, pullback) = valueWithPullback(at: filters) { convolution(x, $0, form) }
  return { _ = pullback(g) }
}

func drawn(_ shape: [Int]) -> Tensor<Float> {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .data)
  return stream.normal(shape: shape)
}

// Positive definite.
private func symmetric(_ n: Int) -> Tensor<Double> {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .data)
  let a: Tensor<Double> = stream.normal(shape: [n, n])
  var result = matmul(a, a, transposingB: true)
  for index in 0..<n { result[index, index] += Double(n) }
  return result
}
