public import Tensors

/// By how much the logit of an example's class exceeds the greatest other one.
///
///     mᵢ = zᵢ[yᵢ] − max over j ≠ yᵢ of zᵢ[j]
///
/// - Shapes: logits [n, classes]; the result [n].
/// - Gradient: to both logits, the first of equal greatest ones.
/// - Precondition: at least two classes; one label a row, below the classes.
public func margins<E>(logits: Tensor<E>, labels: [Int]) -> Tensor<E> {
  requireLabels("margins", logits, labels)
  require(logits.shape[1] >= 2, "margins: \(logits.shape[1]) classes")
  let (n, classes) = (logits.shape[0], logits.shape[1])
  let others = labels.flatMap { label in (0..<classes).filter { $0 != label } }
  let own = logits.taken(labels, along: 1).reshaped(to: [n])
  return own - logits.taken(others, along: 1).max(along: 1)
}

/// The share of examples whose class has the greatest logit; the first of equals counts.
///
/// - Shapes: logits [n, classes].
/// - Precondition: one label a row, below the classes; there is a row.
public func accuracy<E>(logits: Tensor<E>, labels: [Int]) -> Double {
  requireLabels("accuracy", logits, labels)
  require(!labels.isEmpty, "accuracy: there is no example")
  let right = zip(logits.argmaxAlongRows(), labels).count { $0 == $1 }
  return Double(right) / Double(labels.count)
}

/// The share of examples whose class is among the `k` greatest logits.
///
/// Equal logits count in the order of classes, as in `top(_:along:)`.
///
/// - Shapes: logits [n, classes].
/// - Precondition: one label a row, below the classes; there is a row; 1 ≤ k ≤ classes.
public func topAccuracy<E>(_ k: Int, logits: Tensor<E>, labels: [Int]) -> Double {
  requireLabels("topAccuracy", logits, labels)
  require(!labels.isEmpty, "topAccuracy: there is no example")
  let found = logits.top(k, along: 1).indices
  let right = labels.enumerated().count { row, label in
    found[row * k..<(row + 1) * k].contains(label)
  }
  return Double(right) / Double(labels.count)
}

func requireLabels<E>(_ name: String, _ scores: Tensor<E>, _ labels: [Int]) {
  require(
    scores.rank == 2 && scores.shape[0] == labels.count
      && labels.allSatisfy { (0..<scores.shape[1]).contains($0) },
    "\(name): scores \(scores.shape) and \(labels.count) labels do not fit")
}
