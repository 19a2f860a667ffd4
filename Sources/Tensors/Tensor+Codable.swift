internal import CKernels

extension Tensor: Codable {
  private enum Key: String, CodingKey { case shape, scalars }

  /// Decodes a shape and the base64 of its little-endian scalars; fails where they disagree.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let shape = try container.decode([Int].self, forKey: .shape)
    let text = try container.decode(String.self, forKey: .scalars)
    let size = MemoryLayout<Element>.size
    var count: Int? = 1
    for axis in shape {
      guard axis >= 0, let product = count?.multipliedReportingOverflow(by: axis) else {
        count = nil
        break
      }
      count = product.overflow ? nil : product.partialValue
    }
    guard let bytes = Base64.decoded(text), let count, bytes.count / size == count,
      bytes.count % size == 0
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .scalars, in: container,
        debugDescription: "the text is not the base64 of the scalars of shape \(shape)")
    }
    let scalars = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialized = count
    }
    self.init(scalars, shape: shape)
  }

  /// Encodes the shape and the base64 of the little-endian scalars; all NaN become one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(shape, forKey: .shape)
    try container.encode(Base64.encoded(bytes), forKey: .scalars)
  }

  /// The scalars' little-endian bytes, for digests; all NaN become one.
  public var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count * MemoryLayout<Element>.size) { buffer, size in
      if let target = buffer.baseAddress {
        withPointer { ck_canonical(Self.type, count, $0, target) }
      }
      size = count * MemoryLayout<Element>.size
    }
  }
}
