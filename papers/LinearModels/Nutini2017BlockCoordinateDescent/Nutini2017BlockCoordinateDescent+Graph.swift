import Replication
import TrainingCore

extension Nutini2017BlockCoordinateDescent {
  /// ½xᵀAx − bᵀx where A is the Laplacian of a weighted graph between its unlabelled nodes.
  struct Graph {
    /// The neighbours of each node, with the weights of the edges.
    private(set) var neighbours: [[(node: Int, weight: Double)]] = []
    /// A_ii, the weights of all edges of a node, also those to labels.
    private(set) var diagonal: [Double] = []
    /// b_i = Σ W_ij y_j over labelled j.
    private(set) var right: [Double] = []
    /// (row + column) mod 2.
    private(set) var colours: [Int] = []

    var count: Int { neighbours.count }

    /// A square lattice with edges of weight 1e5 and labels 10 N(0, 1) on some of its nodes.
    init(side: Int, labels: Int, using stream: inout RandomStream) {
      let weight = 1e5
      let labelled = stream.choice(labels, of: side * side)
      var label = [Double?](repeating: nil, count: side * side)
      for node in labelled { label[node] = 10 * stream.normal() }
      var index = [Int](repeating: 0, count: side * side)
      var unlabelled = 0
      for node in label.indices where label[node] == nil {
        index[node] = unlabelled
        unlabelled += 1
      }
      for node in label.indices where label[node] == nil {
        let (row, column) = node.quotientAndRemainder(dividingBy: side)
        var adjacent: [Int] = []
        if row > 0 { adjacent.append(node - side) }
        if column > 0 { adjacent.append(node - 1) }
        if column < side - 1 { adjacent.append(node + 1) }
        if row < side - 1 { adjacent.append(node + side) }
        neighbours.append(
          adjacent.filter { label[$0] == nil }.map { (index[$0], weight) })
        diagonal.append(weight * Double(adjacent.count))
        right.append(adjacent.reduce(0) { $0 + weight * (label[$1] ?? 0) })
        colours.append((row + column) % 2)
      }
    }

    /// Ax − b.
    func gradient(at x: [Double]) -> [Double] {
      zip(product(x), right).map { $0 - $1 }
    }

    /// Ax.
    func product(_ x: [Double]) -> [Double] {
      neighbours.indices.map { node in
        neighbours[node].reduce(diagonal[node] * x[node]) { $0 - $1.weight * x[$1.node] }
      }
    }

    /// A_BB as a dense matrix.
    func matrix(of block: [Int]) -> Tensor<Double> {
      var place = [Int?](repeating: nil, count: count)
      for (position, node) in block.enumerated() { place[node] = position }
      var dense = [Double](repeating: 0, count: block.count * block.count)
      for (position, node) in block.enumerated() {
        dense[position * block.count + position] = diagonal[node]
        for edge in neighbours[node] {
          if let other = place[edge.node] { dense[position * block.count + other] = -edge.weight }
        }
      }
      return Tensor(dense, shape: [block.count, block.count])
    }

    /// The nodes that, taken in an order, close no cycle with those taken before.
    func forest(scanning order: [Int]) -> [Int] {
      var trees = Trees(count: count)
      return order.filter { trees.add($0, of: self) }
    }

    /// The nodes by index, each in the first forest in which it closes no cycle.
    func partitionIntoForests() -> [[Int]] {
      var forests: [(trees: Trees, nodes: [Int])] = []
      for node in 0..<count {
        var isPlaced = false
        for index in forests.indices where !isPlaced {
          isPlaced = forests[index].trees.add(node, of: self)
          if isPlaced { forests[index].nodes.append(node) }
        }
        if isPlaced { continue }
        var trees = Trees(count: count)
        _ = trees.add(node, of: self)
        forests.append((trees, [node]))
      }
      return forests.map(\.nodes)
    }
  }

  /// Nodes of a graph that form trees, as disjoint sets.
  private struct Trees {
    /// A node nearer to the root of its tree; nil where the node is not taken.
    private var parent: [Int?]

    init(count: Int) { parent = [Int?](repeating: nil, count: count) }

    /// Takes a node unless two of its taken neighbours lie in one tree; returns whether it did.
    mutating func add(_ node: Int, of graph: Graph) -> Bool {
      var roots: [Int] = []
      for edge in graph.neighbours[node] where parent[edge.node] != nil {
        let root = root(of: edge.node)
        if roots.contains(root) { return false }
        roots.append(root)
      }
      parent[node] = node
      for root in roots { parent[root] = node }
      return true
    }

    private mutating func root(of node: Int) -> Int {
      var node = node
      while let next = parent[node], next != node {
        parent[node] = parent[next]
        node = next
      }
      return node
    }
  }
}
