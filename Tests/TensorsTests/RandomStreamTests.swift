import Tensors
import Testing

private func stream(_ seed: UInt64, _ purpose: Purpose = .noise) -> RandomStream {
  RandomStream(paper: "test", seed: seed, purpose: purpose)
}

struct `Random streams` {
  @Test func `use Philox 4x32-10 with its published answers`() {
    // Random123's kat_vectors: counter, key, block.
    let answers: [([UInt32], [UInt32], [UInt32])] = [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [.max, .max, .max, .max], [.max, .max],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ]
    for (counter, key, block) in answers {
      #expect(Kernels.philox(counter: counter, key: key) == block)
    }
  }

  @Test func `depend on the paper, the seed and the purpose, and on nothing else`() {
    var base = stream(1)
    let words = (0..<4).map { _ in base.nextUInt64() }
    var again = stream(1)
    #expect((0..<4).map { _ in again.nextUInt64() } == words)
    var others = [stream(2), stream(1, .data), stream(1).child(0), stream(1).child(1)]
    others.append(RandomStream(paper: "other", seed: 1, purpose: .noise))
    others.append(stream(1).child("0"))
    var firsts: Set<UInt64> = [words[0]]
    for index in others.indices { firsts.insert(others[index].nextUInt64()) }
    #expect(firsts.count == 7)
    #expect(base.child(3) == stream(1).child(3))
  }

  @Test func `draw in bulk what they draw one by one`() {
    var (bulk, single) = (stream(4), stream(4))
    _ = (bulk.nextUInt64(), single.nextUInt64())
    let numbers: Tensor<Double> = bulk.normal(shape: [3, 700])
    #expect(numbers.scalars == (0..<2100).map { _ in single.normal() })
    let uniform: Tensor<Double> = bulk.uniform(shape: [5])
    #expect(uniform.scalars == (0..<5).map { _ in single.uniform() })
    #expect(bulk.nextUInt64() == single.nextUInt64())
  }

  @Test func `draw floats from the same words as doubles`() {
    var (floats, doubles) = (stream(5), stream(5))
    let left: Tensor<Float> = floats.normal(shape: [10_001])
    let right: Tensor<Double> = doubles.normal(shape: [10_001])
    // A float's place has 32 bits of the word, so it differs by that over the density, and by
    // rounding.
    let agree = zip(left.scalars, right.scalars).map { x, z in
      let density = Tensors.exp(-z * z / 2) / 2.5066282746310002
      return Swift.abs(Double(x) - z) <= 0x1p-32 / density * 1.1 + 1e-6 * Swift.abs(z)
    }
    #expect(!agree.contains(false))
    let low: Tensor<Float> = floats.uniform(shape: [1000])
    let high: Tensor<Double> = doubles.uniform(shape: [1000])
    #expect(
      zip(low.scalars, high.scalars).allSatisfy { Double($0) <= $1 && $1 < Double($0) + 0x1p-24 })
  }

  @Test func `have the moments of their distributions`() {
    var stream = stream(6)
    let count = 400_000
    let normal: Tensor<Double> = stream.normal(shape: [count])
    // Each bound is five standard errors.
    let root = Double(count).squareRoot()
    #expect(Swift.abs(normal.mean().item) < 5 / root)
    #expect(Swift.abs((normal * normal).mean().item - 1) < 5 * 2.0.squareRoot() / root)
    #expect(
      Swift.abs((normal * normal * normal * normal).mean().item - 3) < 5 * 96.0.squareRoot() / root)
    let uniform: Tensor<Double> = stream.uniform(shape: [count])
    #expect(Swift.abs(uniform.mean().item - 0.5) < 5 / (12.0.squareRoot() * root))
    #expect(uniform.scalars.allSatisfy { $0 >= 0 && $0 < 1 })
  }

  @Test func `draw every integer below a bound equally often`() {
    var stream = stream(7)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[stream.integer(below: 6)] += 1 }
    let distance = counts.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    #expect(distance < 25.7)  // chi-square with 5 degrees of freedom, 1e-4
    #expect((0..<100).allSatisfy { _ in stream.integer(below: 1) == 0 })
    #expect((0..<100).allSatisfy { _ in stream.integer(below: .max) >= 0 })
  }

  @Test func `permute and choose without repetition`() {
    var stream = stream(8)
    let order = stream.permutation(of: 1000)
    #expect(order.sorted() == Array(0..<1000) && order != Array(0..<1000))
    let chosen = stream.choice(10, of: 20)
    #expect(Set(chosen).count == 10 && chosen.allSatisfy { (0..<20).contains($0) })
    #expect(stream.choice(0, of: 0).isEmpty)
    var orders: [[Int]: Int] = [:]
    for _ in 0..<6000 { orders[stream.permutation(of: 3), default: 0] += 1 }
    #expect(orders.count == 6 && orders.values.allSatisfy { Swift.abs($0 - 1000) < 150 })
  }

  @Test func `refuse what cannot be drawn`() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(paper: "test", seed: 0, purpose: .noise)
      _ = stream.integer(below: 0)
    }
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(paper: "test", seed: 0, purpose: .noise)
      _ = stream.choice(3, of: 2)
    }
  }
}
