import Digests
import Tensors

/// The outputs of every operation and sampler on a small set of inputs, for digests.
struct Corpus {
  private var bytes: [UInt8] = []

  /// The first 16 characters of the SHA-256 of all outputs.
  static func digest() -> String {
    var corpus = Corpus()
    corpus.add(Float.self)
    corpus.add(Double.self)
    corpus.addBatchesAndMaps(Float.self)
    corpus.addBatchesAndMaps(Double.self)
    corpus.addFormats(Float.self)
    corpus.addFormats(Double.self)
    return String(Digest(of: corpus.bytes).description.prefix(16))
  }

  mutating func add<E: Scalar>(_ tensor: Tensor<E>) {
    // Large outputs enter through their own digest.
    bytes += Digest(of: tensor.bytes).bytes
  }

  private mutating func add<E: Scalar>(_ type: E.Type) {
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
    add(stream.uniform(shape: [1000], of: E.self))
    addProducts(E.self, &stream)
    addRows(E.self, &stream)
    addImages(E.self, &stream)
    for tensor in Self.rows(E.self) { add(tensor) }
    add(Tensor<Double>(stream.permutation(of: 100).map { Double($0) }))
    add(Tensor<Double>(stream.choice(10, of: 1000).map { Double($0) }))
  }

  private mutating func addProducts<E: Scalar>(_: E.Type, _ stream: inout RandomStream) {
    let sizes = [
      (1, 1, 1), (5, 3, 7), (64, 50, 84), (400, 40, 410), (1, 700, 30), (700, 30, 1), (40, 20, 2),
      (2, 9000, 3), (3, 5000, 1), (15, 4097, 33),
    ]
    for (m, k, n) in sizes {
      let a: Tensor<E> = stream.normal(shape: [m, k])
      let b: Tensor<E> = stream.normal(shape: [k, n])
      add(matmul(a, b))
      add(matmul(a.transposed(), b, transposingA: true))
      add(matmul(a, b.transposed(), transposingB: true))
      add(matmul(a.transposed(), b.transposed(), transposingA: true, transposingB: true))
    }
  }

  private mutating func addRows<E: Scalar>(_: E.Type, _ stream: inout RandomStream) {
    for (rows, columns) in [(1, 1), (64, 10), (5, 3), (3, 5000), (9000, 5)] {
      let x: Tensor<E> = 4 * stream.normal(shape: [rows, columns])
      let labels = (0..<rows).map { _ in stream.integer(below: columns) }
      for y in [softmax(x), logSoftmax(x), logSumExp(x), x.sum(along: 0), x.sum(along: 1)] {
        add(y)
      }
      for y in [x.max(along: 0), x.max(along: 1), crossEntropies(logits: x, labels: labels)] {
        add(y)
      }
      add(Tensor<Double>(x.argmaxAlongRows().map { Double($0) }))
      add(gradient(at: x) { softmaxCrossEntropy(logits: $0, labels: labels) })
    }
  }
}
