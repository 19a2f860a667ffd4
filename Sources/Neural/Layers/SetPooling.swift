public import Tensors

/// How the members of a set are taken together, whatever their order.
public enum SetPooling: String, Hashable, Sendable, Codable, CaseIterable {
  /// Their sum.
  case sum
  /// Their mean.
  case mean
  /// The greatest entry of each column.
  case max

  /// The pooled sets.
  ///
  /// - Shapes: x [sets, members, width] gives [sets, width].
  /// - Gradient: of the maximum, to the first of the greatest.
  /// - Precondition: there is a member.
  public func callAsFunction<E>(_ x: Tensor<E>) -> Tensor<E> {
    require(x.rank == 3 && x.shape[1] > 0, "SetPooling: shape \(x.shape) is no [sets, members, …]")
    return switch self {
    case .sum: x.sum(along: 1)
    case .mean: x.mean(along: 1)
    case .max: x.max(along: 1)
    }
  }

  /// The pooled sets of which only some members count.
  ///
  /// - Shapes: x [sets, members, width] and present [sets, members] give [sets, width].
  /// - Precondition: every set has a member that counts.
  /// - Parameters:
  ///   - x: the members.
  ///   - present: one for a member that counts, and zero for one that does not.
  /// - Returns: one row a set.
  public func callAsFunction<E>(_ x: Tensor<E>, present: Tensor<E>) -> Tensor<E> {
    require(
      x.rank == 3 && present.shape == Array(x.shape[..<2]),
      "SetPooling: members \(x.shape) and present \(present.shape) do not fit")
    let counts = present.sum(along: 1)
    require(counts.scalars.allSatisfy { $0 > 0 }, "SetPooling: a set has no member that counts")
    let column = present.reshaped(to: present.shape + [1])
    switch self {
    case .sum: return gate(x, where: column).sum(along: 1)
    case .mean:
      return gate(x, where: column).sum(along: 1) / counts.reshaped(to: [counts.count, 1])
    case .max:
      return choose(where: column.broadcast(to: x.shape), x, else: Tensor(-E.infinity))
        .max(along: 1)
    }
  }
}

/// A function of sets: a perceptron of each member, pooled, and a perceptron of the result.
///
///     y = ρ(pool φ(xᵢ) over i)
///
/// - Shapes: x [sets, members, inputs]; y [sets, outputs].
/// - Source: Zaheer et al. 2017, arXiv 1703.06114, theorem 2.
public struct DeepSets<Element: Scalar>: Parameterised {
  /// The perceptron of the members.
  public var members: MultilayerPerceptron<Element>

  /// The perceptron of the pooled set.
  public var whole: MultilayerPerceptron<Element>

  /// How members are taken together.
  public let pooling: SetPooling

  /// A network of given perceptrons.
  public init(
    members: MultilayerPerceptron<Element>, whole: MultilayerPerceptron<Element>,
    pooling: SetPooling = .sum
  ) {
    self.members = members
    self.whole = whole
    self.pooling = pooling
  }

  /// The outputs for sets of equally many members, or of those that are present.
  public func callAsFunction(
    _ x: Tensor<Element>, present: Tensor<Element>? = nil
  ) -> Tensor<Element> {
    let features = x.mappingRows { members($0) }
    return whole(present.map { pooling(features, present: $0) } ?? pooling(features))
  }

  /// Visits the perceptron of the members, then that of the set.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    members.forEachParameter(body)
    whole.forEachParameter(body)
  }
}
