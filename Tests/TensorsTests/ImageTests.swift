import Tensors
import TestSupport
import Testing

/// An operation on images under test, against a plain loop over the pixels of one plane.
private func planes(
  _ x: Tensor<Double>, to size: (Int, Int), _ pixel: ((Int, Int) -> Double, Int, Int) -> Double
) -> Tensor<Double> {
  let (rows, columns) = (x.shape[x.rank - 2], x.shape[x.rank - 1])
  let scalars = x.scalars
  var result: [Double] = []
  for plane in 0..<x.count / (rows * columns) {
    for row in 0..<size.0 {
      for column in 0..<size.1 {
        result.append(pixel({ scalars[(plane * rows + $0) * columns + $1] }, row, column))
      }
    }
  }
  return Tensor(result, shape: x.shape.dropLast(2) + [size.0, size.1])
}

struct `Images` {
  private var stream = RandomStream(paper: "test", seed: 41, purpose: .data)

  @Test mutating func `are padded as their surroundings say`() {
    for _ in 0..<60 {
      let (rows, columns) = (2 + stream.integer(below: 6), 2 + stream.integer(below: 40))
      let x: Tensor<Double> = stream.normal(shape: [2, 3, rows, columns])
      let margins = Margins(
        top: stream.integer(below: rows), bottom: stream.integer(below: rows),
        left: stream.integer(below: columns), right: stream.integer(below: columns))
      let size = (margins.top + rows + margins.bottom, margins.left + columns + margins.right)
      func clamped(_ index: Int, _ count: Int) -> Int { Swift.min(Swift.max(index, 0), count - 1) }
      func mirrored(_ index: Int, _ count: Int) -> Int {
        let place = Swift.abs(index)
        return place < count ? place : 2 * count - 2 - place
      }
      for surroundings in Surroundings.allCases {
        let expected = planes(x, to: size) { pixel, row, column in
          let (r, c) = (row - margins.top, column - margins.left)
          return switch surroundings {
          case .zero:
            (0..<rows).contains(r) && (0..<columns).contains(c) ? pixel(r, c) : 0
          case .reflected: pixel(mirrored(r, rows), mirrored(c, columns))
          case .circular: pixel((r + rows) % rows, (c + columns) % columns)
          case .nearest: pixel(clamped(r, rows), clamped(c, columns))
          }
        }
        let padded = x.padded(margins, with: surroundings)
        #expect(padded == expected, "\(surroundings), \(margins) around \(x.shape)")
        #expect(padded.cropped(margins) == x)
      }
    }
  }

  @Test mutating func `are pooled as plain loops do`() {
    for _ in 0..<100 {
      let window = Window(
        Extent(rows: 1 + stream.integer(below: 4), columns: 1 + stream.integer(below: 4)),
        stride: Extent(rows: 1 + stream.integer(below: 3), columns: 1 + stream.integer(below: 3)))
      let padding = Margins(
        rows: stream.integer(below: window.size.rows),
        columns: stream.integer(below: window.size.columns))
      let padded = Window(window.size, stride: window.stride, padding: padding)
      let (rows, columns) = (4 + stream.integer(below: 6), 4 + stream.integer(below: 20))
      // Ties are frequent.
      let x = Tensor<Double>(
        (0..<6 * rows * columns).map { _ in Double(stream.integer(below: 5)) },
        shape: [2, 3, rows, columns])
      let size = (
        (rows + 2 * padding.top - window.size.rows) / window.stride.rows + 1,
        (columns + 2 * padding.left - window.size.columns) / window.stride.columns + 1
      )
      func pixels(_ row: Int, _ column: Int) -> [(Int, Int)] {
        var places: [(Int, Int)] = []
        for k in 0..<window.size.rows {
          for l in 0..<window.size.columns {
            let r = row * window.stride.rows + k - padding.top
            let c = column * window.stride.columns + l - padding.left
            if (0..<rows).contains(r) && (0..<columns).contains(c) { places.append((r, c)) }
          }
        }
        return places
      }
      let greatest = planes(x, to: size) { pixel, row, column in
        pixels(row, column).map { pixel($0.0, $0.1) }.max() ?? .nan
      }
      #expect(maximumPooling(x, padded) == greatest)
      let count = Double(window.size.rows * window.size.columns)
      let mean = planes(x, to: size) { pixel, row, column in
        pixels(row, column).reduce(0) { $0 + pixel($1.0, $1.1) } / count
      }
      #expect(averagePooling(x, padded) == mean)
    }
  }

  @Test func `give a maximum's gradient to the first of the greatest`() {
    let x = Tensor<Float>([1, 3, 3, 0, 3, 2, -0.0, 0], shape: [2, 4])
    let weights = Tensor<Float>([10, 20], shape: [1, 2])
    let slopes = gradient(at: x) { (maximumPooling($0, Window(2)) * weights).sum() }
    #expect(slopes == Tensor([0, 10, 20, 0, 0, 0, 0, 0], shape: [2, 4]))
    let overlapping = gradient(at: x) {
      maximumPooling($0, Window(Extent(rows: 2, columns: 3), stride: 1)).sum()
    }
    #expect(overlapping == Tensor([0, 2, 0, 0, 0, 0, 0, 0], shape: [2, 4]))
  }

  @Test func `count NaN as greatest and keep what is beside it`() {
    var x = Tensor<Float>(repeating: 1, shape: [1, 1, 4, 4])
    x[0, 0, 1, 1] = .nan
    x[0, 0, 3, 3] = .infinity
    x[0, 0, 0, 2] = -0.0
    let greatest = maximumPooling(x, Window(2))
    #expect(greatest[0, 0, 0, 0].isNaN && greatest[0, 0, 0, 1] == 1)
    #expect(greatest[0, 0, 1, 1] == .infinity)
    let mean = averagePooling(x, Window(2))
    #expect(mean[0, 0, 0, 0].isNaN && mean[0, 0, 0, 1] == 0.75 && mean[0, 0, 1, 1] == .infinity)
    let zero = Tensor<Float>([-0.0, .leastNonzeroMagnitude], shape: [1, 2])
    #expect(
      zero.padded(0) == zero && zero.upsampled(by: 1) == zero
        && zero.resized(to: Extent(rows: 1, columns: 2)) == zero)
  }

  @Test func `may be empty where a result has no pixel`() {
    let none = Tensor<Float>(zeros: [0, 3, 4, 4])
    #expect(maximumPooling(none, Window(2)).shape == [0, 3, 2, 2])
    #expect(averagePooling(none, Window(2)).shape == [0, 3, 2, 2])
    #expect(none.padded(1).shape == [0, 3, 6, 6])
    #expect(Tensor<Float>(zeros: [1, 0, 3]).padded(1) == Tensor(zeros: [1, 2, 5]))
    #expect(Tensor<Float>(zeros: [2, 2]).cropped(1).shape == [0, 0])
    let slopes = gradient(at: none) { maximumPooling($0, Window(2)).sum() }
    #expect(slopes == none)
  }

  @Test func `of one colour stay so when resized`() {
    let x = Tensor<Float>(repeating: 0.3, shape: [3, 5])
    for (rows, columns) in [(1, 1), (3, 5), (7, 2), (40, 41)] {
      let size = Extent(rows: rows, columns: columns)
      let y = x.resized(to: size)
      #expect(y.scalars.allSatisfy { Swift.abs($0 - 0.3) <= 2 * Float(0.3).ulp })
    }
  }
}
