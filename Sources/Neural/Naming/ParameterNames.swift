public import Tensors

extension Parameterised {
  /// The dotted paths of the parameters, such as `layers.0.weight`, in the order of the visit.
  ///
  /// A path is made of the names of stored properties and the indices of arrays; of an optional the
  /// value alone counts. The parameter of a model that is a single tensor is named "". Tensors that
  /// are stored and not visited, such as running statistics, have no name.
  ///
  /// - Precondition: the visit hands out stored tensors, in the order in which they are stored: a
  ///   model that hands out a copy, or in another order, stops the program.
  public var parameterNames: [String] {
    // Each parameter becomes a tensor that is known by its place in memory.
    let marks = parameters.map { Tensor<Number>(repeating: 0, shape: $0.shape) }
    let marked = replacingParameters(marks)
    require(
      marks.allSatisfy { $0.count > 0 }, "parameterNames: a parameter of \(Self.self) is empty")
    let numbers = marks.map { $0.place }
    var names: [String] = []
    visitTensors(in: marked, path: "") { (tensor: Tensor<Number>, path) in
      guard let number = numbers.firstIndex(of: tensor.place) else { return }
      require(
        number == names.count,
        "parameterNames: \(Self.self) visits \(path) as parameter \(number), "
          + "but stores it as number \(names.count)")
      names.append(path)
    }
    require(
      names.count == marks.count,
      "parameterNames: \(Self.self) visits \(marks.count) tensors, \(names.count) of them stored")
    return names
  }

  /// The parameters with their names, in the order of the visit.
  public var namedParameters: [(name: String, tensor: Tensor<Number>)] {
    zip(parameterNames, parameters).map { (name: $0, tensor: $1) }
  }
}

extension Tensor {
  fileprivate var place: UnsafePointer<Element>? { withScalars { $0.baseAddress } }
}

/// Visits the stored tensors inside a value of any type, with their paths.
private func visitTensors<E>(in value: Any, path: String, _ body: (Tensor<E>, String) -> Void) {
  if let tensor = value as? Tensor<E> { return body(tensor, path) }
  // Long lists of indices have nothing inside.
  if value is [Int] || value is [E] { return }
  let mirror = Mirror(reflecting: value)
  if mirror.displayStyle == .optional {
    for child in mirror.children { visitTensors(in: child.value, path: path, body) }
    return
  }
  for (index, child) in mirror.children.enumerated() {
    // Entries of tuples are labelled `.0`, and those of arrays not at all.
    let name = child.label.map { $0.hasPrefix(".") ? String($0.dropFirst()) : $0 } ?? "\(index)"
    visitTensors(in: child.value, path: path.isEmpty ? name : "\(path).\(name)", body)
  }
}
