import Tensors
import TestSupport
import Testing

/// A convolution under test.
struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  let geometry: Convolution
  let x: [Int]
  let filters: [Int]

  var testDescription: String { "\(x) with \(filters), \(geometry)" }

  init(_ x: [Int], _ filters: [Int], _ geometry: Convolution = Convolution()) {
    (self.x, self.filters, self.geometry) = (x, filters, geometry)
  }

  /// Shapes and geometries that fit, from a stream.
  static func random(_ stream: inout RandomStream) -> Self {
    func one(_ bound: Int) -> Int { 1 + stream.integer(below: bound) }
    let geometry = Convolution(
      stride: Extent(rows: one(3), columns: one(3)),
      padding: Margins(
        top: stream.integer(below: 3), bottom: stream.integer(below: 3),
        left: stream.integer(below: 3), right: stream.integer(below: 3)),
      dilation: Extent(rows: one(2), columns: one(2)), groups: one(3))
    let filter = Extent(rows: one(4), columns: one(4))
    let channels = stream.integer(below: 4) == 0 ? one(20) : one(4)
    let outputs = stream.integer(below: 4) == 0 ? one(40) : one(4)
    let least = Extent(
      rows: Swift.max(1, geometry.dilation.rows * (filter.rows - 1) + 1),
      columns: Swift.max(1, geometry.dilation.columns * (filter.columns - 1) + 1))
    return Self(
      [
        one(3), channels * geometry.groups, least.rows + stream.integer(below: 9),
        least.columns + stream.integer(below: stream.integer(below: 3) == 0 ? 40 : 9),
      ],
      [outputs * geometry.groups, channels, filter.rows, filter.columns], geometry)
  }
}

