import Replication
import TrainingCore

extension Tanay2016BoundaryTilting {
  /// Samples of two classes, −1 and 1.
  struct Samples {
    let x: Tensor<Double>
    let labels: [Int]
  }

  /// The digits 3 (class −1) and 7 (class 1) with pixels from 0 to 1.
  static func images(
    _ setup: Setup, in trial: Trial
  ) throws -> (train: Samples, test: Samples) {
    let mnist = try MNIST(from: trial.data(.mnist))
    func samples(_ images: LabelledImages, _ indices: [Int]) -> Samples {
      Samples(
        x: images.tensor(at: indices), labels: images.labels(at: indices).map { $0 == 7 ? 1 : -1 })
    }
    var chosen = mnist.train.indices(ofClasses: [3, 7])
    if setup.samples > 0 {
      var stream = trial.stream(.sampling)
      chosen = stream.choice(setup.samples, of: chosen.count).sorted().map { chosen[$0] }
    }
    return (
      samples(mnist.train, chosen), samples(mnist.test, mnist.test.indices(ofClasses: [3, 7]))
    )
  }

  /// Points x ~ N(1.5 y e₁, I) in fifty dimensions; where it is narrow, x₂ = .02 y + .01 N(0, 1).
  static func points(_ setup: Setup, in trial: Trial) -> Samples {
    let (n, d) = (setup.samples, 50)
    var stream = trial.stream(.data)
    let labels = stream.integers(below: 2, count: n).map { 2 * $0 - 1 }
    var scalars = (stream.normal(shape: [n, d]) as Tensor<Double>).scalars
    for (row, label) in labels.enumerated() {
      scalars[row * d] += 1.5 * Double(label)
      if setup.isNarrow {
        scalars[row * d + 1] = 0.02 * Double(label) + 0.01 * scalars[row * d + 1]
      }
    }
    return Samples(x: Tensor(scalars, shape: [n, d]), labels: labels)
  }

  /// The coordinates that vary.
  static func varying(_ x: Tensor<Double>) -> [Int] {
    let (least, greatest) = (x.min(along: 0).scalars, x.max(along: 0).scalars)
    return least.indices.filter { least[$0] < greatest[$0] }
  }

  /// The covariance's eigenvectors, one a column, by ascending variance.
  static func principalDirections(_ x: Tensor<Double>) throws -> SymmetricEigen<Double> {
    let centred = x - x.mean(along: 0, keepingAxis: true)
    return try symmetricEigen(
      matmul(centred, centred, transposingA: true) / Double(x.shape[0]))
  }

  /// The matrix that gives the inputs the unit covariance, on the directions in which they vary.
  static func whitening(_ x: Tensor<Double>) throws -> Tensor<Double> {
    let eigen = try principalDirections(x)
    let values = eigen.values.scalars
    let largest = values[values.count - 1]
    let kept = values.indices.filter { values[$0] > 1e-6 * largest }
    let scales = Tensor(kept.map { 1 / values[$0].squareRoot() })
    return eigen.vectors.gathered(kept, along: 1) * scales
  }
}
