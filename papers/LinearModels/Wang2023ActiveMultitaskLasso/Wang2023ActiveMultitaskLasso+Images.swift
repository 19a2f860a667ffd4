import Replication
import TrainingCore

// A task is a digit against the others under a corruption: labels ±1, features the leading principal
// components of all corruptions' images, whitened, and a constant.
extension Wang2023ActiveMultitaskLasso {
  enum Corruption: Int, CaseIterable {
    case none, noise, blur, inversion, rotation, translation, stripes, contrast

    /// The images under the corruption: [n, 784].
    func applied(to images: Tensor<Double>, using stream: inout RandomStream) -> Tensor<Double> {
      switch self {
      case .none: images
      case .noise: minimum(relu(images + 0.3 * stream.normal(shape: images.shape)), Tensor(1))
      case .inversion: 1 - images
      case .contrast: 0.3 * (images - 0.5) + 0.5
      case .stripes: maximum(images, Self.lines)
      case .blur: matmul(images, Self.map { row, column in Self.neighbours(row, column) })
      case .translation: matmul(images, Self.map { [($0 - 3, $1 - 3, 1)] })
      case .rotation: matmul(images, Self.map { row, column in Self.rotated(row, column) })
      }
    }

    private static let side = 28

    /// Ones on every fourth row.
    private static var lines: Tensor<Double> {
      Tensor((0..<side * side).map { $0 / side % 4 == 0 ? 1 : 0 })
    }

    /// The matrix whose column for a pixel holds the weights of the pixels that it shows; what lies
    /// outside is dark.
    private static func map(
      _ source: (_ row: Int, _ column: Int) -> [(row: Int, column: Int, weight: Double)]
    ) -> Tensor<Double> {
      let pixels = side * side
      var weights = [Double](repeating: 0, count: pixels * pixels)
      for pixel in 0..<pixels {
        for (row, column, weight) in source(pixel / side, pixel % side)
        where (0..<side).contains(row) && (0..<side).contains(column) {
          weights[(row * side + column) * pixels + pixel] += weight
        }
      }
      return Tensor(weights, shape: [pixels, pixels])
    }

    /// The mean of a square of 5 × 5.
    private static func neighbours(_ row: Int, _ column: Int) -> [(Int, Int, Double)] {
      (0..<25).map { (row + $0 / 5 - 2, column + $0 % 5 - 2, 1 / 25.0) }
    }

    /// Thirty degrees about the middle, between the four nearest pixels.
    private static func rotated(_ row: Int, _ column: Int) -> [(Int, Int, Double)] {
      let middle = Double(side - 1) / 2
      let (y, x) = (Double(row) - middle, Double(column) - middle)
      let (cosine, sine) = (sqrt(3.0) / 2, 0.5)
      let (v, u) = (cosine * y - sine * x + middle, sine * y + cosine * x + middle)
      let (top, left) = (v.rounded(.down), u.rounded(.down))
      let (down, across) = (v - top, u - left)
      return [
        (Int(top), Int(left), (1 - down) * (1 - across)),
        (Int(top), Int(left) + 1, (1 - down) * across),
        (Int(top) + 1, Int(left), down * (1 - across)),
        (Int(top) + 1, Int(left) + 1, down * across),
      ]
    }
  }

  /// The features and digits of every corruption's images.
  private struct Pictures {
    /// One tensor [n, d] a corruption, for training and testing.
    var train: [Tensor<Double>] = []
    var test: [Tensor<Double>] = []
    var trainDigits: [[Int]] = []
    var testDigits: [[Int]] = []

