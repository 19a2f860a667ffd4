import Tensors

extension Corpus {
  /// Convolutions with both gradients, pooling, padding and resizing.
  mutating func addImages<E: Scalar>(_: E.Type, _ stream: inout RandomStream) {
    for subject in `Convolutions`.cases {
      let x: Tensor<E> = stream.normal(shape: subject.x)
      let filters: Tensor<E> = stream.normal(shape: subject.filters)
      let y = convolution(x, filters, subject.geometry)
      add(y)
      let g: Tensor<E> = stream.normal(shape: y.shape)
      let slopes = gradient(at: [x, filters]) {
        (convolution($0[0], $0[1], subject.geometry) * g).sum()
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
