internal import Tensors

/// How many multiplications a layer takes, from its sizes alone: no clock, and no dependence on the
/// machine.
///
/// A multiplication and the addition that follows it count as one. Floating-point operations, as
/// papers count them, are ``operations``: two for each. What is not a product of a weight or of two
/// activations (biases, activations, norms, softmax) is left out, as usual.
///
///     let network = .dense(rows: 128, inputs: 784, outputs: 512, isFirst: true)
///       + .dense(rows: 128, inputs: 512, outputs: 10)
public struct MultiplicationCount: Hashable, Sendable {
  /// Those of the forward pass.
  public var forward: Int

  /// Those of the walk back: for the inputs' gradients and for the parameters'.
  public var backward: Int

  /// A count.
  public init(forward: Int, backward: Int) {
    self.forward = forward
    self.backward = backward
  }

  /// None.
  public static let none = MultiplicationCount(forward: 0, backward: 0)

  /// Both passes.
  public var training: Int { forward + backward }

  /// Floating-point operations of a training step: two for each multiplication.
  public var operations: Int { 2 * training }

  /// The sum of two layers' counts.
  public static func + (lhs: Self, rhs: Self) -> Self {
    Self(forward: lhs.forward + rhs.forward, backward: lhs.backward + rhs.backward)
  }

  /// The count of so many layers alike.
  public static func * (count: Int, layer: Self) -> Self {
    Self(forward: count * layer.forward, backward: count * layer.backward)
  }

  /// The count where this share of the weights is not zero, and zeros cost nothing, rounded to the
  /// nearest.
  ///
  /// - Precondition: the share is in 0...1.
  public func sparse(density: Double) -> Self {
    require((0...1).contains(density), "MultiplicationCount: a density of \(density)")
    func kept(_ count: Int) -> Int { Int((Double(count) * density).rounded()) }
    return Self(forward: kept(forward), backward: kept(backward))
  }

  /// A fully connected layer: rows × inputs × outputs forward, once more for the weights' gradient,
  /// and, unless it is the first, once more for the inputs'.
  public static func dense(
    rows: Int, inputs: Int, outputs: Int, isFirst: Bool = false
  ) -> Self {
    layer(rows * inputs * outputs, isFirst: isFirst)
  }

  /// A convolution: images × positions × filters × channels a group × filter size.
  ///
  /// In the walk back as a fully connected layer. Padding counts.
  ///
  /// - Parameters:
  ///   - images: How many.
  ///   - positions: Rows times columns of the result.
  ///   - channels: Channels of the images.
  ///   - filters: Channels of the result.
  ///   - size: Rows times columns of a filter.
  ///   - groups: How many groups of channels do not see each other.
  ///   - isFirst: Whether the images' gradient is not needed.
  /// - Returns: The count.
  public static func convolution(
    images: Int, positions: Int, channels: Int, filters: Int, size: Int, groups: Int = 1,
    isFirst: Bool = false
  ) -> Self {
    require(
      groups >= 1 && channels % groups == 0,
      "MultiplicationCount: \(channels) channels in \(groups) groups")
    return layer(images * positions * filters * (channels / groups) * size, isFirst: isFirst)
  }

  /// Multi-head attention with its four projections, of queries and keys as many and of one width.
  ///
  ///     4 n T d² + 2 n T² d forward, twice that in the walk back
  ///
  /// The number of heads does not matter. A causal mask halves nothing here: the products are formed
  /// in full.
  public static func attention(sequences: Int, positions: Int, width: Int) -> Self {
    let projections = 4 * sequences * positions * width * width
    return layer(projections + 2 * sequences * positions * positions * width, isFirst: false)
  }

  /// A pre-norm transformer block: attention and a perceptron with one hidden layer.
  public static func transformerBlock(
    sequences: Int, positions: Int, width: Int, hidden: Int
  ) -> Self {
    let rows = sequences * positions
    return attention(sequences: sequences, positions: positions, width: width)
      + dense(rows: rows, inputs: width, outputs: hidden)
      + dense(rows: rows, inputs: hidden, outputs: width)
  }

  private static func layer(_ forward: Int, isFirst: Bool) -> Self {
    Self(forward: forward, backward: isFirst ? forward : 2 * forward)
  }
}
