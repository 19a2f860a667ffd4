public import Tensors

/// Points of a generated data set, each with a class.
public struct LabelledPoints<Element: Scalar>: Hashable, Sendable {
  /// The points, one a row.
  public let points: Tensor<Element>

  /// The class of each.
  public let labels: [Int]

  /// Joins points and classes.
  ///
  /// - Precondition: there is a label a row.
  public init(points: Tensor<Element>, labels: [Int]) {
    require(
      points.rank == 2 && points.shape[0] == labels.count,
      "LabelledPoints: points \(points.shape) and \(labels.count) labels")
    self.points = points
    self.labels = labels
  }

  /// Points labelled by a teacher: the class of its greatest output, the first of equals.
  ///
  /// - Precondition: the teacher gives a row of outputs a point.
  public init(points: Tensor<Element>, teacher: (Tensor<Element>) -> Tensor<Element>) {
    self.init(points: points, labels: teacher(points).argmaxAlongRows())
  }

  /// Equal shapes, bits and labels.
  public static func == (left: Self, right: Self) -> Bool {
    left.points == right.points && left.labels == right.labels
  }

  /// Feeds the labels into a hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(labels) }
}
