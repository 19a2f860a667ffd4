import Tensors

extension Differentiable {
  private static func made(_ shape: [Int], _ salt: Int) -> Tensor<Double> {
    var stream = RandomStream(paper: "test", seed: UInt64(salt), purpose: .data)
    return stream.normal(shape: shape)
  }

  private static let image = made([2, 2, 4, 5], 51)
  private static let filters = made([4, 2, 3, 2], 52)
  private static let strided = Convolution(
    stride: 2, padding: Margins(top: 1, bottom: 0, left: 2, right: 1))
  private static let grouped = Convolution(
    padding: 1, dilation: Extent(rows: 1, columns: 2), groups: 2)

  /// Convolutions, pooling and resizing.
  public static let images = [
    Differentiable("convolution, images", at: image) {
      convolution($0 * $0, filters, Convolution(padding: 1))
    },
    Differentiable("convolution, filters", at: filters) {
      convolution(image, $0 * $0, Convolution(padding: 1))
    },
    Differentiable("convolution of itself", at: image) {
      convolution($0, $0, Convolution(padding: 1))
    },
    Differentiable("convolution, stride 2, images", at: image) {
      pow(convolution($0, filters, strided), 2)
    },
    Differentiable("convolution, stride 2, filters", at: filters) {
      pow(convolution(image, $0, strided), 2)
    },
    Differentiable("convolution, groups", at: image) {
      sin(convolution($0, filters.reshaped(to: [8, 1, 3, 2]), grouped))
    },
    Differentiable("convolution, groups, filters", at: filters) {
      sin(convolution(image, $0.reshaped(to: [8, 1, 3, 2]), grouped))
    },
    Differentiable("transposed convolution", at: made([1, 4, 2, 3], 53)) {
      transposedConvolution($0 * $0, filters, strided)
    },
    Differentiable("transposed convolution, filters", at: filters) {
      pow(transposedConvolution(made([1, 4, 2, 3], 53), $0, strided), 2)
    },
    Differentiable("maximum pooling", at: image) {
      pow(maximumPooling($0, Window(3, stride: 2, padding: 1)), 3)
    },
    Differentiable("average pooling", at: image) {
      pow(averagePooling($0, Window(3, stride: 2, padding: 1)), 3)
    },
    Differentiable("adaptive pooling", at: image) {
      pow(adaptiveAveragePooling($0, to: Extent(rows: 3, columns: 2)), 2)
    },
    Differentiable("global pooling", at: image) { pow(globalAveragePooling($0), 2) },
    Differentiable("resized", at: image) {
      exp($0.resized(to: Extent(rows: 3, columns: 7)))
    },
    Differentiable("upsampled", at: image) { exp($0.upsampled(by: 2)) },
    Differentiable("padded, circular", at: image) { exp($0.padded(2, with: .circular)) },
    Differentiable("padded, reflected", at: image) { exp($0.padded(2, with: .reflected)) },
    Differentiable("cropped", at: image) { exp($0.cropped(1)) },
  ]
}
