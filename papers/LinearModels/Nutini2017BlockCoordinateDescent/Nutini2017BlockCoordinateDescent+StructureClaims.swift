import Replication

// Claims about blocks of a graph, and about the support of a solution.
extension Nutini2017BlockCoordinateDescent {
  static func messagesExact(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "Message passing solves a forest's block exactly, in time linear in its size.",
      from: .abstract, that: the(\.treeError, of: .messages).greatest().atMost(1e-10),
      the(\.eliminations, of: .messages).slope(on: .logLog).atMost(1.2),
      the(\.refused, of: .messages).least().exactly(1),
      because: """
        an identity, up to rounding; eliminations are one an edge, from blocks of a hundred nodes \
        to 2400; a block with a cycle must be refused, and overlooking one of its edges is wrong
        """,
      seeds: .every(tier == .smoke ? 2 : 5), unlike: .putting(\.cycleError, for: \.treeError))
  }

  static func bigTreesWin(at tier: Tier) -> Expectation<Self> {
    let least = tier == .smoke ? 0.3 : 0.5
    return Expectation(
      "Large forests chosen greedily make more progress than fixed ones, and these than small blocks.",
      from: .figure(6), that: lead(.treePartition, .greedyTree).atLeast(least),
      lead(.redBlack, .treePartition).atLeast(least),
      lead(.largest, .redBlack).atLeast(least),
      because: """
        independent runs of 20 × 20 nodes gave 5.4e-7 for greedy trees, 8.5e-6 for a tree partition, \
        1.3e-4 for two colours and 4.6e-2 for the largest n^{1/3} nodes, after 150 iterations, with a \
        spread of .4 decade over lattices; .3 where every smoke seed must show it, and the same half \
        decade for 50 × 50. Random trees are no better than the partition
        """,
      seeds: rule(at: tier), unlike: .putting(.randomTree, for: .greedyTree))
  }

  static func identification(at tier: Tier) -> Expectation<Self> {
    func last(_ arm: Arm) -> Measure<Self, Steps> { the(\.identification, of: arm).last() }
    func gap(_ arm: Arm) -> Condition<Self> { the(\.finalGap, of: arm).last().atMost(1e-12) }
    let statement = "Greedy projected Newton blocks find the support in few steps and end exactly."
    let why = """
      of solutions with 90 nonzeros at most; independent runs gave 13 iterations with blocks of 50 \
      and 4 with blocks of 150, and three times as many are let through. Random projected gradient \
      blocks still change the support after 200
      """
    if tier == .smoke {
      return Expectation(
        statement, from: .abstract, that: last(.newton50).atMost(40), gap(.newton50),
        because: why, seeds: .every(2), unlike: .putting(.gradientRandom, for: .newton50))
    }
    return Expectation(
      statement, from: .abstract, that: last(.newton50).atMost(40), gap(.newton50),
      last(.newton150).atMost(10), gap(.newton150), because: why, seeds: .every(5),
      unlike: .putting(.gradientRandom, for: .newton50)
        .and(.putting(.gradientRandom, for: .newton150)))
  }

  static func superlinear(at tier: Tier) -> Expectation<Self>? {
    guard tier != .smoke else { return nil }
    return Expectation(
      "Once the support is found, blocks that hold it end the error at once.",
      from: .abstract, that: the(\.contraction, of: .newton150).last().atMost(1e-3),
      because: """
        one exact step on the support ends at rounding; of the five ratios of errors from the \
        identifying step on the least must be a thousandth, where linear convergence keeps above a \
        half
        """,
      seeds: .every(5), unlike: .putting(.gradient150, for: .newton150))
  }
}
