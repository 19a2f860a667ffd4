import Replication
import TrainingCore

extension Nutini2017BlockCoordinateDescent {
  /// The order in which messages solve A_BB d = r on a forest, in time linear in |B|.
  struct Messages {
    private let nodes: [Int]
    /// Places in the block, each after its parent.
    private var order: [Int] = []
    private var parents: [Int?]
    /// A between a place and its parent.
    private var entries: [Double]
    private let diagonal: [Double]

    /// The messages of a block; nil where it holds a cycle, unless that is to be overlooked.
    init?(on block: [Int], of graph: Graph, overlookingCycles: Bool = false) {
      nodes = block
      parents = [Int?](repeating: nil, count: block.count)
      entries = [Double](repeating: 0, count: block.count)
      diagonal = block.map { graph.diagonal[$0] }
      var place = [Int?](repeating: nil, count: graph.count)
      for (position, node) in block.enumerated() { place[node] = position }
      var isSeen = [Bool](repeating: false, count: block.count)
      var (components, ends) = (0, 0)
      for root in block.indices where !isSeen[root] {
        components += 1
        isSeen[root] = true
        var waiting = [root]
        while let here = waiting.popLast() {
          order.append(here)
          for edge in graph.neighbours[block[here]] {
            guard let next = place[edge.node] else { continue }
            ends += 1
            if isSeen[next] { continue }
            isSeen[next] = true
            parents[next] = here
            entries[next] = -edge.weight
            waiting.append(next)
          }
        }
      }
      // A forest has one edge less a tree than it has nodes; each was met from both its ends.
      if ends != 2 * (block.count - components) && !overlookingCycles { return nil }
    }

    /// d, and how many eliminations it takes: one an edge.
    func solve(_ right: [Double]) -> (solution: [Double], eliminations: Int) {
      var (pivots, rest, eliminations) = (diagonal, right, 0)
      for child in order.reversed() {
        guard let parent = parents[child] else { continue }
        let factor = entries[child] / pivots[child]
        pivots[parent] -= factor * entries[child]
        rest[parent] -= factor * rest[child]
        eliminations += 1
      }
      for place in order {
        if let parent = parents[place] { rest[place] -= entries[place] * rest[parent] }
        rest[place] /= pivots[place]
      }
      return (rest, eliminations)
    }
  }

  /// Solves a random forest block of each lattice by messages, and one with a cycle.
  static func messagePassing(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var outcome = Outcome()
    for side in setup.sides {
      var stream = trial.stream(.data).child(side)
      let graph = Graph(side: side, labels: setup.columns, using: &stream)
      let order = stream.permutation(of: graph.count)
      let block = graph.forest(scanning: order)
      let right: Tensor<Double> = stream.normal(shape: [graph.count])
      guard let messages = Messages(on: block, of: graph) else {
        throw MessageError.cycle(nodes: block.count)
      }
      let own = right.gathered(rows: block)
      let (solution, eliminations) = messages.solve(own.scalars)
      let at = Count(block.count)
      outcome.treeError.append(
        Ratio(try difference(solution, own, block, graph)), at: at)
      outcome.eliminations.append(Count(eliminations), at: at)

      // Any node left out closes a cycle.
      let taken = Set(block)
      guard let closing = order.first(where: { !taken.contains($0) }) else {
        throw MessageError.noCycle(nodes: block.count)
      }
      let cyclic = block + [closing]
      outcome.refused.append(Messages(on: cyclic, of: graph) == nil ? 1 : 0, at: at)
      let wide = right.gathered(rows: cyclic)
      let overlooking = Messages(on: cyclic, of: graph, overlookingCycles: true)
      let wrong = overlooking?.solve(wide.scalars).solution ?? []
      outcome.cycleError.append(
        Ratio(try difference(wrong, wide, cyclic, graph)), at: at)
    }
    return outcome
  }

  /// The relative difference from a dense solution.
  private static func difference(
    _ solution: [Double], _ right: Tensor<Double>, _ block: [Int], _ graph: Graph
  ) throws -> Double {
    let dense = try solvePositiveDefinite(graph.matrix(of: block), right)
    let error = (Tensor(solution) - dense).sumOfSquares().item
    return sqrt(error / dense.sumOfSquares().item)
  }

  /// What message passing cannot be tested on.
  enum MessageError: Error {
    case cycle(nodes: Int)
    case noCycle(nodes: Int)
  }

  /// Descends on a lattice; every block is solved exactly.
  static func latticeDescent(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var stream = trial.stream(.data)
    let graph = Graph(side: setup.rows, labels: setup.columns, using: &stream)
    var orders = trial.stream(.sampling)
    let all = Array(0..<graph.count)
    let parts: [[Int]] =
      switch setup.rule {
      case .redBlack: [0, 1].map { colour in all.filter { graph.colours[$0] == colour } }
      case .treePartition: graph.partitionIntoForests()
      default: []
      }
    let solution = try solvePositiveDefinite(graph.matrix(of: all), Tensor(graph.right)).scalars
    // f − f* = ½(x − x*)ᵀA(x − x*), from x = 0.
    func excess(_ error: [Double]) -> Double {
      zip(error, graph.product(error)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let start = excess(solution)
    var x = [Double](repeating: 0, count: graph.count)
    var outcome = Outcome()
    for step in 1...setup.iterations {
      let gradient = graph.gradient(at: x)
      let block: [Int] =
        switch setup.rule {
        case .redBlack, .treePartition: parts[(step - 1) % parts.count]
        case .randomTree: graph.forest(scanning: orders.permutation(of: graph.count))
        case .greedyTree: graph.forest(scanning: descending(gradient))
        default: Array(descending(gradient).prefix(cubeRoot(graph.count)))
        }
      let pull = block.map { -gradient[$0] }
      let change: [Double]
      if setup.rule == .largest {
        change = try solvePositiveDefinite(graph.matrix(of: block), Tensor(pull)).scalars
      } else if let messages = Messages(on: block, of: graph) {
        change = messages.solve(pull).solution
      } else {
        throw MessageError.cycle(nodes: block.count)
      }
      for (node, value) in zip(block, change) { x[node] += value }
      guard isRecorded(step, of: setup) else { continue }
      let share = excess(zip(x, solution).map { $0 - $1 }) / start
      outcome.gap.append(Decades(log(share) / log(10.0)), at: Steps(step))
    }
    return outcome
  }

  /// The nodes by size of gradient, the first of equals first.
  private static func descending(_ gradient: [Double]) -> [Int] {
    abs(Tensor(gradient)).sortedIndices(along: 0, descending: true)
  }

  /// ⌊n^{1/3}⌋.
  private static func cubeRoot(_ n: Int) -> Int {
    var root = 1
    while (root + 1) * (root + 1) * (root + 1) <= n { root += 1 }
    return root
  }
}
