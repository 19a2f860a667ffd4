import Replication
import TrainingCore

// Two classes with means i and j. The nearest-centroid classifier has the normal
// z = (i − j)/‖i − j‖; any other, with the unit normal c and the offset c₀, decides by sign(cᵀx − c₀).
// Its deviation angle is δ = arccos cᵀz.
extension Tanay2016BoundaryTilting {
  /// A linear classifier with a unit normal.
  struct Boundary {
    /// c.
    let normal: Tensor<Double>
    /// c₀.
    let offset: Double

    /// The signed distances of points from the boundary.
    func scores(_ x: Tensor<Double>) -> Tensor<Double> { matmul(x, normal) - offset }

    /// m(x) = x − 2(cᵀx − c₀)c, at which the output is reversed with equal confidence.
    func mirrored(_ x: Tensor<Double>) -> Tensor<Double> {
      x - normal * (2 * (inner(normal, x) - offset))
    }

    func score(_ x: Tensor<Double>) -> Double { inner(normal, x) - offset }

    /// The boundary tilted towards a unit vector at right angles to c and z, up to an angle with z.
    ///
    /// It meets the former boundary on the mean of the data; c'ᵀz = cos φ cᵀz.
    func tilted(
      along v: Tensor<Double>, to degrees: Double, from z: Tensor<Double>, mean: Tensor<Double>
    ) -> Boundary {
      let share = cos(degrees * Double.pi / 180) / inner(normal, z)
      let rest = (1 - share * share).squareRoot()
      let tilted = normal * share + v * rest
      return Boundary(
        normal: tilted, offset: inner(tilted, mean) + share * (offset - inner(normal, mean)))
    }
  }

  /// The two classes' means.
  struct Centroids {
    /// i, that of the class +1, and j.
    let plus: Tensor<Double>
    let minus: Tensor<Double>

    init(_ x: Tensor<Double>, _ labels: [Int]) {
      let rows = labels.indices
      plus = x.gathered(rows: rows.filter { labels[$0] > 0 }).mean(along: 0)
      minus = x.gathered(rows: rows.filter { labels[$0] < 0 }).mean(along: 0)
    }

    var distance: Double { norm(plus - minus) }
    /// z.
    var direction: Tensor<Double> { (plus - minus) / distance }
    var midpoint: Tensor<Double> { (plus + minus) * 0.5 }
    var classifier: Boundary {
      Boundary(normal: direction, offset: inner(direction, midpoint))
    }
  }

  /// What the angle with z says, and what is measured without it.
  struct Deviation {
    let cosine: Double
    let centroids: Centroids
    let boundary: Boundary

    init(_ boundary: Boundary, from centroids: Centroids) {
      self.boundary = boundary
      self.centroids = centroids
      cosine = inner(boundary.normal, centroids.direction)
    }

    /// δ.
    var degrees: Double { arccosine(Tensor(min(1, cosine))).item * 180 / Double.pi }
    /// 1/cos δ.
    var strength: Double { 1 / cosine }

    /// The ratio of the perturbations that bring a class mean to its mirror image: the centroid
    /// classifier's over that of the boundary, moved to the midpoint and by a shift.
    func distanceRatio(shiftedBy shift: Double = 0) -> Double {
      let moved = centred(shiftedBy: shift)
      let own = norm(moved.mirrored(centroids.plus) - centroids.plus)
      return norm(centroids.classifier.mirrored(centroids.plus) - centroids.plus) / own
    }

    /// The score of the mean's mirror image over that of the mean.
    var mirrorScore: Double {
      let moved = centred()
      return moved.score(moved.mirrored(centroids.plus)) / moved.score(centroids.plus)
    }

    /// The boundary moved to the midpoint of the means, and by a shift.
    func centred(shiftedBy shift: Double = 0) -> Boundary {
      Boundary(
        normal: boundary.normal, offset: inner(boundary.normal, centroids.midpoint) + shift)
    }
  }

  /// The part of a vector at right angles to the others, of length one.
  static func orthogonal(
    _ v: Tensor<Double>, to others: [Tensor<Double>]
  ) -> Tensor<Double> {
    var basis: [Tensor<Double>] = []
    for other in others + [v] {
      var rest = other
      // Twice is enough for rounding.
      for _ in 0..<2 { for unit in basis { rest = rest - unit * inner(unit, rest) } }
      basis.append(rest / norm(rest))
    }
    return basis[basis.count - 1]
  }

  static func inner(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double { matmul(a, b).item }

  static func norm(_ a: Tensor<Double>) -> Double { a.sumOfSquares().item.squareRoot() }

  /// Decisions that differ between two boundaries.
  static func flips(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Int {
    zip(a.scalars, b.scalars).count { ($0 > 0) != ($1 > 0) }
  }

  /// The share of wrong decisions in percent.
  static func error(_ scores: Tensor<Double>, _ labels: [Int]) -> Double {
    100 * Double(zip(scores.scalars, labels).count { ($0 > 0) != ($1 > 0) }) / Double(labels.count)
  }
}
