public import Tensors

/// A box of inputs to a network, by centre and radius, and what its layers make of it.
///
/// Every point of the box is mapped into the next box. Bounds are worked out in the kind of number,
/// rounded to nearest: sound up to rounding, not rigorously.
///
/// - Gradient: by its operations, also with respect to weights.
/// - Source: Gowal et al. 2018, arXiv 1810.12715, eq. 6 and 7.
public struct IntervalBounds<Element: Scalar>: Sendable {
  /// The middle of the box: [n, …].
  public let centre: Tensor<Element>

  /// Half its width along each axis, not negative, of the same shape.
  public let radius: Tensor<Element>

  /// The least values.
  public var lower: Tensor<Element> { centre - radius }

  /// The greatest values.
  public var upper: Tensor<Element> { centre + radius }

  /// A box.
  ///
  /// - Precondition: the shapes are equal.
  public init(centre: Tensor<Element>, radius: Tensor<Element>) {
    require(
      centre.shape == radius.shape,
      "IntervalBounds: centre \(centre.shape) and radius \(radius.shape)")
    self.centre = centre
    self.radius = radius
  }

  /// The box between least and greatest values.
  ///
  /// - Precondition: the shapes are equal.
  public init(lower: Tensor<Element>, upper: Tensor<Element>) {
    self.init(centre: 0.5 * (upper + lower), radius: 0.5 * (upper - lower))
  }

  /// All inputs within a distance in every entry, inside a range.
  ///
  /// - Precondition: the distance is not negative.
  public init(
    around x: Tensor<Element>, radius: Element, range: ClosedRange<Element>? = 0...1
  ) {
    require(radius >= 0, "IntervalBounds: a radius of \(radius)")
    if let range {
      self.init(lower: clamp(x - radius, to: range), upper: clamp(x + radius, to: range))
    } else {
      self.init(centre: x, radius: Tensor(repeating: radius, shape: x.shape))
    }
  }

  /// The box after a fully connected layer.
  ///
  ///     c' = c W + b,  r' = r |W|
  ///
  /// - Shapes: box [n, inputs]; weight [inputs, outputs]; bias [outputs]; box [n, outputs].
  public func affine(
    _ weight: Tensor<Element>, _ bias: Tensor<Element>
  ) -> IntervalBounds {
    IntervalBounds(
      centre: matmul(centre, weight) + bias, radius: matmul(radius, abs(weight)))
  }

  /// The box after a convolution.
  ///
  /// - Shapes: as `convolution(_:_:_:)`; bias [outputs] or nil.
  public func convolved(
    _ filters: Tensor<Element>, _ geometry: Convolution = Convolution(),
    bias: Tensor<Element>? = nil
  ) -> IntervalBounds {
    let middle = convolution(centre, filters, geometry)
    return IntervalBounds(
      centre: bias.map { middle + $0.reshaped(to: [1, $0.count, 1, 1]) } ?? middle,
      radius: convolution(radius, abs(filters), geometry))
  }

  /// The box after each channel of axis 1 is scaled and moved, as by a batch norm that is fixed.
  ///
  /// - Shapes: box [n, channels, …]; scale and offset [channels].
  public func scaled(_ scale: Tensor<Element>, offset: Tensor<Element>) -> IntervalBounds {
    let shape = [scale.count] + Array(repeating: 1, count: centre.rank - 2)
    let factor = scale.reshaped(to: shape)
    return IntervalBounds(
      centre: centre * factor + offset.reshaped(to: shape), radius: radius * abs(factor))
  }

  /// The box after a function of every entry that never falls: ReLU, tanh, the logistic function.
  public func map(_ function: (Tensor<Element>) -> Tensor<Element>) -> IntervalBounds {
    IntervalBounds(lower: function(lower), upper: function(upper))
  }

  /// The box with entries in another arrangement, say flattened or pooled by means.
  ///
  /// - Precondition: the map is linear, with weights that are not negative.
  public func rearranged(
    _ map: (Tensor<Element>) -> Tensor<Element>
  ) -> IntervalBounds {
    IntervalBounds(centre: map(centre), radius: map(radius))
  }

  /// The logits of the box that speak most against each example's class.
  ///
  /// The least of its own class and the greatest of all others.
  ///
  /// - Shapes: box [n, classes]; the result [n, classes].
  /// - Precondition: one label a row, below the classes.
  public func worstLogits(labels: [Int]) -> Tensor<Element> {
    requireLabels("worstLogits", centre, labels)
    let own = Tensor<Element>(oneHot: labels, classes: centre.shape[1])
    return centre + radius * (1 - 2 * own)
  }

  /// How far each class can be ahead of an example's own after a last layer, without the slack of
  /// bounding the two logits apart.
  ///
  ///     max over the box of (z_j − z_y),  by the layer whose weights are W_j − W_y
  ///
  /// - Shapes: box [n, inputs]; weight [inputs, classes]; bias [classes]; the result [n, classes],
  ///   zero at an example's own class; a row with nothing else above zero is certified.
  /// - Source: Gowal et al. 2018, §3, the elision of the last layer.
  /// - Precondition: one label a row, below the classes.
  public func worstLeads(
    _ weight: Tensor<Element>, _ bias: Tensor<Element>, labels: [Int]
  ) -> Tensor<Element> {
    let (n, classes) = (labels.count, weight.shape[1])
    require(
      centre.rank == 2 && centre.shape == [n, weight.shape[0]]
        && labels.allSatisfy { (0..<classes).contains($0) },
      "worstLeads: a box \(centre.shape), weights \(weight.shape), \(n) labels")
    let middle = matmul(centre, weight) + bias
    let lead = middle - middle.taken(labels, along: 1)
    // Σ over inputs of r |W_j − W_y|: the labels' columns one class at a time.
    let own = weight.transposed().gathered(rows: labels)
    let slack = (0..<classes).map { other in
      let gap = weight.transposed().rows(other..<other + 1) - own
      return (radius * abs(gap)).sum(along: 1)
    }
    return lead + Tensor.stacked(slack, along: 1)
  }
}
