import Replication
import TrainingCore

extension Nakkiran2019SGDComplexity {
  /// A division of the ten digits into two classes.
  enum Split: String, Codable, Hashable {
    /// 0 to 4 against 5 to 9: the task.
    case lowHigh
    /// 0, 1, 5 and 6 against the rest: two of each side of the task, so that it tells nothing of it.
    case unrelated

    func label(_ digit: UInt8) -> Int {
      switch self {
      case .lowHigh: digit >= 5 ? 1 : 0
      case .unrelated: [0, 1, 5, 6].contains(digit) ? 1 : 0
      }
    }
  }

  /// The images a seed trains on: a random subset of MNIST with some labels made wrong.
  struct Digits {
    var train: Tensor<Float>
    var test: Tensor<Float>
    var trainDigits: [UInt8]
    var testDigits: [UInt8]
    private var isFlipped: [Bool]

    /// Chooses `count` images and makes exactly a share `noise` of their labels wrong.
    init(count: Int, noise: Double, in trial: Trial) throws {
      let mnist = try MNIST(from: trial.data(.mnist))
      var sampling = trial.stream(.sampling)
      let chosen = sampling.choice(count, of: mnist.train.count).sorted()
      train = Self.pixels(of: mnist.train, at: chosen)
      test = Self.pixels(of: mnist.test, at: Array(0..<mnist.test.count))
      trainDigits = chosen.map { mnist.train.labels[$0] }
      testDigits = mnist.test.labels
      isFlipped = [Bool](repeating: false, count: count)
      var flips = trial.stream(.noise)
      let wrong = Int((noise * Double(count)).rounded())
      for index in flips.choice(wrong, of: count) { isFlipped[index] = true }
    }

    /// The training labels of a split, wrong ones included unless `clean`.
    func trainLabels(_ split: Split, clean: Bool = false) -> [Int] {
      zip(trainDigits, isFlipped).map { digit, flipped in
        flipped && !clean ? 1 - split.label(digit) : split.label(digit)
      }
    }

    func testLabels(_ split: Split) -> [Int] { testDigits.map(split.label) }

    private static func pixels(of images: LabelledImages, at chosen: [Int]) -> Tensor<Float> {
      var scalars: [Float] = []
      scalars.reserveCapacity(chosen.count * images.pixels)
      for index in chosen {
        for pixel in images.image(at: index) { scalars.append(Float(pixel) / 255) }
      }
      return Tensor(scalars, shape: [chosen.count, images.pixels])
    }
  }

  /// What a linear classifier trained on a seed's images predicts for the test images.
  struct LinearReference: Stage {
    var split = Split.lowHigh
    var images: Int
    var noise: Double
    /// Whether it sees the right labels even where the network does not.
    var clean = false
    var steps: Int

    func make(in trial: Trial) throws -> [Int] {
      let digits = try Digits(count: images, noise: noise, in: trial)
      // Zero is the natural start of a convex problem; its own order keeps it apart from the net.
      let order = trial.stream(.shuffling).child("linear")
      var stream = trial.stream(.initialisation).child("linear")
      var model = MultilayerPerceptron<Float>(
        widths: [digits.train.shape[1], 2], initialiser: .zeros, using: &stream)
      let labels = digits.trainLabels(split, clean: clean)
      descend(
        &model, on: digits.train, labels, rate: 0.1, steps: 1...steps, using: order
      ) { _, _ in true }
      return predictions(of: model, on: digits.test)
    }
  }

