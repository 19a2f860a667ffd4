import Foundation
import TrainingCore

/// A training on real data, and what is asked of it.
struct LearningCase: Sendable {
  /// What is asked of the number that it reaches.
  enum Asked: Sendable {
    case atLeast(Double)
    case atMost(Double)
  }

  /// What a training gave.
  struct Learned {
    /// What was reached, on data that was not trained on.
    var measure: Double
    /// The digest of the final parameters: equal on every machine.
    var digest: String

    init(_ measure: Double, _ model: some Parameterised) {
      self.measure = measure
      var checkpoint = Checkpoint()
      checkpoint.save(model, as: "model")
      digest = String("\(checkpoint.digest)".prefix(12))
    }
  }

  var name: String
  /// The measure with its unit.
  var measure: String
  var asked: Asked
  /// Within how many seconds on two cores.
  var seconds: Double
  var run: @Sendable (_ data: DataStore, _ seed: UInt64) throws -> Learned
}

/// All cases, in the order of the table.
let learningCases = [mnistPerceptron, cifarResidual, shakespeareGPT]

/// Runs the named cases, or all, and prints the table.
func learn(_ names: [String]) throws {
  let data = DataStore(option: nil, environment: ProcessInfo.processInfo.environment)
  let seed: UInt64 = 1
  Kernels.threads = min(2, ProcessInfo.processInfo.activeProcessorCount)
  print(
    """
    # Learning

    Written by `ci/bench --learning`: trainings on real data, of `Tests/Bench/Learning*.swift`, with \
    seed \(seed). What is reached and the digest of the final parameters are the same on every \
    machine; the seconds are those of this one, \(Kernels.threads) threads, \(Kernels.level.rawValue).

    | case | measure | reached | asked | seconds | allowed | parameters | met |
    |---|---|---|---|---|---|---|---|
    """)
  for one in learningCases where names.isEmpty || names.contains(one.name) {
    var result: Result<LearningCase.Learned, any Error> = .failure(CancellationError())
    let time = ContinuousClock().measure { result = Result { try one.run(data, seed) } }
    let learned = try result.get()
    let seconds = Double(time.components.seconds)
    let (sign, bound, isGood) =
      switch one.asked {
      case .atLeast(let bound): ("≥", bound, learned.measure >= bound)
      case .atMost(let bound): ("≤", bound, learned.measure <= bound)
      }
    print(
      "| \(one.name) | \(one.measure) | **\(learned.measure)** | \(sign) \(bound) | \(Int(seconds)) "
        + "| \(Int(one.seconds)) | `\(learned.digest)` "
        + "| \(isGood && seconds <= one.seconds ? "yes" : "no") |")
  }
}

/// The share of images whose label is the greatest output, in batches that fit the cache.
func accuracy<Inputs: Collection<Int>>(
  of labels: [UInt8], at indices: Inputs, _ outputs: ([Int]) -> Tensor<Float>
) -> Double {
  var right = 0
  var rest = Array(indices)[...]
  while !rest.isEmpty {
    let batch = Array(rest.prefix(500))
    rest = rest.dropFirst(500)
    right += zip(outputs(batch).argmaxAlongRows(), batch).count { $0 == Int(labels[$1]) }
  }
  return Double(right) / Double(indices.count)
}

/// A perceptron with one hidden layer on MNIST, by AdamW with a cosine schedule.
private let mnistPerceptron = LearningCase(
  name: "mnist-784-512-10", measure: "test accuracy", asked: .atLeast(0.98), seconds: 60
) { data, seed in
  let mnist = try MNIST(from: data)
  let train: Tensor<Float> = mnist.train.tensor(at: mnist.train.labels.indices)
  let test: Tensor<Float> = mnist.test.tensor(at: mnist.test.labels.indices)

  var initialisation = RandomStream(paper: "learning", seed: seed, purpose: .initialisation)
  var model = MultilayerPerceptron<Float>(widths: [784, 512, 10], using: &initialisation)
  var optimizer = Adam<MultilayerPerceptron<Float>>(
    learningRate: 0, decay: .decoupled(0.01), groups: .decayingMatrices)
  let batches = ShuffledBatches(
    count: train.shape[0], size: 128,
    using: RandomStream(paper: "learning", seed: seed, purpose: .shuffling))
  let steps = 8 * batches.batchesPerEpoch
  let rate = Schedule.cosine(from: 2e-3, over: steps).warmedUp(over: 100)

  for (step, batch) in batches.prefix(steps).enumerated() {
    optimizer.learningRate = rate(step)
    let slope = gradient(at: model) { model in
      softmaxCrossEntropy(
        logits: model(train.gathered(rows: batch)),
        labels: batch.map { Int(mnist.train.labels[$0]) })
    }
    optimizer.update(&model, along: slope)
  }
  let trained = model
  return LearningCase.Learned(
    accuracy(of: mnist.test.labels, at: 0..<test.shape[0]) { trained(test.gathered(rows: $0)) },
    model)
}
