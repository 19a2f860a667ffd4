internal import CKernels

// Pieces of the kernels that have published or exact references of their own.
extension Kernels {
  /// `a b + c` rounded once, worked out without fused instructions.
  package static func softwareFusedMultiplyAdd(_ a: Double, _ b: Double, _ c: Double) -> Double {
    ck_software_fma(a, b, c)
  }

  /// `a b + c` rounded once, worked out without fused instructions.
  package static func softwareFusedMultiplyAdd(_ a: Float, _ b: Float, _ c: Float) -> Float {
    ck_software_fmaf(a, b, c)
  }

  /// The block of Philox 4x32-10 at a counter of four words under a key of two.
  package static func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    require(
      counter.count == 4 && key.count == 2,
      "philox: a counter of \(counter.count) words and a key of \(key.count)")
    var block = [UInt32](repeating: 0, count: 4)
    ck_philox(counter, key, &block)
    return block
  }

  /// How many times memory for tensors had to be asked of the system.
  package static var freshMemory: UInt64 { ck_fresh_memory() }
}
