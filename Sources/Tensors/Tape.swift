/// The operations between some variables and a result, in the order they were done.
struct Tape {
  let variables: [Node]
  // Nodes are numbered in the order of their making, so that what depends on a variable of this
  // tape has a number from `first` on, and stands here at its number less `first`.
  private let first: UInt64
  private(set) var nodes: [Node?] = []
  // Per place in `nodes`: whether one of the variables went into it, and whether it is one.
  private var depends: [Bool] = []
  private var isVariable: [Bool] = []
  // Whether another tape follows something here; then the walk back must be followed too.
  private(set) var isFollowed = false

  /// - Precondition: the variables are the newest ones, numbered in their order.
  init(from result: Contents, to variables: [Node]) {
    self.variables = variables
    guard let start = variables.first?.number, let end = result.node, end.number >= start else {
      first = 0
      isFollowed = result.node != nil
      return
    }
    first = start
    let count = Int(end.number - start) + 1
    nodes = [Node?](repeating: nil, count: count)
    depends = [Bool](repeating: false, count: count)
    isVariable = depends
    var waiting = [end]
    nodes[count - 1] = end
    while let node = waiting.popLast() {
      for input in node.inputs {
        guard let parent = input.node else { continue }
        guard parent.number >= start else {
          isFollowed = true
          continue
        }
        let place = Int(parent.number - start)
        if nodes[place] == nil {
          nodes[place] = parent
          waiting.append(parent)
        }
      }
    }
    for variable in variables where Int(variable.number - start) < count {
      depends[Int(variable.number - start)] = true
      isVariable[Int(variable.number - start)] = true
    }
    for place in 0..<count {
      guard let node = nodes[place], !depends[place] else { continue }
      if node.inputs.isEmpty { isFollowed = true }
      depends[place] = node.inputs.contains { input in
        self.place(of: input).map { depends[$0] } ?? false
      }
    }
  }

  private func place(of tensor: Contents) -> Int? {
    guard let number = tensor.node?.number, number >= first else { return nil }
    return Int(number - first)
  }

  /// The index of the variable that stands at a place; nil for another node.
  private func variable(at place: Int) -> Int? {
    isVariable[place] ? variables.firstIndex { Int($0.number - first) == place } : nil
  }

  /// The gradient with respect to each variable, from that with respect to the result; nil for one
  /// that the result does not depend on.
  @specialized(where E == Float)
  @specialized(where E == Double)
  consuming func gradients<E: Scalar>(from seed: Tensor<E>) -> [Tensor<E>?] {
    walk(from: seed) { node, gradient, inputs, output, number, _ in
      rule(node.operation, gradient, inputs, output, input: number)
    }
  }

  /// What a rule makes of the gradient `g` of a node's output `y` for its input `i` of `x`, which
  /// may be a variable, then of that index.
  typealias Part<E: Scalar> = (
    _ node: Node, _ g: Tensor<E>, _ x: Operands<E>, _ y: Tensor<E>, _ i: Int, _ variable: Int?
  ) -> Tensor<E>?

  /// Walks back from the result and adds up, for each variable, the parts of its gradient.
  @inline(__always)
  consuming func walk<E: Scalar>(from seed: Tensor<E>, part: Part<E>) -> [Tensor<E>?] {
    var gradients = [Tensor<E>?](repeating: nil, count: nodes.count)
    if !nodes.isEmpty { gradients[nodes.count - 1] = seed }
    for place in gradients.indices.reversed() where depends[place] {
      guard let node = nodes[place], !isVariable[place], let gradient = gradients[place]
      else { continue }
      gradients[place] = nil
      // What only this operation needed is free once its gradients are known.
      nodes[place] = nil
      var inputs = Operands<E>(node: node, isFollowed: isFollowed)
      if case .custom(let derivative) = node.operation {
        inputs.gradients = derivative.gradients(gradient.contents, inputs.map { $0.contents })
      }
      var output = Tensor<E>(node.output)
      if !isFollowed { output = output.detached }
      for (number, input) in node.inputs.enumerated() {
        guard let target = self.place(of: input), depends[target],
          let part = part(node, gradient, inputs, output, number, variable(at: target))
        else { continue }
        if gradients[target] == nil {
          gradients[target] = part
        } else {
          gradients[target]? += part
        }
      }
    }
    return variables.map { variable in
      let place = Int(variable.number - first)
      return place < gradients.count ? gradients[place] : nil
    }
  }
}