    init(_ setup: Setup, in trial: Trial) throws {
      let mnist = try MNIST(from: trial.data(.mnist))
      var choice = trial.stream(.data)
      var corrupted: [(train: Tensor<Double>, test: Tensor<Double>)] = []
      for kind in Corruption.allCases {
        var noise = trial.stream(.augmentation).child(kind.rawValue)
        let (first, second) = (
          choice.choice(6000, of: mnist.train.count), choice.choice(2000, of: mnist.test.count)
        )
        corrupted.append(
          (
            kind.applied(to: mnist.train.tensor(at: first), using: &noise),
            kind.applied(to: mnist.test.tensor(at: second), using: &noise)
          ))
        trainDigits.append(mnist.train.labels(at: first))
        testDigits.append(mnist.test.labels(at: second))
      }
      let sample = Tensor.concatenated(corrupted.map { $0.train.rows(0..<500) })
      let mean = sample.mean(along: 0)
      let centred = sample - mean
      let count = Double(sample.shape[0])
      let eigen = try symmetricEigen(matmul(centred, centred, transposingA: true) / count)
      let (d, pixels) = (setup.dimension - 1, sample.shape[1])
      let axes =
        eigen.vectors.sliced(along: 1, pixels - d..<pixels)
        / sqrt(eigen.values.rows(pixels - d..<pixels))
      func features(_ images: Tensor<Double>) -> Tensor<Double> {
        let ones = Tensor<Double>(repeating: 1, shape: [images.shape[0], 1])
        return Tensor.concatenated([matmul(images - mean, axes), ones], along: 1)
      }
      for pair in corrupted {
        train.append(features(pair.train))
        test.append(features(pair.test))
      }
    }

    /// ±1 for a digit against the others.
    static func labels(_ digits: [Int], _ digit: Int) -> Tensor<Double> {
      Tensor(digits.map { $0 == digit ? 1 : -1 })
    }

    /// The first n examples of a task, drawn with replacement.
    func sample(
      of task: Int, _ n: Int, using stream: RandomStream
    ) -> Statistics {
      var stream = stream.child(task)
      let (kind, digit) = (task / 10, task % 10)
      let chosen = stream.integers(below: 6000, count: n)
      return Statistics(
        train[kind].gathered(rows: chosen),
        Self.labels(chosen.map { trainDigits[kind][$0] }, digit))
    }

    /// The test error of a linear predictor of a task, in percent.
    func error(_ weights: Tensor<Double>, on task: Int) -> Double {
      let margins =
        matmul(test[task / 10], weights) * Self.labels(testDigits[task / 10], task % 10)
      return 100 * (1 - margins.isGreater(than: Tensor(0)).mean().item)
    }
  }

  /// Ten targets, the other 79 tasks being their sources: digit t under corruption t mod 8.
  static func imageTasks(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let pictures = try Pictures(setup, in: trial)
    let tasks = Corruption.allCases.count * 10
    let first = (0..<tasks).map {
      pictures.sample(of: $0, setup.floor, using: trial.stream(.sampling))
    }
    var outcome = Outcome()
    for index in 0..<10 {
      let target = index % 8 * 10 + index
      let sources = (0..<tasks).filter { $0 != target }
      let sample = pictures.sample(
        of: target, setup.targetCount, using: trial.stream(.sampling).child("target"))
      let stage = try fitted(
        sources.map { first[$0] }, features: setup.features, sweeps: setup.sweeps)
      let head = try sample.head(on: stage.features)
      func error(_ allocation: Allocation) throws -> Percent {
        let counts = counts(
          try shares(allocation, stage.heads, head, dealing: trial.stream(.control)),
          budget: setup.budgets[0] * sources.count, floor: setup.floor)
        let found = try fitted(
          zip(sources, counts).map {
            pictures.sample(of: $0, $1, using: trial.stream(.sampling))
          },
          features: setup.features, sweeps: setup.sweeps)
        let weights = matmul(found.features, try sample.head(on: found.features))
        return Percent(pictures.error(weights, on: target))
      }
      let at = Target(index)
      outcome.passiveError.append(try error(.passive), at: at)
      outcome.l1Error.append(try error(.lasso), at: at)
      outcome.l2Error.append(try error(.estimatedL2), at: at)
      outcome.shuffledError.append(try error(.shuffledLasso), at: at)
    }
    return outcome
  }
}
