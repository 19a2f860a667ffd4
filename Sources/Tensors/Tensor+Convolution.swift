internal import CKernels

/// The convolution of images with filters (a cross-correlation, as everywhere in deep learning).
///
///     y[n, o, r, c] = Σ x[n, i, s r + d k − p, s c + d l − p] filters[o, i, k, l]  over i, k, l
///
/// with stride s, dilation d and padding p. Each entry is one chain of fused multiply-adds with
/// (i, k, l) ascending from +0, cut every 4096 terms; the chains' sums are added in order to +0.
/// Padding is made of zeros that take part like any other number.
///
/// - Shapes: `[images, channels, rows, columns]` and
///   `[outputs, channels / groups, filter rows, filter columns]` give
///   `[images, outputs, positions, positions]`; sequences `[sequences, channels, columns]` and
///   `[outputs, channels / groups, filter columns]` give `[sequences, outputs, positions]`, and
///   what the geometry says of rows is not used.
/// - Gradient: with respect to both, any number of times.
/// - Precondition: the channels agree, groups divide channels and outputs, and the filters fit into
///   the padded image.
/// - Parameters:
///   - x: the images.
///   - filters: the filters.
///   - geometry: stride, padding, dilation and groups.
/// - Returns: the convolved images.
public func convolution<E>(
  _ x: Tensor<E>, _ filters: Tensor<E>, _ geometry: Convolution = Convolution()
) -> Tensor<E> {
  if x.rank == 3 && filters.rank == 3 {
    let y = convolution(x.inserting(axis: 2), filters.inserting(axis: 2), geometry.ofColumns)
    return y.reshaped(to: [y.shape[0], y.shape[1], y.shape[3]])
  }
  let sizes = ConvolutionSizes("convolution", geometry, x: x.shape, filters: filters.shape)
  return sizes.run(ck_convolve, x, filters, sizes.outputShape)
    .recorded(.convolution(geometry), x, filters)
}

/// The transposed convolution: the gradient of a convolution with respect to its images.
///
/// Each pixel of `x` adds the filters, scaled by it, to an image of the given size: the result `z`
/// is the one for which Σ z v = Σ x convolution(v, filters) for all images v.
/// Each entry is one chain of fused multiply-adds over (channel of x, filter row, filter column)
/// ascending, cut and added in the same way; places around `x` are zeros that take part, and entries of the
/// filter that meet a pixel only between two strides are left out.
///
/// - Shapes: `[images, channels, rows, columns]` and
///   `[channels, outputs / groups, filter rows, filter columns]` give `[images, outputs] + size`;
///   without a size, the least image of which a convolution gives the shape of `x`.
/// - Gradient: with respect to both, any number of times.
/// - Precondition: a convolution of an image of that size has the shape of `x`.
/// - Parameters:
///   - x: the images.
///   - filters: the filters, shaped as for the convolution this is the transpose of.
///   - geometry: stride, padding, dilation and groups of that convolution.
///   - size: the rows and columns of the result.
/// - Returns: the images.
public func transposedConvolution<E>(
  _ x: Tensor<E>, _ filters: Tensor<E>, _ geometry: Convolution = Convolution(),
  size: Extent? = nil
) -> Tensor<E> {
  require(
    x.rank == 4 && filters.rank == 4 && geometry.isValid,
    "transposedConvolution: \(x.shape) and \(filters.shape) do not have four axes each")
  let size =
    size
    ?? geometry.leastImage(
      of: Extent(rows: filters.shape[2], columns: filters.shape[3]),
      for: Extent(rows: x.shape[2], columns: x.shape[3]))
  return convolutionInput(
    "transposedConvolution", x, filters, geometry,
    shape: [x.shape[0], filters.shape[1] * geometry.groups, size.rows, size.columns])
}

/// The images' part of a convolution's gradient.
func convolutionInput<E>(
  _ name: String, _ g: Tensor<E>, _ filters: Tensor<E>, _ geometry: Convolution, shape: [Int]
) -> Tensor<E> {
  let sizes = ConvolutionSizes(name, geometry, x: shape, filters: filters.shape)
  sizes.check(name, output: g.shape)
  return sizes.run(ck_convolve_input, g, filters, shape)
    .recorded(.convolutionInput(geometry), g, filters)
}

/// The filters' part of a convolution's gradient.
///
/// Each entry is one chain of fused multiply-adds over (image, row, column) of `g` ascending, cut
/// and added in the same way.
func convolutionFilters<E>(
  _ x: Tensor<E>, _ g: Tensor<E>, _ geometry: Convolution, shape: [Int]
) -> Tensor<E> {
  let sizes = ConvolutionSizes("convolutionFilters", geometry, x: x.shape, filters: shape)
  sizes.check("convolutionFilters", output: g.shape)
  return sizes.run(ck_convolve_filters, x, g, shape)
    .recorded(.convolutionFilters(geometry), x, g)
}