  /// Trains a network and reads μ beside the linear reference on the way.
  static func train(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let digits = try Digits(count: setup.images, noise: setup.noise, in: trial)
    let bystanders = Bystanders(
      labels: digits.testLabels(.lowHigh),
      reference: try trial.product(of: setup.reference),
      otherTask: try trial.product(of: setup.otherReference))
    var outcome = Outcome(end: setup.steps)
    var model = network(hidden: setup.hidden, inputs: digits.train.shape[1], in: trial)
    let order = trial.stream(.shuffling)

    let labels = digits.trainLabels(.lowHigh)
    let checkpoints = Set(checkpoints(upTo: setup.steps))
    var last = 0
    descend(
      &model, on: digits.train, labels, rate: setup.rate, steps: 1...setup.steps, using: order
    ) { model, step in
      // Reading the training accuracy costs as much as some steps, so it is not read at each.
      let mayBeFitted = setup.stopsWhenFitted && step % 200 == 0
      guard checkpoints.contains(step) || mayBeFitted else { return true }
      let fit = accuracy(of: model, on: digits.train, labels, ofAll: setup.stopsWhenFitted)
      let isOver = mayBeFitted && fit == 1
      guard checkpoints.contains(step) || isOver else { return true }
      last = step
      outcome.record(
        predictions(of: model, on: digits.test), trainAccuracy: fit, at: step, beside: bystanders)
      return !isOver
    }

    guard setup.relearningSteps > 0 else { return outcome }
    let newLabels = digits.trainLabels(.unrelated)
    let end = last + setup.relearningSteps
    descend(
      &model, on: digits.train, newLabels, rate: setup.rate, steps: last + 1...end, using: order
    ) { _, _ in true }
    outcome.record(
      predictions(of: model, on: digits.test),
      trainAccuracy: accuracy(of: model, on: digits.train, newLabels, ofAll: false), at: end,
      beside: bystanders)
    return outcome
  }

  /// A network of ReLU layers with two outputs, by He's rule with a gain of one at the outputs.
  private static func network(
    hidden: [Int], inputs: Int, in trial: Trial
  ) -> MultilayerPerceptron<Float> {
    var stream = trial.stream(.initialisation)
    var layers: [Linear<Float>] = []
    var width = inputs
    for next in hidden {
      layers.append(Linear(inputs: width, outputs: next, using: &stream))
      width = next
    }
    let readout = Initialiser.heNormal(gain: 1)
    layers.append(Linear(inputs: width, outputs: 2, initialiser: readout, using: &stream))
    return MultilayerPerceptron(layers: layers)
  }

  /// Vanilla SGD on the cross-entropy with batches of 64, until the body says no.
  private static func descend(
    _ model: inout MultilayerPerceptron<Float>, on images: Tensor<Float>, _ labels: [Int],
    rate: Double, steps: ClosedRange<Int>, using order: RandomStream,
    body: (MultilayerPerceptron<Float>, Int) -> Bool
  ) {
    var optimizer = SGD<MultilayerPerceptron<Float>>(learningRate: rate)
    var batches = ShuffledBatches(
      count: labels.count, size: 64, using: order.child(steps.lowerBound))
    for step in steps {
      guard let batch = batches.next() else { return }
      let (x, y) = (images.gathered(rows: batch), batch.map { labels[$0] })
      let slope = gradient(at: model) { softmaxCrossEntropy(logits: $0(x), labels: y) }
      optimizer.update(&model, along: slope)
      guard body(model, step) else { return }
    }
  }

  private static func predictions(
    of model: MultilayerPerceptron<Float>, on images: Tensor<Float>
  ) -> [Int] {
    model(images).argmaxAlongRows()
  }

  /// The training accuracy; where it decides nothing, on the first 2000 images only.
  private static func accuracy(
    of model: MultilayerPerceptron<Float>, on images: Tensor<Float>, _ labels: [Int], ofAll: Bool
  ) -> Double {
    let count = ofAll ? labels.count : min(labels.count, 2000)
    let predicted = predictions(of: model, on: images.rows(0..<count))
    return Double(zip(predicted, labels).count { $0 == $1 }) / Double(count)
  }

  /// Every 20 steps to 640, where the linear phase ends, then half an octave apart.
  static func checkpoints(upTo end: Int) -> [Int] {
    let early = [5, 10] + stride(from: 20, through: 640, by: 20)
    let late = (0..<16).flatMap { [905 << $0, 1280 << $0] }
    return (early + late).filter { $0 < end } + [end]
  }
}
