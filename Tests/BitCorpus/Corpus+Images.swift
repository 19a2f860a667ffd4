import Tensors

extension Corpus {
  private static let convolutions: [(x: [Int], filters: [Int], form: Convolution)] = [
    ([1, 1, 1, 1], [1, 1, 1, 1], Convolution()),
    ([2, 3, 8, 8], [16, 3, 3, 3], Convolution(padding: 1)),
    ([5, 16, 4, 4], [20, 16, 3, 3], Convolution(padding: 1)),
    ([2, 16, 9, 33], [33, 16, 3, 3], Convolution(padding: 1)),
    ([3, 16, 8, 8], [32, 16, 3, 3], Convolution(stride: 2, padding: 1)),
    ([3, 16, 8, 8], [32, 16, 1, 1], Convolution(stride: 2)),
    ([3, 12, 7, 9], [12, 1, 3, 3], Convolution(padding: 1, groups: 12)),
    ([1, 6, 12, 12], [18, 3, 5, 5], Convolution(padding: 4, dilation: 2, groups: 2)),
    ([1, 520, 3, 3], [2, 520, 3, 3], Convolution(padding: 1)),
    ([2, 2, 3, 3], [500, 2, 3, 3], Convolution(padding: 1)),
    ([2, 2, 1, 50], [3, 2, 1, 7], Convolution(stride: Extent(rows: 1, columns: 3))),
    ([6, 1, 33, 32], [2, 1, 2, 2], Convolution(padding: 1)),
  ]

  /// Convolutions with both gradients, pooling, padding and resizing.
  mutating func addImages<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 6, purpose: .data)
    for subject in Self.convolutions {
      let x: Tensor<E> = stream.normal(shape: subject.x)
      let filters: Tensor<E> = stream.normal(shape: subject.filters)
      let y = convolution(x, filters, subject.form)
      add(y)
      let g: Tensor<E> = stream.normal(shape: y.shape)
      let slopes = gradient(at: [x, filters]) {
        (convolution($0[0], $0[1], subject.form) * g).sum()
      }
      for slope in slopes { add(slope) }
    }
    let x: Tensor<E> = stream.normal(shape: [3, 4, 9, 21])
    let operations: [(Tensor<E>) -> Tensor<E>] = [
      { maximumPooling($0, Window(3, stride: 2, padding: 1)) },
      { averagePooling($0, Window(3, stride: 2, padding: 1)) },
      { adaptiveAveragePooling($0, to: Extent(rows: 4, columns: 5)) },
      { globalAveragePooling($0) }, { $0.resized(to: Extent(rows: 20, columns: 6)) },
      { $0.resized(to: Extent(rows: 5, columns: 30), aligningCorners: true) },
      { $0.upsampled(by: 2) }, { $0.padded(3, with: .reflected) }, { $0.cropped(2) },
    ]
    for operation in operations {
      add(operation(x))
      add(gradient(at: x) { (operation($0) * operation($0)).sum() })
    }
  }
}
