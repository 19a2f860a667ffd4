import Replication
import TrainingCore

// A boundary tilted by φ along a unit vector v, at right angles to c and z, has the scores
// cos φ (cᵀx − c₀) + sin φ vᵀ(x − x̄): where v has no variance all decisions stay, and the strength
// grows by 1/cos φ.
extension Tanay2016BoundaryTilting {
  /// The angle with z to which boundaries are tilted.
  private static let tilt = 80.0

  static func addTilts(
    _ setup: Setup, of boundary: Boundary, _ centroids: Centroids, _ train: Samples,
    _ test: Samples, to outcome: inout Outcome, in trial: Trial
  ) throws {
    let z = centroids.direction
    let mean = train.x.mean(along: 0)
    let scores = boundary.scores(test.x)
    let before = error(scores, test.labels)
    func tilted(along v: Tensor<Double>) -> Boundary {
      boundary.tilted(
        along: orthogonal(v, to: [z, boundary.normal]), to: tilt, from: z, mean: mean)
    }

    // Combinations of pixels that are the same in all images, of training and test.
    let varied = varying(Tensor.concatenated([train.x, test.x]))
    let pixels = train.x.shape[1]
    let constant = (0..<pixels).filter { !varied.contains($0) }
    var stream = trial.stream(.probing)
    func nullVector() -> Tensor<Double> {
      let weights: Tensor<Double> = stream.normal(shape: [constant.count])
      return weights.put(constant, along: 0, of: pixels)
    }
    let flat = tilted(along: nullVector())
    outcome.flatFlips.append(Count(flips(scores, flat.scores(test.x))), at: Degrees(tilt))
    outcome.flatStrength.append(
      Ratio(Deviation(flat, from: centroids).strength), at: Degrees(tilt))

    let directions = try principalDirections(train.x).vectors
    func direction(_ rank: Int) -> Tensor<Double> {
      directions.gathered([rank], along: 1).reshaped(to: [pixels])
    }
    let varies = tilted(along: direction(600))
    outcome.variedFlips.append(Count(flips(scores, varies.scores(test.x))), at: Degrees(tilt))

    for rank in setup.ranks {
      func averages(_ vectors: [Tensor<Double>]) -> (flips: Double, rise: Double) {
        var (changed, wrong) = (0, 0.0)
        for v in vectors {
          for side in [v, -v] {
            let after = tilted(along: side).scores(test.x)
            changed += flips(scores, after)
            wrong += error(after, test.labels) - before
          }
        }
        let count = Double(2 * vectors.count)
        return (Double(changed) / count, wrong / count)
      }
      let first = rank - setup.width / 2
      let found = averages((first..<first + setup.width).map(direction))
      let null = averages((0..<2).map { _ in nullVector() })
      outcome.flips.append(Count(reading: .value(found.flips)), at: Rank(rank))
      outcome.tiltedRise.append(Percent(found.rise), at: Rank(rank))
      outcome.nullFlips.append(Count(reading: .value(null.flips)), at: Rank(rank))
      outcome.nullRise.append(Percent(null.rise), at: Rank(rank))
    }
  }
}
