public import Tensors

extension LabelledPoints {
  /// Two half circles that interlock, with normal noise.
  ///
  ///     (cos t, sin t) and (1 − cos t, ½ − sin t),  t evenly spaced on 0...π
  ///
  /// - Shapes: points [count, 2]; the first ⌊count / 2⌋ are of class 0.
  /// - Source: scikit-learn's `make_moons`, whose convention this is.
  /// - Precondition: the count is not negative.
  /// - Parameters:
  ///   - count: how many points.
  ///   - noise: the deviation of the noise.
  ///   - stream: the source of the noise.
  /// - Returns: the points, in order of class.
  public static func twoMoons(
    _ count: Int, noise: Double, using stream: inout RandomStream
  ) -> LabelledPoints {
    require(count >= 0, "twoMoons: \(count) points")
    let sizes = [count / 2, count - count / 2]
    var (coordinates, labels): ([Double], [Int]) = ([], [])
    for (label, size) in sizes.enumerated() {
      let angles = Tensor((0..<size).map { Double($0) * Double.pi / Double(max(size - 1, 1)) })
      for (x, y) in zip(cos(angles).scalars, sin(angles).scalars) {
        coordinates += label == 0 ? [x, y] : [1 - x, 0.5 - y]
        labels.append(label)
      }
    }
    let noises = noise * stream.normal(shape: [count, 2], of: Double.self)
    return LabelledPoints(
      points: Tensor(converting: Tensor(coordinates, shape: [count, 2]) + noises), labels: labels)
  }

  /// A mixture of round Gaussians, or points around a prototype a class.
  ///
  ///     x = centre[label] + deviation · normal
  ///
  /// - Shapes: centres [k, d]; points [count, d].
  /// - Precondition: centres are a matrix with rows; weights, if any, are as many.
  /// - Parameters:
  ///   - count: how many points.
  ///   - centres: the mean of each class.
  ///   - deviation: the deviation in every direction.
  ///   - weights: how likely each class is; nil for all alike.
  ///   - stream: the source: all classes, then all points.
  /// - Returns: the points.
  public static func gaussianMixture(
    _ count: Int, centres: Tensor<Element>, deviation: Element, weights: [Double]? = nil,
    using stream: inout RandomStream
  ) -> LabelledPoints {
    require(
      count >= 0 && centres.rank == 2 && centres.shape[0] >= 1
        && weights.map { $0.count == centres.shape[0] } ?? true,
      "gaussianMixture: \(count) points around centres \(centres.shape)")
    let labels =
      weights.map { stream.categorical(weights: $0, count: count) }
      ?? stream.integers(below: centres.shape[0], count: count)
    let noise: Tensor<Element> = stream.normal(shape: [count, centres.shape[1]])
    return LabelledPoints(
      points: centres.gathered(rows: labels) + deviation * noise, labels: labels)
  }

  /// Points on spheres around the origin, one radius a class.
  ///
  /// - Shapes: points [count, dimension].
  /// - Precondition: there is a radius, and the dimension is at least one.
  /// - Parameters:
  ///   - count: how many points.
  ///   - radii: the radius of each class, all alike likely.
  ///   - dimension: how many coordinates a point has.
  ///   - stream: the source: all classes, then all points.
  /// - Returns: the points.
  public static func spheres(
    _ count: Int, radii: [Element], dimension: Int, using stream: inout RandomStream
  ) -> LabelledPoints {
    require(count >= 0 && !radii.isEmpty, "spheres: \(count) points on \(radii.count) spheres")
    let labels = stream.integers(below: radii.count, count: count)
    let scales = Tensor(labels.map { radii[$0] }, shape: [count, 1])
    return LabelledPoints(
      points: scales * stream.spherePoints(count, dimension: dimension), labels: labels)
  }

  /// Uniform bits ±1 whose class is the parity of a few of them.
  ///
  ///     label = 1 where the product of x[i] over the support is −1
  ///
  /// - Shapes: points [count, dimension].
  /// - Precondition: the support lies in `0..<dimension`.
  /// - Parameters:
  ///   - count: how many points.
  ///   - dimension: how many bits a point has.
  ///   - support: the bits that matter.
  ///   - stream: the source.
  /// - Returns: the points.
  public static func sparseParity(
    _ count: Int, dimension: Int, support: [Int], using stream: inout RandomStream
  ) -> LabelledPoints {
    require(
      count >= 0 && dimension >= 1 && support.allSatisfy { (0..<dimension).contains($0) },
      "sparseParity: bits \(support) of \(dimension)")
    let bits = stream.integers(below: 2, count: count * dimension)
    let labels = (0..<count).map { row in
      support.reduce(0) { $0 ^ bits[row * dimension + $1] }
    }
    return LabelledPoints(
      points: Tensor(bits.map { $0 == 0 ? 1 : -1 }, shape: [count, dimension]), labels: labels)
  }
}
