import Replication
import TrainingCore

extension Tanay2016BoundaryTilting {
  /// Records z and the class means, each followed by what boundaries make of it.
  ///
  /// Mirror images are those whose distances give the strength: through boundaries that are moved
  /// to the midpoint of the means.
  static func addImages(
    of boundaries: [Boundary], _ centroids: Centroids, to outcome: inout Outcome
  ) {
    guard !boundaries.isEmpty else { return }
    let moved = boundaries.map { Deviation($0, from: centroids).centred() }
    func mirrors(_ mean: Tensor<Double>) -> [RecordedImage] {
      ([mean] + moved.map { $0.mirrored(mean) }).map(image)
    }
    outcome.normals = ([centroids.direction] + boundaries.map(\.normal)).map(image)
    outcome.minusMirrors = mirrors(centroids.minus)
    outcome.plusMirrors = mirrors(centroids.plus)
  }

  /// A vector over the pixels as an image, to four decimals: a shade is a thousandth and more.
  private static func image(_ vector: Tensor<Double>) -> RecordedImage {
    RecordedImage(
      height: 28, width: 28, values: vector.scalars.map { ($0 * 1e4).rounded() / 1e4 })
  }
}
