internal import CKernels

/// A window that moves over an image.
public struct Window: Hashable, Sendable, Codable {
  /// Its rows and columns.
  public var size: Extent
  /// The steps from one position to the next.
  public var stride: Extent
  /// What lies around the image; the operation says what it counts.
  public var padding: Margins

  /// Takes the numbers; windows lie side by side where no stride is given.
  public init(_ size: Extent, stride: Extent? = nil, padding: Margins = 0) {
    (self.size, self.stride, self.padding) = (size, stride ?? size, padding)
  }

  /// How many positions it has on an image of a size, each touching the image.
  func positions(_ name: String, on image: Extent) -> Extent {
    require(
      size.allSatisfy { $0 > 0 } && padding.allSatisfy { $0 >= 0 }
        && Swift.max(padding.top, padding.bottom) < size.rows
        && Swift.max(padding.left, padding.right) < size.columns && stride.allSatisfy { $0 > 0 },
      "\(name): \(self) has an empty size, a stride below 1 or padding as wide as itself")
    let geometry = Convolution(stride: stride, padding: padding)
    guard image.allSatisfy({ $0 > 0 }), let positions = geometry.positions(of: size, on: image)
    else { fatalError("\(name): \(self) does not fit onto \(image)") }
    return positions
  }
}

/// The greatest pixel in each window; NaN counts as greatest, and padding is left out.
///
/// - Shapes: `[…, rows, columns]` gives `[…, positions, positions]`.
/// - Gradient: goes to the first of the greatest, by rows.
/// - Precondition: the window fits onto the padded image, and padding is smaller than the window.
/// - Parameters:
///   - x: the images, along the last two axes.
///   - window: the window.
/// - Returns: the greatest pixels.
public func maximumPooling<E>(_ x: Tensor<E>, _ window: Window) -> Tensor<E> {
  let size = x.imageSize("maximumPooling")
  let positions = window.positions("maximumPooling", on: size)
  var kernel = ck_window()
  kernel.planes = x.shape.dropLast(2).reduce(1, *)
  (kernel.in_height, kernel.in_width) = (size.rows, size.columns)
  (kernel.out_height, kernel.out_width) = (positions.rows, positions.columns)
  (kernel.height, kernel.width) = (window.size.rows, window.size.columns)
  (kernel.stride_y, kernel.stride_x) = (window.stride.rows, window.stride.columns)
  (kernel.top, kernel.left) = (window.padding.top, window.padding.left)
  Kernels.prepare()
  let count = kernel.planes * positions.rows * positions.columns
  let places = [Int32](unsafeUninitializedCapacity: count) { buffer, initialized in
    x.withPointer { ck_window_maxima(Tensor<E>.type, &kernel, $0, buffer.baseAddress) }
    initialized = count
  }
  return x.taken(Places(places, on: size, result: positions))
}

/// The mean of each window: the sum by rows and then columns, divided by the window's size.
///
/// Padding is made of zeros that count.
///
/// - Shapes: `[…, rows, columns]` gives `[…, positions, positions]`.
/// - Precondition: the window fits onto the padded image, and padding is smaller than the window.
/// - Parameters:
///   - x: the images, along the last two axes.
///   - window: the window.
/// - Returns: the means.
public func averagePooling<E>(_ x: Tensor<E>, _ window: Window) -> Tensor<E> {
  let size = x.imageSize("averagePooling")
  let positions = window.positions("averagePooling", on: size)
  func sums(
    _ inputs: Int, _ outputs: Int, _ size: Int, _ stride: Int, _ padding: Int
  ) -> AxisMap {
    AxisMap(from: inputs, to: outputs) { output in
      let start = output * stride - padding
      return (Swift.max(start, 0)..<Swift.min(start + size, inputs)).map { ($0, 1) }
    }
  }
  return x.resampled(
    sums(
      size.rows, positions.rows, window.size.rows, window.stride.rows, window.padding.top),
    sums(
      size.columns, positions.columns, window.size.columns, window.stride.columns,
      window.padding.left)
  ) / E(window.size.rows * window.size.columns)
}

/// The mean of each image.
///
/// - Shapes: `[…, rows, columns]` gives `[…]`.
/// - Precondition: the images are not empty.
public func globalAveragePooling<E>(_ x: Tensor<E>) -> Tensor<E> {
  let size = x.imageSize("globalAveragePooling")
  let shape = Array(x.shape.dropLast(2))
  return x.reshaped(to: [shape.reduce(1, *), size.rows * size.columns]).mean(along: 1)
    .reshaped(to: shape)
}

/// The means of as many windows as asked for, which cover the image as evenly as they can.
///
///     window i: from i rows / size, rounded down, to (i + 1) rows / size, rounded up
///
/// - Shapes: `[…, rows, columns]` gives `[…, size.rows, size.columns]`.
/// - Precondition: neither the images nor the size are empty.
/// - Parameters:
///   - x: the images, along the last two axes.
///   - size: the rows and columns of the result.
/// - Returns: the means.
public func adaptiveAveragePooling<E>(_ x: Tensor<E>, to size: Extent) -> Tensor<E> {
  let image = x.imageSize("adaptiveAveragePooling")
  require(
    image.allSatisfy { $0 > 0 } && size.allSatisfy { $0 > 0 },
    "adaptiveAveragePooling: shape \(x.shape) or size \(size) is empty")
  func means(_ inputs: Int, _ outputs: Int) -> AxisMap {
    AxisMap(from: inputs, to: outputs) { output in
      let window = output * inputs / outputs..<((output + 1) * inputs + outputs - 1) / outputs
      return window.map { ($0, 1 / Double(window.count)) }
    }
  }
  return x.resampled(means(image.rows, size.rows), means(image.columns, size.columns))
}

/// One chosen pixel of its plane for each place of the result.
///
/// A class, so that operations share the list.
final class Places: Sendable {
  let indices: [Int32]
  let image: Extent
  let result: Extent

  init(_ indices: [Int32], on image: Extent, result: Extent) {
    (self.indices, self.image, self.result) = (indices, image, result)
  }
}

extension Tensor {
  /// The chosen pixels of the images.
  func taken(_ places: Places) -> Tensor {
    moved(places, to: places.result, ck_take_places).recorded(.placesTaken(places), self)
  }

  /// The sums of what was chosen from each pixel, added in order from +0.
  func put(_ places: Places) -> Tensor {
    moved(places, to: places.image, ck_put_places).recorded(.placesPut(places), self)
  }

  private func moved(
    _ places: Places, to size: Extent,
    _ body: (
      ck_type, Int, Int, Int, UnsafePointer<Int32>?, UnsafeRawPointer?,
      UnsafeMutableRawPointer?
    ) -> Void
  ) -> Tensor {
    let planes = Array(shape.dropLast(2))
    if count == 0 { return Tensor(zeros: planes + [size.rows, size.columns]) }
    return Tensor(shape: planes + [size.rows, size.columns]) { target in
      withPointer { source in
        body(
          Self.type, planes.reduce(1, *), places.image.rows * places.image.columns,
          places.result.rows * places.result.columns, places.indices, source, target)
      }
    }
  }
}
