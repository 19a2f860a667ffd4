import Datasets
import Digests
import Foundation
import Tensors
import Testing

/// What Tests/Golden/augmentation.py wrote.
private struct AugmentationFixture: Decodable {
  struct Picture: Decodable {
    let shape: [Int]
    let pixels: Data

    var bytes: ByteImages {
      ByteImages(
        [UInt8](pixels), count: 1, channels: shape[0], rows: shape[1], columns: shape[2])
    }
  }

  struct Case: Decodable {
    let image: Int
    let operation: String
    let value: Double
    let interpolation: String
    let digest: String

    var made: ImageOperation? {
      switch operation {
      case "autoContrast": .autoContrast
      case "equalize": .equalize
      case "invert": .invert
      case "posterize": .posterize(bits: Int(value))
      case "solarize": .solarize(threshold: value)
      case "colour": .colour(value)
      case "contrast": .contrast(value)
      case "brightness": .brightness(value)
      case "sharpness": .sharpness(value)
      case "rotate": .rotate(degrees: value)
      case "shearX": .shearX(value)
      case "shearY": .shearY(value)
      case "translateX": .translateX(value)
      case "translateY": .translateY(value)
      default: nil
      }
    }
  }

  struct Warps: Decodable {
    let coefficients: [[Double]]
    let pixels: [Data]
    let nearest: [Double]
    let bilinear: [Double]
  }

  let images: [Picture]
  let cases: [Case]
  let warps: Warps

  static func load() throws -> AugmentationFixture {
    let folder = try #require(Bundle.module.resourceURL)
    return try JSONDecoder().decode(
      AugmentationFixture.self,
      from: Data(contentsOf: folder.appending(path: "Fixtures/augmentation.json")))
  }
}

struct `Operations on bytes` {
  @Test func `give Pillow's bytes`() throws {
    let fixture = try AugmentationFixture.load()
    #expect(fixture.cases.count > 400)
    for expected in fixture.cases {
      let image = fixture.images[expected.image].bytes
      let operation = try #require(expected.made)
      let interpolation = try #require(Interpolation(rawValue: expected.interpolation))
      let result = image.applying(
        operation, interpolation, fill: image.channels == 1 ? [99] : [10, 120, 230])
      let digest = Digest(of: result.pixels).description.prefix(16)
      #expect(digest == expected.digest, "\(expected)")
    }
  }
}

struct `Warped images of numbers` {
  @Test func `agree with PyTorch's sampling of a grid`() throws {
    let warps = try AugmentationFixture.load().warps
    let pixels = warps.pixels.flatMap { $0.map { Double($0) / 255 } }
    let x = Tensor(pixels, shape: [2, 2, 7, 9])
    let maps = warps.coefficients.map { AffineWarp($0[0], $0[1], $0[2], $0[3], $0[4], $0[5]) }
    for (interpolation, expected) in [
      (Interpolation.nearest, warps.nearest), (.bilinear, warps.bilinear),
    ] {
      let found = x.warped(maps, interpolation).scalars
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-10 })
      let single = Tensor<Float>(converting: x).warped(maps, interpolation).scalars
      #expect(zip(single, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    }
  }
}
