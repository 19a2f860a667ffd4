import Tensors
import Testing

struct `Software fused multiply-add` {
  @Test func `agrees with the processor on random doubles of every size`() {
    var stream = RandomStream(paper: "test", seed: 2, purpose: .data)
    for _ in 0..<200_000 {
      let (a, b) = (
        Double(bitPattern: stream.nextUInt64()), Double(bitPattern: stream.nextUInt64())
      )
      // An addend of the product's size, so that digits cancel.
      let near = a * b * (Double(stream.integer(below: 5)) - 2)
      let far = Double(bitPattern: stream.nextUInt64())
      for c in [near, -(a * b), near.nextUp, far] { check(a, b, c) }
    }
  }

  @Test func `agrees with the processor where results are subnormal, tie or cancel`() {
    let numbers: [Double] = [
      0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0x1p-1022,
      Double.leastNormalMagnitude.nextDown, 1, -1, 1 + 0x1p-52, 0x1p-53,
      0x1p-54, 0x1.8p-53, 0x1p53, 0x1.fffffffffffffp1023, -0x1.fffffffffffffp1023, 0x1p-511,
      0x1.8p-511, 0x1p-537, .infinity, -.infinity, .nan, 3, 1.0 / 3, 0x1p-1074,
      3 * .leastNonzeroMagnitude, 0x1p970,
    ]
    for a in numbers {
      for b in numbers {
        for c in numbers { check(a, b, c) }
      }
    }
  }

  @Test func `agrees with the processor on floats`() {
    var stream = RandomStream(paper: "test", seed: 3, purpose: .data)
    for _ in 0..<400_000 {
      let a = Float(bitPattern: stream.nextUInt32())
      let b = Float(bitPattern: stream.nextUInt32())
      let far = Float(bitPattern: stream.nextUInt32())
      for c in [a * b, -(a * b), (a * b).nextDown, far] {
        let (ours, exact) = (Kernels.softwareFusedMultiplyAdd(a, b, c), c.addingProduct(a, b))
        guard Tensor(ours) != Tensor(exact) else { continue }
        Issue.record("fma(\(a), \(b), \(c)) is \(ours), not \(exact)")
      }
    }
  }

  private func check(_ a: Double, _ b: Double, _ c: Double) {
    let (ours, exact) = (Kernels.softwareFusedMultiplyAdd(a, b, c), c.addingProduct(a, b))
    if Tensor(ours) != Tensor(exact) {
      Issue.record("fma(\(a), \(b), \(c)) is \(ours), not \(exact)")
    }
  }
}
