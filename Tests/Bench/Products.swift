import TrainingCore

/// Matrix products, `m x k x n`.
let productCases: [String: @Sendable () -> (() -> Void)] = [
  "matmul-256x256x256": { product(256, 256, 256) },
  "matmul-1024x1024x1024": { product(1024, 1024, 1024) },
  "matmul-2048x2048x2048": { product(2048, 2048, 2048) },
  "matmul-128x784x512": { product(128, 784, 512) },
  "matmul-10000x64x64": { product(10000, 64, 64) },
]

private func product(_ m: Int, _ k: Int, _ n: Int) -> () -> Void {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .data)
  let a: Tensor<Float> = stream.normal(shape: [m, k])
  let b: Tensor<Float> = stream.normal(shape: [k, n])
  return { _ = matmul(a, b) }
}
