import Foundation
import Tensors
import TestSupport
import Testing

/// Images, convolutions and their gradients that PyTorch computed; see Tests/Golden/convolution.py.
struct `Images of another library` {
  private struct Fixture: Decodable {
    struct Case: Decodable {
      let x, filters, stride, padding, dilation: [Int]
      let groups: Int
      let y, dx, dfilters, transposed: [Double]
    }
    struct Result: Decodable {
      let shape: [Int]
      let scalars: [Double]
    }
    let convolutions: [Case]
    let operations: [String: Result]
  }

  private let fixture: Fixture

  init() throws {
    let url = try #require(
      Bundle.module.url(forResource: "images", withExtension: "json", subdirectory: "Fixtures"))
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }

  /// The numbers both sides make.
  private func made(_ shape: [Int], _ salt: Int) -> Tensor<Double> {
    Tensor(
      (0..<shape.reduce(1, *)).map {
        Double(($0 * $0 * 7919 + $0 * 104729 + salt) % 1009) / 1009 - 0.5
      },
      shape: shape)
  }

  @Test func `agree on convolutions`() {
    #expect(fixture.convolutions.count == 5)
    for subject in fixture.convolutions {
      let geometry = Convolution(
        stride: Extent(rows: subject.stride[0], columns: subject.stride[1]),
        padding: Margins(rows: subject.padding[0], columns: subject.padding[1]),
        dilation: Extent(rows: subject.dilation[0], columns: subject.dilation[1]),
        groups: subject.groups)
      let (x, filters) = (made(subject.x, 1), made(subject.filters, 2))
      let y = convolution(x, filters, geometry)
      #expect(greatestDifference(y, Tensor(subject.y, shape: y.shape)) < 1e-13)
      let g = made(y.shape, 3)
      let slopes = gradient(at: [x, filters]) { (convolution($0[0], $0[1], geometry) * g).sum() }
      #expect(greatestDifference(slopes[0], Tensor(subject.dx, shape: x.shape)) < 1e-13)
      #expect(
        greatestDifference(slopes[1], Tensor(subject.dfilters, shape: filters.shape)) < 1e-13)
      let z = transposedConvolution(g, filters, geometry)
      #expect(greatestDifference(z, Tensor(subject.transposed, shape: z.shape)) < 1e-13)
    }
  }

  @Test func `agree on pooling, padding and resizing`() throws {
    let x = made([2, 2, 7, 5], 4)
    let margins = Margins(top: 2, bottom: 4, left: 3, right: 1)
    let results = [
      "maximum pooling 3, stride 2, padding 1": maximumPooling(
        x, Window(3, stride: 2, padding: 1)),
      "maximum pooling 2": maximumPooling(x, Window(2)),
      "average pooling 3, stride 2, padding 1": averagePooling(
        x, Window(3, stride: 2, padding: 1)),
      "average pooling 2 by 3": averagePooling(x, Window(Extent(rows: 2, columns: 3))),
      "adaptive to 3 by 2": adaptiveAveragePooling(x, to: Extent(rows: 3, columns: 2)),
      "adaptive to 4 by 4": adaptiveAveragePooling(x, to: 4),
      "global average": globalAveragePooling(x),
      "resized to 9 by 4": x.resized(to: Extent(rows: 9, columns: 4)),
      "resized to 3 by 11, corners": x.resized(
        to: Extent(rows: 3, columns: 11), aligningCorners: true),
      "upsampled by 2 and 3": x.upsampled(by: Extent(rows: 2, columns: 3)),
      "padded, zero": x.padded(margins),
      "padded, reflected": x.padded(margins, with: .reflected),
      "padded, circular": x.padded(margins, with: .circular),
      "padded, nearest": x.padded(margins, with: .nearest),
      "cropped": x.cropped(Margins(top: 2, bottom: 1, left: 1, right: 2)),
    ]
    #expect(results.keys.sorted() == fixture.operations.keys.sorted())
    for (name, result) in results {
      let expected = try #require(fixture.operations[name])
      let difference = greatestDifference(
        result, Tensor(expected.scalars, shape: expected.shape))
      #expect(difference < 1e-14, "\(name)")
    }
  }
}