struct `Convolutions` {
  static let cases = [
    ConvolutionCase([1, 1, 1, 1], [1, 1, 1, 1]),
    ConvolutionCase([2, 3, 8, 8], [16, 3, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([5, 16, 4, 4], [20, 16, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([2, 16, 9, 33], [33, 16, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([3, 16, 8, 8], [32, 16, 3, 3], Convolution(stride: 2, padding: 1)),
    ConvolutionCase([3, 16, 8, 8], [32, 16, 1, 1], Convolution(stride: 2)),
    ConvolutionCase([3, 12, 7, 9], [12, 1, 3, 3], Convolution(padding: 1, groups: 12)),
    ConvolutionCase(
      [1, 6, 12, 12], [18, 3, 5, 5], Convolution(padding: 4, dilation: 2, groups: 2)),
    ConvolutionCase([1, 520, 3, 3], [2, 520, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([2, 2, 3, 3], [500, 2, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([5, 1, 33, 32], [2, 1, 2, 2], Convolution(stride: 1, padding: 1)),
    ConvolutionCase([17, 2, 16, 16], [3, 2, 1, 1]),
    ConvolutionCase(
      [2, 2, 1, 50], [3, 2, 1, 7], Convolution(stride: Extent(rows: 1, columns: 3))),
    ConvolutionCase([2, 3, 9, 9], [4, 3, 2, 2], Convolution(stride: 4)),
    ConvolutionCase([3, 5, 4, 4], [16, 5, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([2, 16, 8, 8], [16, 16, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([2, 8, 16, 16], [16, 8, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([5, 4, 32, 32], [16, 4, 3, 3], Convolution(padding: 1)),
    ConvolutionCase([4, 16, 6, 4], [32, 8, 3, 3], Convolution(padding: 1, groups: 2)),
    // As many positions as pixels, at other places.
    ConvolutionCase(
      [3, 2, 11, 3], [2, 2, 1, 1],
      Convolution(
        stride: Extent(rows: 1, columns: 2),
        padding: Margins(top: 0, bottom: 0, left: 0, right: 2))),
    ConvolutionCase([33, 5, 9, 6], [5, 1, 3, 3], Convolution(stride: 2, padding: 1, groups: 5)),
    ConvolutionCase([0, 3, 9, 9], [4, 3, 2, 2]), ConvolutionCase([2, 0, 4, 4], [3, 0, 2, 2]),
    ConvolutionCase([2, 3, 4, 4], [0, 3, 2, 2]),
  ]

  @Test(arguments: cases)
  func `is one chain of fused multiply-adds an entry`(subject: ConvolutionCase) {
    check(subject, Float.self)
    check(subject, Double.self)
  }

  @Test func `is so in random shapes`() {
    var stream = RandomStream(paper: "test", seed: 31, purpose: .data)
    for _ in 0..<300 {
      let subject = ConvolutionCase.random(&stream)
      check(subject, Float.self)
      check(subject, Double.self)
    }
  }

  @Test(arguments: cases)
  func `is so where numbers are not finite`(subject: ConvolutionCase) {
    check(subject, Float.self, special: .infinity)
    check(subject, Double.self, special: .nan)
  }

  private func check<E: Scalar>(_ subject: ConvolutionCase, _: E.Type, special: E? = nil) {
    let reference = ConvolutionReference<E>(
      subject.geometry, x: subject.x, filters: subject.filters)
    var stream = RandomStream(paper: "test", seed: 32, purpose: .data)
    func drawn(_ shape: [Int]) -> Tensor<E> {
      var scalars = (stream.normal(shape: shape) as Tensor<E>).scalars
      if let special, !scalars.isEmpty { scalars[scalars.count * 2 / 3] = special }
      return Tensor(scalars, shape: shape)
    }
    let (x, w, g) = (drawn(subject.x), drawn(subject.filters), drawn(reference.y))
    #expect(convolution(x, w, subject.geometry) == reference.forward(x, w), "\(subject)")
    let slopes = gradient(at: [x, w]) { (convolution($0[0], $0[1], subject.geometry) * g).sum() }
    #expect(slopes[0] == reference.inputGradient(g, w), "images of \(subject)")
    #expect(slopes[1] == reference.filterGradient(x, g), "filters of \(subject)")
    let z = transposedConvolution(
      g, w, subject.geometry, size: Extent(rows: subject.x[2], columns: subject.x[3]))
    #expect(z == slopes[0], "transpose of \(subject)")
  }

  @Test func `takes padding for zeros that take part`() {
    let x = Tensor<Float>(repeating: 1, shape: [1, 1, 3, 3])
    var w = Tensor<Float>(repeating: 1, shape: [1, 1, 3, 3])
    w[0, 0, 0, 0] = .nan
    let y = convolution(x, w, Convolution(padding: 1))
    #expect(y.scalars.allSatisfy { $0.isNaN })
    w[0, 0, 0, 0] = .infinity
    let z = convolution(x, w, Convolution(padding: 1))
    #expect(z[0, 0, 0, 0].isNaN && z[0, 0, 0, 1].isNaN && z[0, 0, 1, 1] == .infinity)
    #expect(z[0, 0, 2, 2] == .infinity)
  }

  @Test func `carries NaN and infinity no further than the filter reaches`() {
    for (width, stride) in [(32, 1), (8, 1), (4, 1), (9, 2)] {
      var x = Tensor<Float>(repeating: 1, shape: [1, 2, width, width])
      x[0, 1, 2, 2] = .nan
      let w = Tensor<Float>(repeating: 1, shape: [20, 2, 3, 3])
      let y = convolution(x, w, Convolution(stride: Extent(stride), padding: 1))
      let size = y.shape[2]
      for row in 0..<size {
        for column in 0..<size {
          let near = Swift.abs(row * stride - 2) <= 1 && Swift.abs(column * stride - 2) <= 1
          #expect(y[0, 19, row, column].isNaN == near, "\(width), \(row), \(column)")
        }
      }
    }
  }

  @Test func `keeps numbers below the least normal one, and gives no -0`() {
    let tiny = Float.leastNonzeroMagnitude
    for width in [4, 32] {
      let x = Tensor<Float>(repeating: -tiny, shape: [1, 1, width, width])
      let half = Tensor<Float>(repeating: 0.25, shape: [1, 1, 1, 1])
      let zeros = convolution(x, half)
      #expect(zeros == Tensor(zeros: x.shape))
      let one = Tensor<Float>(repeating: 1, shape: [16, 1, 3, 3])
      #expect(convolution(x, one, Convolution(padding: 1))[0, 3, 1, 1] == -9 * tiny)
    }
  }

  @Test func `runs along sequences`() {
    let x = Tensor<Double>([1, 2, 3, 4, 5, 6, 7, 8], shape: [1, 2, 4])
    let w = Tensor<Double>([1, 0, -1, 2], shape: [1, 2, 2])
    let y = convolution(x, w, Convolution(padding: 1))
    #expect(y == Tensor([10, 8, 10, 12, -4], shape: [1, 1, 5]))
  }

  @Test func `is turned round by its transpose`() {
    // Σ z v = Σ x convolution(v)
    var stream = RandomStream(paper: "test", seed: 33, purpose: .data)
    for stride in 1...3 {
      let form = Convolution(stride: Extent(stride), padding: 1)
      let x: Tensor<Double> = stream.normal(shape: [2, 3, 4, 4])
      let w: Tensor<Double> = stream.normal(shape: [3, 5, 3, 3])
      let z = transposedConvolution(x, w, form)
      let v: Tensor<Double> = stream.normal(shape: z.shape)
      let difference = (z * v).sum() - (x * convolution(v, w, form)).sum()
      #expect(Swift.abs(difference.item) < 1e-12)
    }
  }
}
