import Tensors

private func drawn(_ shape: [Int], _ seed: UInt64 = 1) -> Tensor<Double> {
  var stream = RandomStream(paper: "test", seed: seed, purpose: .data)
  return stream.normal(shape: shape)
}

extension Differentiable {
  /// Softmax and its relatives, the norms and the operations along an axis, for derivatives.
  public static let rows: [Differentiable] = {
    let x = drawn([2, 3])
    let deep = drawn([2, 4, 3], 2)
    let image = drawn([3, 4, 2, 2], 3)
    let wide = drawn([5, 4], 4)
    let (scale, offset) = (drawn([4], 5), drawn([4], 6))
    let targets = softmax(drawn([2, 3], 7))
    let weights = drawn([3, 4, 2, 2], 8)
    return [
      Differentiable("softmax along 0", at: x) { softmax($0, along: 0) },
      Differentiable("softmax of rank 3 along 1", at: deep) { softmax($0, along: 1) },
      Differentiable("logSoftmax of rank 3", at: deep) { logSoftmax($0) },
      Differentiable("logSumExp along 0", at: deep) { logSumExp($0, along: 0) },
      Differentiable("soft cross-entropy, logits", at: x) {
        crossEntropies(logits: $0, targets: targets)
      },
      Differentiable("soft cross-entropy, both", at: x) {
        crossEntropies(logits: $0, targets: softmax($0 * $0))
      },
      Differentiable("cross-entropies, weighted by themselves", at: x) {
        let losses = crossEntropies(logits: $0, labels: [2, 0])
        return losses * losses
      },
      Differentiable("layerNorm", at: wide) { layerNorm($0, scale: scale, offset: offset) },
      Differentiable("layerNorm, scale", at: scale) { layerNorm(wide, scale: $0 * $0) },
      Differentiable("layerNorm, offset", at: offset) {
        layerNorm(wide, scale: scale, offset: $0 * $0)
      },
      Differentiable("layerNorm, all", at: scale) {
        layerNorm(wide * $0, scale: $0 * $0, offset: exp($0))
      },
      Differentiable("rmsNorm", at: wide) { rmsNorm($0, scale: scale) },
      Differentiable("rmsNorm, scale", at: scale) { rmsNorm(wide, scale: $0 * $0) },
      Differentiable("groupNorm", at: image) {
        groupNorm($0, groups: 2, scale: scale, offset: offset)
      },
      Differentiable("groupNorm, scale", at: scale) {
        groupNorm(weights, groups: 2, scale: $0 * $0, offset: $0)
      },
      Differentiable("batchNorm", at: image) {
        batchNorm($0, scale: scale, offset: offset).output
      },
      Differentiable("batchNorm, rectified", at: image) {
        batchNorm($0, scale: scale, offset: offset, rectified: true).output
      },
      Differentiable("batchNorm, parameters", at: scale) {
        batchNorm(weights, scale: $0 * $0, offset: exp($0), rectified: true).output
      },
      Differentiable("batchNorm of columns", at: wide) {
        batchNorm($0, scale: scale, offset: offset).output
      },
      Differentiable("batchNorm, evaluated", at: scale) {
        batchNorm(image, mean: $0, variance: exp($0), scale: sin($0), offset: cos($0))
      },
      Differentiable("permuted", at: deep) { exp($0.permuted([2, 0, 1])) },
      Differentiable("sliced backwards", at: deep) {
        exp($0.sliced(along: 1, from: 3, step: -2, count: 2))
      },
      Differentiable("flipped and rolled", at: deep) {
        $0.flipped(along: 2) * $0.rolled(along: 2, by: 1)
      },
      Differentiable("concatenated along 1", at: x) {
        Tensor.concatenated([$0 * $0, exp($0)], along: 1)
      },
      Differentiable("stacked along 2", at: x) { Tensor.stacked([$0 * $0, exp($0)], along: 2) },
      Differentiable("split", at: deep) {
        let parts = $0.split(along: 1, into: [1, 3])
        return parts[0] * parts[1]
      },
      Differentiable("tiled and repeated", at: x) {
        exp($0.tiled([2, 1])) * $0.repeated(along: 0, times: 2)
      },
      Differentiable("gathered along 1", at: deep) { exp($0.gathered([3, 0, 3], along: 1)) },
      Differentiable("scattered along 1", at: deep) {
        exp($0.scattered([1, 0, 1, 3], along: 1, of: 5))
      },
      Differentiable("taken along 0", at: x) { exp($0.taken([1, 0, 1, 0, 0, 0], along: 0)) },
      Differentiable("put along 1", at: x) { exp($0.put([1, 0, 1, 0, 0, 0], along: 1, of: 2)) },
      Differentiable("triangles", at: drawn([2, 3, 3])) {
        $0.lowerTriangle() * $0.upperTriangle(diagonal: -1) * $0
      },
      Differentiable("sum and mean over axes", at: deep) {
        exp($0.sum(over: [0, 2])) + exp($0.mean(over: [0, 2]))
      },
      Differentiable("min along 1", at: deep) { pow($0.min(along: 1), 3) },
      Differentiable("max along 1 of 3", at: deep) { pow($0.max(along: 1), 3) },
      Differentiable("sum of squares", at: deep) { exp($0.sumOfSquares(along: 1)) },
      Differentiable("norm", at: deep) { $0 / $0.norm(along: 2, keepingAxis: true) },
      Differentiable("product", at: deep) { $0.product(along: 1) },
      Differentiable("variance", at: deep) {
        $0.variance(along: 1, unbiased: true) * $0.variance(along: 1, unbiased: false)
      },
      Differentiable("cumulative sums", at: deep) {
        exp($0.cumulativeSum(along: 1)) * $0.cumulativeSum(along: 1, fromTheEnd: true)
      },
    ]
  }()
}
