public import Tensors

extension LabelledImages {
  /// The images at some positions as numbers from 0 to 1.
  ///
  ///     x = pixel / maximum
  ///
  /// - Shapes: result [number of indices, pixels]; a colour image's row is its planes in order.
  /// - Accuracy: each quotient is correctly rounded.
  /// - Precondition: The positions exist.
  /// - Parameters:
  ///   - indices: The positions, in the order of the result's rows.
  ///   - type: The element type.
  /// - Returns: One image a row.
  public func tensor<Element: Scalar>(
    at indices: some Collection<Int>, of type: Element.Type = Element.self
  ) -> Tensor<Element> {
    let levels = (0...255).map { Element(Double($0)) / Element(Double(maximum)) }
    var scalars: [Element] = []
    scalars.reserveCapacity(indices.count * pixels)
    for index in indices {
      for pixel in image(at: index) { scalars.append(levels[Int(pixel)]) }
    }
    return Tensor(scalars, shape: [indices.count, pixels])
  }
}

extension LabelledImages {
  /// The images at some positions as planes of numbers from 0 to 1.
  ///
  /// `averagePooling(_:_:)` of them makes smaller images.
  ///
  /// - Shapes: result [number of indices, channels, rows, columns].
  /// - Accuracy: each quotient is correctly rounded.
  /// - Precondition: The positions exist.
  /// - Parameters:
  ///   - indices: The positions, in the order of the result.
  ///   - type: The element type.
  /// - Returns: The images.
  public func planes<Element: Scalar>(
    at indices: some Collection<Int>, of type: Element.Type = Element.self
  ) -> Tensor<Element> {
    tensor(at: indices).reshaped(to: [indices.count, channels, rows, columns])
  }
}
