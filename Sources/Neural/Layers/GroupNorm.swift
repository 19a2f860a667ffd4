public import Tensors

/// Groups of an example's channels normalised by their own moments.
///
///     y = (x − mean) / √(variance + ε) scale + offset
///
/// - Shapes: x [n, channels, …]; everything stored [channels].
/// - Source: Wu and He 2018, arXiv 1803.08494. One group is the layer norm of images, a group for
///   each channel the instance norm.
public struct GroupNorm<Element: Scalar>: Parameterised {
  /// A factor for each channel.
  public var scale: Tensor<Element>

  /// A summand for each channel.
  public var offset: Tensor<Element>

  /// The number of groups.
  public let groups: Int

  /// What is added to the variance.
  public let epsilon: Double

  /// A layer with scales of one and offsets of zero.
  ///
  /// - Precondition: the groups divide the channels.
  public init(groups: Int, channels: Int, epsilon: Double = 1e-5) {
    require(
      groups > 0 && channels > 0 && channels % groups == 0,
      "GroupNorm: \(groups) groups do not divide \(channels) channels")
    scale = Tensor(repeating: 1, shape: [channels])
    offset = Tensor(zeros: [channels])
    self.groups = groups
    self.epsilon = epsilon
  }

  /// The normalised examples.
  ///
  /// - Precondition: `x` has the layer's channels.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    groupNorm(x, groups: groups, scale: scale, offset: offset, epsilon: epsilon)
  }

  /// Visits scale, then offset.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    body(&scale)
    body(&offset)
  }
}
