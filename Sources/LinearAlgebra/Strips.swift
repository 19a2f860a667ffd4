// Products of contiguous strips in a fixed order: the same bits on every processor.
// Multiplications and additions are separate roundings, which every IEEE machine vectorizes alike;
// a fused operation would be a library call where the baseline instruction set lacks it.

internal import Tensors

/// The inner product of two strips.
///
/// Eight strided partial sums, joined as a tree, then the tail in order.
@inline(__always)
func dot<Element: Scalar>(
  _ x: UnsafePointer<Element>, _ y: UnsafePointer<Element>, _ count: Int
) -> Element {
  var lanes = SIMD8<Element>(repeating: 0)
  var index = 0
  while index + 8 <= count {
    var a = SIMD8<Element>()
    var b = SIMD8<Element>()
    for lane in 0..<8 {
      a[lane] = x[index + lane]
      b[lane] = y[index + lane]
    }
    lanes += a * b
    index += 8
  }
  let four = lanes.lowHalf + lanes.highHalf
  let two = four.lowHalf + four.highHalf
  var sum = two[0] + two[1]
  while index < count {
    sum += x[index] * y[index]
    index += 1
  }
  return sum
}

/// Adds a multiple of one strip to another: `y += a x`.
@inline(__always)
func addMultiple<Element: Scalar>(
  _ a: Element, of x: UnsafePointer<Element>, to y: UnsafeMutablePointer<Element>, _ count: Int
) {
  for index in 0..<count { y[index] += a * x[index] }
}

/// The Euclidean length of a strip, without overflow or underflow on the way.
@inline(__always)
func length<Element: Scalar>(_ x: UnsafePointer<Element>, _ count: Int) -> Element {
  let square = dot(x, x, count)
  if square.isNormal && square > Element.leastNormalMagnitude / Element.ulpOfOne {
    return square.squareRoot()
  }
  var largest: Element = 0
  for index in 0..<count {
    if x[index].isNaN { return .nan }
    largest = max(largest, abs(x[index]))
  }
  if largest == 0 || largest.isInfinite { return largest }
  var sum: Element = 0
  for index in 0..<count {
    let ratio = x[index] / largest
    sum += ratio * ratio
  }
  return largest * sum.squareRoot()
}

/// The transpose of a row-major matrix, as scalars.
@inline(__always)
func transposedScalars<Element: Scalar>(
  _ scalars: [Element], rows: Int, columns: Int
) -> [Element] {
  [Element](unsafeUninitializedCapacity: rows * columns) { buffer, count in
    scalars.withUnsafeBufferPointer { source in
      for column in 0..<columns {
        for row in 0..<rows { buffer[column * rows + row] = source[row * columns + column] }
      }
    }
    count = rows * columns
  }
}
