/// The operations between some variables and a result, in the order they were done.
struct Tape<Element: Scalar> {
  private let result: Tensor<Element>
  private let variables: [Node<Element>]
  private var order: [Node<Element>] = []
  private var positions: [ObjectIdentifier: Int] = [:]
  // Per node of `order`: whether one of the variables went into it.
  private var depends: [Bool] = []
  // Whether another tape follows something here; then the walk back must be followed too.
  private var isFollowed = false

  init(from result: Tensor<Element>, to variables: [Node<Element>]) {
    self.result = result
    self.variables = variables
    let ends = Set(variables.map(ObjectIdentifier.init))
    var waiting: [(node: Node<Element>, entered: Bool)] = []
    if let node = result.node { waiting.append((node, false)) }
    while let (node, entered) = waiting.popLast() {
      let id = ObjectIdentifier(node)
      if positions[id] != nil { continue }
      let isEnd = ends.contains(id)
      if isEnd || entered {
        positions[id] = order.count
        order.append(node)
        let inherits = node.inputs.contains { position(of: $0).map { depends[$0] } ?? false }
        depends.append(isEnd || inherits)
        if isEnd ? !node.inputs.isEmpty : node.inputs.isEmpty { isFollowed = true }
      } else {
        waiting.append((node, true))
        for input in node.inputs.reversed() {
          if let parent = input.node, positions[ObjectIdentifier(parent)] == nil {
            waiting.append((parent, false))
          }
        }
      }
    }
  }

  private func position(of tensor: Tensor<Element>) -> Int? {
    tensor.node.flatMap { positions[ObjectIdentifier($0)] }
  }

  /// The gradient with respect to each variable; nil for one that the result does not depend on.
  func gradients() -> [Tensor<Element>?] {
    var gradients = [Tensor<Element>?](repeating: nil, count: order.count)
    if !order.isEmpty { gradients[order.count - 1] = Tensor(repeating: 1, shape: result.shape) }
    let ends = Set(variables.map(ObjectIdentifier.init))
    for index in order.indices.reversed() where depends[index] {
      let node = order[index]
      guard !ends.contains(ObjectIdentifier(node)), let gradient = gradients[index]
      else { continue }
      gradients[index] = nil
      let inputs = isFollowed ? node.inputs : node.inputs.map(\.detached)
      let output = isFollowed ? node.output : node.output.detached
      for (number, input) in node.inputs.enumerated() {
        guard let target = position(of: input), depends[target],
          let part = rule(node.operation, gradient, inputs, output, input: number)
        else { continue }
        if gradients[target] == nil {
          gradients[target] = part
        } else {
          gradients[target]? += part
        }
      }
    }
    return variables.map { variable in
      positions[ObjectIdentifier(variable)].flatMap { gradients[$0] }
    }
  }
}
