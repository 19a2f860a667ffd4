import Tensors

extension Corpus {
  /// Functions of one, two and three numbers, and whole reductions.
  mutating func addFunctions<E: Scalar>(_ type: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 1, purpose: .data)
    let special: [E] = [0, -0.0, 1, -1, 0.5, .infinity, -.infinity, .nan, .leastNonzeroMagnitude]
    let sizes: Tensor<E> = stream.normal(shape: [33_001])
    let x = sizes * exp(5 * stream.normal(shape: [33_001]))
    for input in [Tensor(special), x] {
      for y in [
        -input, abs(input), sqrt(input), relu(input), exp(input), expm1(input), log(input),
        log1p(input), tanh(input), logistic(input), softplus(input), sin(input), cos(input),
        erf(input), input.sum(), input.max(), input.mean(),
      ] { add(y) }
    }
    let y: Tensor<E> = stream.normal(shape: [33_001])
    for z in [
      x + y, x - y, x * y, x / y, pow(abs(x), y), maximum(x, y), minimum(x, y), gate(x, where: y),
    ] { add(z) }
    let wide: Tensor<E> = stream.normal(shape: [40, 1, 30])
    let high: Tensor<E> = stream.normal(shape: [7, 1])
    for z in [wide + high, wide * high, wide / high] { add(z) }
  }

  /// Functions of rows and reductions along axes, with gradients.
  mutating func addRows<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 4, purpose: .data)
    for (rows, columns) in [(1, 1), (64, 10), (5, 3), (3, 5000), (9000, 5)] {
      let x: Tensor<E> = 4 * stream.normal(shape: [rows, columns])
      let labels = (0..<rows).map { _ in stream.integer(below: columns) }
      for y in [softmax(x), logSoftmax(x), logSumExp(x), x.sum(along: 0), x.sum(along: 1)] {
        add(y)
      }
      for y in [x.max(along: 0), x.max(along: 1), crossEntropies(logits: x, labels: labels)] {
        add(y)
      }
      add(x.argmaxAlongRows())
      add(gradient(at: x) { softmaxCrossEntropy(logits: $0, labels: labels) })
      for norm in [{ layerNorm($0) }, { rmsNorm($0) }] as [(Tensor<E>) -> Tensor<E>] {
        add(norm(x))
        add(gradient(at: x) { sin(norm($0)).sum() })
      }
    }
    let image: Tensor<E> = stream.normal(shape: [5, 6, 9, 7])
    let scale: Tensor<E> = stream.normal(shape: [6])
    for part in gradient(
      at: [image, scale], of: { sin(batchNorm($0[0], scale: $0[1], rectified: true).output).sum() })
    { add(part) }
    for part in gradient(
      at: [image, scale], of: { sin(groupNorm($0[0], groups: 3, scale: $0[1])).sum() })
    { add(part) }
  }

  /// Slices, gathers, sorts and sums along axes.
  mutating func addMovements<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 5, purpose: .data)
    let x: Tensor<E> = stream.normal(shape: [11, 13, 17])
    let indices = stream.integers(below: 13, count: 40)
    for y in [
      x.permuted([2, 0, 1]), x.sliced(along: 1, from: 12, step: -3, count: 4),
      x.gathered(indices, along: 1), x.flipped(along: 2), x.rolled(along: 0, by: 5),
      x.cumulativeSum(along: 1), x.sum(over: [0, 2]),
    ] { add(y) }
    add(x.gathered(indices, along: 1).scattered(indices, along: 1, of: 13))
    add(gradient(at: x) { ($0.gathered(indices, along: 1) * $0.max(along: 0).sum()).sum() })
  }
}
