internal import CKernels

/// Memory for the numbers of tensors, taken from the pool and given back when nobody holds it.
///
/// Unchecked: whoever writes holds the only reference (``Contents/isWritable``) or has just made it.
final class Buffer: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  private let size: Int

  /// Memory for so many bytes, holding anything.
  init(bytes: Int) {
    guard let memory = ck_pool_take(bytes) else {
      fatalError("Buffer: no memory for \(bytes) bytes")
    }
    base = memory
    size = bytes
  }

  deinit { ck_pool_give(base, size) }
}

/// What a tensor holds, whatever its kind of number; so the tape is one for all kinds.
struct Contents: Sendable {
  var shape: [Int]
  let count: Int
  var buffer: Buffer
  // Where the first number lies, in bytes; not zero for a part of another tensor.
  let offset: Int
  var node: Node?

  /// Where the first number lies.
  var base: UnsafeMutableRawPointer { buffer.base + offset }

  /// Whether the numbers can be changed in place: nobody else holds them, and no tape does.
  mutating func isWritable() -> Bool { node == nil && isKnownUniquelyReferenced(&buffer) }
}
