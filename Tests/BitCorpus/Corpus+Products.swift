import Tensors

extension Corpus {
  /// Products of matrices of all forms, and of vectors.
  mutating func addProducts<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 8, purpose: .data)
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

  /// Batches of products, and affine maps with their gradients.
  mutating func addBatchesAndMaps<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 2, purpose: .data)
    let batches: [([Int], [Int])] = [([7], [7]), ([5], []), ([2, 1], [3]), ([20], [20])]
    for (left, right) in batches {
      for (m, k, n) in [(32, 33, 31), (9, 1, 20), (1, 70, 5)] {
        let a: Tensor<E> = stream.normal(shape: left + [m, k])
        let b: Tensor<E> = stream.normal(shape: right + [k, n])
        let bt: Tensor<E> = stream.normal(shape: right + [n, k])
        add(matmul(a, b))
        add(matmul(a, bt, transposingB: true))
        add(gradient(at: b) { matmul(a, $0).sum() })
      }
    }
    for (n, inputs, outputs) in [(32, 2, 64), (128, 300, 70), (5, 5000, 3), (700, 10, 10)] {
      let x: Tensor<E> = stream.normal(shape: [n, inputs])
      let weights: Tensor<E> = stream.normal(shape: [inputs, outputs])
      let bias: Tensor<E> = stream.normal(shape: [outputs])
      for function in Activation.allCases {
        add(affine(x, weights, bias, function))
        for part in gradient(
          at: [x, weights, bias], of: { affine($0[0], $0[1], $0[2], function).mean() })
        { add(part) }
      }
    }
  }
}
