import Neural
import Tensors
import Testing

private func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "neural-tests", seed: seed, purpose: .shuffling)
}

struct `Batches of several groups` {
  @Test func `have P classes with K different examples`() {
    let labels = (0..<60).map { $0 % 6 }
    var batches = BalancedBatches(labels: labels, classes: 4, examples: 3, using: stream(1))
    var seen: Set<Int> = []
    for _ in 0..<50 {
      let batch = batches.next() ?? []
      #expect(Set(batch).count == 12)
      let classes = batch.map { labels[$0] }
      #expect(Set(classes).count == 4)
      #expect((0..<4).allSatisfy { Set(classes[3 * $0..<3 * $0 + 3]).count == 1 })
      seen.formUnion(batch)
    }
    #expect(seen.count == 60)
  }

  @Test func `of a class with too few examples stop`() async {
    await #expect(processExitsWith: .failure) {
      let stream = RandomStream(paper: "neural-tests", seed: 1, purpose: .shuffling)
      _ = BalancedBatches(labels: [0, 0, 1], classes: 1, examples: 2, using: stream)
    }
  }

  @Test func `go through each domain in epochs of its own`() {
    let domains = [0, 0, 0, 0, 2, 2, 0, 0]
    var batches = DomainBatches(domains: domains, size: 2, using: stream(2))
    let drawn = (0..<3).compactMap { _ in batches.next() }
    #expect(drawn.allSatisfy { $0.count == 2 && Set($0[1]) == [4, 5] })
    #expect(drawn.flatMap { $0[0] }.sorted() == [0, 1, 2, 3, 6, 7])
  }
}

struct `Partial shuffles` {
  @Test(arguments: [0, 1, 5, 100]) func `of a buffer give each number once`(n: Int) {
    var source = stream(3)
    #expect(source.bufferedPermutation(of: n, buffer: 7).sorted() == Array(0..<n))
    #expect(source.bufferedPermutation(of: n, buffer: 1) == Array(0..<n))
  }

  @Test func `of a buffer bring no number before its time`() {
    var source = stream(4)
    let order = source.bufferedPermutation(of: 1000, buffer: 10)
    #expect(order.enumerated().allSatisfy { $0.element < $0.offset + 10 })
    #expect(order != Array(0..<1000))
  }

  @Test func `of blocks keep a buffer's blocks together`() {
    var source = stream(5)
    let order = source.blockPermutation(of: 103, block: 10, buffered: 3)
    #expect(order.sorted() == Array(0..<103))
    // Eleven blocks, the last of three, in groups of at most three.
    var rest = order[...]
    var groups: [Set<Int>] = []
    while !rest.isEmpty {
      let blocks = Set(rest.prefix(23).map { $0 / 10 })
      let count = blocks.reduce(0) { $0 + ($1 == 10 ? 3 : 10) }
      groups.append(Set(rest.prefix(count).map { $0 / 10 }))
      rest = rest.dropFirst(count)
    }
    #expect(groups.map(\.count) == [3, 3, 3, 2])
  }

  @Test func `are cut into batches with or without the rest`() {
    #expect([4, 2, 3, 1, 0].batches(of: 2, keepingRest: false) == [[4, 2], [3, 1]])
    #expect([4, 2, 3, 1, 0].batches(of: 2, keepingRest: true) == [[4, 2], [3, 1], [0]])
    #expect([Int]().batches(of: 2, keepingRest: true) == [])
  }
}
