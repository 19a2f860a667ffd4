import Tensors

extension Corpus {
  /// What rows, norms, movements, orders and samplers put out.
  static func rows<E: Scalar>(_: E.Type) -> [Tensor<E>] {
    var stream = RandomStream(paper: "corpus", seed: 2, purpose: .data)
    var all: [Tensor<E>] = []
    for shape in [[1, 1, 1], [3, 4, 5], [2, 33, 16], [9, 5, 70], [2, 3, 4100]] {
      let x: Tensor<E> = stream.normal(shape: shape)
      let g: Tensor<E> = stream.normal(shape: shape)
      for axis in 0..<3 {
        all += [
          softmax(x, along: axis), logSoftmax(x, along: axis), logSumExp(x, along: axis),
          x.min(along: axis), x.max(along: axis), x.product(along: axis),
          x.sumOfSquares(along: axis), x.cumulativeSum(along: axis),
          x.cumulativeSum(along: axis, fromTheEnd: true), x.flipped(along: axis),
          x.sorted(along: axis), x.sorted(along: axis, descending: true),
          x.quantiles([0.3, 0.5], along: axis), x.ranks(along: axis),
          x.variance(along: axis, unbiased: false),
        ]
      }
      all += [x.permuted([2, 0, 1]), x.permuted([1, 0, 2]), x.permuted([0, 2, 1])]
      all.append(gradient(at: x) { (softmax($0) * g).sum() })
      all.append(gradient(at: x) { (logSoftmax($0) * g).sum() })
      all.append(gradient(at: x) { (layerNorm($0) * g).sum() })
      all.append(gradient(at: x) { (rmsNorm($0) * g).sum() })
      all.append(gradient(at: x) { (groupNorm($0, groups: 1) * g).sum() })
      all.append(gradient(at: x) { (batchNorm($0, rectified: true).output * g).sum() })
      let scale: Tensor<E> = stream.normal(shape: [shape[1]])
      all.append(gradient(at: scale) { (groupNorm(x, groups: 1, scale: $0) * g).sum() })
      all.append(gradient(at: scale) { (batchNorm(x, scale: $0, offset: $0).output * g).sum() })
      let columns: Tensor<E> = stream.normal(shape: [shape[2]])
      all.append(gradient(at: columns) { (layerNorm(x, scale: $0, offset: $0) * g).sum() })
      all += [layerNorm(x, scale: columns, offset: columns), rmsNorm(x, scale: columns)]
      all.append(batchNorm(x, scale: scale, offset: scale).output)
      let flat = x.reshaped(to: [x.count / shape[2], shape[2]])
      all.append(batchNorm(flat, scale: columns, rectified: true).output)
      all.append(gradient(at: flat) { square(batchNorm($0, scale: columns).output).sum() })
      all.append(crossEntropies(logits: flat, targets: softmax(flat * 2)))
      for y in [
        gelu(x), geluTanh(x), silu(x), elu(x), leakyRelu(x), square(x), inverseSquareRoot(abs(x)),
        floor(x * 3), round(x * 3), normalDistribution(x * 5), logGamma(abs(x) * 3),
        digamma(abs(x)),
        trigamma(abs(x)), x.isGreater(than: g), choose(where: floor(x), x, else: g),
        multiplyAdd(x, g, x), gradient(at: x) { gelu($0).sum() },
        gradient(at: x) { silu($0).sum() }, gradient(at: x) { geluTanh($0).sum() },
      ] { all.append(y) }
    }
    all += [
      stream.normal(shape: [70_001]), stream.uniform(shape: [70_001]),
      stream.exponential(shape: [999]), stream.laplace(shape: [999]), stream.cauchy(shape: [999]),
      stream.truncatedNormal(in: -2...2, shape: [999]), stream.gamma(0.4, shape: [99]),
      stream.gamma(3, shape: [99]), stream.beta(0.5, 2, shape: [99]),
      stream.dirichlet([0.1, 1, 5], count: 33), stream.studentT(degrees: 3, shape: [99]),
      stream.spherePoints(33, dimension: 7), stream.bernoulli(0.3, shape: [999]),
    ]
    let choices = stream.categorical(weights: [1, 2, 3], count: 99) + stream.permutation(of: 50)
    return all + [Tensor(choices.map { E($0) })]
  }
}
