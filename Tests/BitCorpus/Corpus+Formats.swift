import Tensors

extension Corpus {
  /// Roundings to narrow formats, and products whose every step is rounded.
  mutating func addFormats<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 3, purpose: .data)
    let sizes: Tensor<E> = stream.normal(shape: [20_003])
    let x = sizes * exp(6 * stream.normal(shape: [20_003]))
    let draws = stream.uniform(shape: [20_003], of: Double.self)
    let cut = NumberFormat.accumulator(mantissaBits: 4, exponentBits: 3, bias: 5)
    for format in [.float16, .bfloat16, cut] {
      add(x.rounded(to: format))
      add(x.rounded(to: format, draws: draws))
    }
    add(x.exponents())
    add(x.significands())
    let a: Tensor<E> = stream.normal(shape: [37, 50])
    let b: Tensor<E> = stream.normal(shape: [50, 21])
    for rule in RoundedSteps.Gradient.allCases {
      for (format, chunk) in [(NumberFormat.float16, nil), (cut, 16)] {
        let steps = RoundedSteps(product: format, sum: format, chunk: chunk, gradient: rule)
        add(roundedMatmul(a, b, steps))
        for part in gradient(at: [a, b], of: { sin(roundedMatmul($0[0], $0[1], steps)).sum() }) {
          add(part)
        }
      }
    }
  }
}