/// The filters' part of the gradient, for each image on its own.
///
/// The chains are those of one image: (row, column) of `g` ascending.
///
/// - Shapes: the images `[n, channels, rows, columns]` and the gradient of their convolution give
///   `[n] + shape`.
package func perExampleFilterGradient<E>(
  _ x: Tensor<E>, _ g: Tensor<E>, _ geometry: Convolution, shape: [Int]
) -> Tensor<E> {
  require(
    x.rank == 4 && g.rank == 4 && shape.count == 4 && x.shape[0] == g.shape[0],
    "perExampleFilterGradient: images \(x.shape), gradient \(g.shape) and filters \(shape)")
  // One image whose groups of channels are the images.
  let images = x.shape[0]
  if images == 0 { return Tensor(zeros: [0] + shape) }
  var joined = geometry
  joined.groups *= images
  return convolutionFilters(
    x.reshaped(to: [1, images * x.shape[1], x.shape[2], x.shape[3]]),
    g.reshaped(to: [1, images * g.shape[1], g.shape[2], g.shape[3]]), joined,
    shape: [images * shape[0]] + shape.dropFirst()
  ).reshaped(to: [images] + shape)
}

extension Convolution {
  /// The same along the columns, for images of one row.
  fileprivate var ofColumns: Convolution {
    Convolution(
      stride: Extent(rows: 1, columns: stride.columns),
      padding: Margins(top: 0, bottom: 0, left: padding.left, right: padding.right),
      dilation: Extent(rows: 1, columns: dilation.columns), groups: groups)
  }

  /// The least image on which filters of a size have so many positions.
  func leastImage(of filter: Extent, for positions: Extent) -> Extent {
    Extent(
      rows: (positions.rows - 1) * stride.rows + dilation.rows * (filter.rows - 1) + 1
        - padding.top - padding.bottom,
      columns: (positions.columns - 1) * stride.columns + dilation.columns * (filter.columns - 1)
        + 1 - padding.left - padding.right)
  }
}

/// The checked sizes of a convolution.
struct ConvolutionSizes {
  let outputShape: [Int]
  private var kernel = ck_convolution()

  init(_ name: String, _ geometry: Convolution, x: [Int], filters: [Int]) {
    require(
      geometry.isValid && x.count == 4 && filters.count == 4,
      "\(name): images \(x) and filters \(filters) do not have four axes, or \(geometry) is invalid"
    )
    let groups = geometry.groups
    require(
      x[1] == filters[1] * groups && filters[0] % groups == 0,
      "\(name): the channels of images \(x) and filters \(filters) differ in \(groups) groups")
    let size = Extent(rows: filters[2], columns: filters[3])
    let positions = geometry.positions(of: size, on: Extent(rows: x[2], columns: x[3]))
    guard let positions, x[2] >= 0, x[3] >= 0, size.allSatisfy({ $0 > 0 }) else {
      fatalError("\(name): filters \(filters) do not fit into images \(x) with \(geometry)")
    }
    outputShape = [x[0], filters[0], positions.rows, positions.columns]
    kernel.images = x[0]
    kernel.groups = groups
    kernel.in_channels = filters[1]
    kernel.out_channels = filters[0] / groups
    (kernel.in_height, kernel.in_width) = (x[2], x[3])
    (kernel.out_height, kernel.out_width) = (positions.rows, positions.columns)
    (kernel.filter_height, kernel.filter_width) = (size.rows, size.columns)
    (kernel.stride_y, kernel.stride_x) = (geometry.stride.rows, geometry.stride.columns)
    (kernel.dilation_y, kernel.dilation_x) = (geometry.dilation.rows, geometry.dilation.columns)
    (kernel.top, kernel.left) = (geometry.padding.top, geometry.padding.left)
  }

  func check(_ name: String, output: [Int]) {
    require(
      output == outputShape, "\(name): shape \(output) is not \(outputShape), the convolution's")
  }

  typealias Kernel = (
    ck_type, UnsafePointer<ck_convolution>?, UnsafeRawPointer?, UnsafeRawPointer?,
    UnsafeMutableRawPointer?
  ) -> Void

  /// Where a factor is empty, every sum has no term.
  func run<E>(_ body: Kernel, _ a: Tensor<E>, _ b: Tensor<E>, _ shape: [Int]) -> Tensor<E> {
    if a.count == 0 || b.count == 0 { return Tensor(zeros: shape) }
    return Tensor(shape: shape) { target in
      withUnsafePointer(to: kernel) { kernel in
        a.withPointer { left in
          b.withPointer { right in body(Tensor<E>.type, kernel, left, right, target) }
        }
      }
    }
  }
}
