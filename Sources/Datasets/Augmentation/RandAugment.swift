public import Tensors

/// RandAugment: a few operations an image, drawn from fourteen, all at one strength.
///
/// The strengths follow torchvision's `RandAugment`, whose magnitude m of 31 bins is a strength of
/// m / 30. With strength s and a random sign where marked ±: shear ±0.3 s, translate
/// ±⌊150/331 s size⌋, rotate ±30° s, colour, contrast, brightness and sharpness 1 ± 0.9 s, posterize
/// 8 − round(4 s) bits, solarize from 255 (1 − s) on; identity, autocontrast and equalize have none.
///
/// - Source: Cubuk et al. 2020, RandAugment, arXiv 1909.13719, §3; its authors' ranges of strength are
///   others.
public struct RandAugment: Hashable, Sendable {
  /// How many operations an image goes through, N.
  public let operations: Int

  /// The strength s.
  public let strength: Double

  /// Augmentation by some operations at one strength.
  ///
  /// - Precondition: the number is not negative, the strength lies in 0...1.
  public init(operations: Int, strength: Double) {
    require(
      operations >= 0 && (0...1).contains(strength),
      "RandAugment: \(operations) operations at a strength of \(strength)")
    self.operations = operations
    self.strength = strength
  }

  /// What is done to each image of a batch: all choices are drawn first, then all signs.
  ///
  /// - Parameters:
  ///   - count: how many images.
  ///   - rows: the rows of an image.
  ///   - columns: the columns of an image.
  ///   - stream: the source.
  /// - Returns: a list an image.
  public func draw(
    _ count: Int, rows: Int, columns: Int, using stream: inout RandomStream
  ) -> [[ImageOperation]] {
    let choices = stream.integers(below: 14, count: count * operations)
    let signs = stream.integers(below: 2, count: count * operations)
    return (0..<count).map { image in
      (image * operations..<(image + 1) * operations).map {
        operation(choices[$0], sign: signs[$0] == 0 ? 1 : -1, rows: rows, columns: columns)
      }
    }
  }

  private func operation(
    _ choice: Int, sign: Double, rows: Int, columns: Int
  ) -> ImageOperation {
    let s = sign * strength
    func shift(_ size: Int) -> Double {
      sign * (150.0 / 331 * strength * Double(size)).rounded(.down)
    }
    switch choice {
    case 0: return .identity
    case 1: return .shearX(0.3 * s)
    case 2: return .shearY(0.3 * s)
    case 3: return .translateX(shift(columns))
    case 4: return .translateY(shift(rows))
    case 5: return .rotate(degrees: 30 * s)
    case 6: return .brightness(1 + 0.9 * s)
    case 7: return .colour(1 + 0.9 * s)
    case 8: return .contrast(1 + 0.9 * s)
    case 9: return .sharpness(1 + 0.9 * s)
    case 10: return .posterize(bits: 8 - Int((4 * strength).rounded(.toNearestOrEven)))
    case 11: return .solarize(threshold: 255 * (1 - strength))
    case 12: return .autoContrast
    default: return .equalize
    }
  }
}

extension ByteImages {
  /// The images after RandAugment.
  ///
  /// - Precondition: images have one channel or three; a fill has an entry a channel.
  public func augmented(
    _ augmentation: RandAugment, _ interpolation: Interpolation = .nearest, fill: [UInt8]? = nil,
    using stream: inout RandomStream
  ) -> ByteImages {
    let operations = augmentation.draw(count, rows: rows, columns: columns, using: &stream)
    return applying(operations, interpolation, fill: fill)
  }
}
