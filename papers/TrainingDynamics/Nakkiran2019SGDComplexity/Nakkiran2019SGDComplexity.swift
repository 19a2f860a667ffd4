import Replication
import TrainingCore

/// SGD first learns what a linear classifier knows, and keeps it while it learns more.
enum Nakkiran2019SGDComplexity: Replication {
  static let paper = Paper(
    "nakkiran2019-sgd-increasing-complexity", .arxiv("1905.11604"), year: 2019,
    title: "SGD on Neural Networks Learns Functions of Increasing Complexity",
    authors: [
      "Preetum Nakkiran", "Gal Kaplun", "Dimitris Kalimeris", "Tristan Yang",
      "Benjamin L. Edelman", "Fred Zhang", "Boaz Barak",
    ])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    "Of the paper's tasks only MNIST 0–4 against 5–9 is trained; CIFAR-10 and the sinusoid are not.",
    "The core has no convolution: the hierarchy, and with it the full tier, ends in an error.",
    "The widths, rates and steps of the full tier are this replication's; no code was published.",
    "The theorem's model takes its steps on the examples' coefficients: the same iterates.",
    "Fresh points of the theorem's model are drawn as the classifier's projection of them.",
  ]

  enum Arm: String, Name {
    case net, linearNet, relearned
    case fitted, fittedNoisy, drowned
    case signalAndNoise, noiseOnly
    case deepNet, equalReferences
  }

  enum Claim: String, Name {
    case muSymmetry = "mu-symmetry"
    case muBounds = "mu-bounds"
    case linearFirst = "linear-first"
    case complexityLater = "complexity-later"
    case linearRetained = "linear-retained"
    case retainedToZeroTrainError = "retained-to-zero-train-error"
    case retainedWithLabelNoise = "retained-with-label-noise"
    case hierarchy
    case theoremRetention = "thm-retention"
  }

  /// The last step of the network in the hierarchy.
  static let deepSteps = 20_000

  /// What is learned.
  enum World: String, Codable { case digits, signalAndNoise, colourImages }

  struct Setup: Codable, Hashable {
    var world = World.digits
    /// How many examples are trained on.
    var images = 60_000
    /// The share of wrong training labels.
    var noise = 0.0
    var hidden = [200, 200]
    var rate = 0.02
    var steps = 6000
    /// Whether training ends as soon as every training label is fitted.
    var stopsWhenFitted = false
    /// Steps on the labels of an unrelated task after the training.
    var relearningSteps = 0
    /// The steps of the linear classifier L, and whether it sees the right labels only.
    var linearSteps = 4000
    var linearSeesNoNoise = false
    /// The dimensions of w, and whether there is a z, in the theorem's model.
    var noiseDimensions = 0
    var hasSignal = true
    /// Blocks of the convolutional network, and of the one it is compared with.
    var blocks = 0
    var referenceBlocks = 0
    /// Whether all references have one block, each from a seed of its own.
    var referencesAreEqual = false

    var reference: LinearReference {
      LinearReference(images: images, noise: noise, clean: linearSeesNoNoise, steps: linearSteps)
    }

    var otherReference: LinearReference {
      LinearReference(split: .unrelated, images: images, noise: noise, steps: linearSteps)
    }
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    let net =
      switch tier {
      case .smoke: Setup(images: 10_000, hidden: [64, 64], steps: 800, linearSteps: 800)
      case .standard: Setup()
      case .full: Setup(hidden: [512, 512], steps: 30_000, linearSteps: 20_000)
      }
    let noisy = Setup(
      images: tier == .full ? 10_000 : 2000, noise: 0.1, hidden: net.hidden, rate: 0.1,
      steps: tier == .full ? 400_000 : 40_000, stopsWhenFitted: true)
    let theorem = Setup(
      world: .signalAndNoise, images: 200, rate: 0.5, steps: 20_000, noiseDimensions: 2000)
    let deep = Setup(
      world: .colourImages, images: 50_000, rate: 0.1, steps: deepSteps, blocks: 3,
      referenceBlocks: 1)
    switch arm {
    case .net: return [net]
    case .linearNet: return [net.with(\.hidden, [])]
    case .relearned: return [net.with(\.relearningSteps, net.steps / 2)]
    case .fitted, .fittedNoisy, .drowned:
      if tier == .smoke { return [] }
      return switch arm {
      case .fitted: [noisy.with(\.noise, 0)]
      case .fittedNoisy: [noisy]
      default: [noisy.with(\.noise, 0.4).with(\.linearSeesNoNoise, true)]
      }
    case .signalAndNoise, .noiseOnly:
      if tier == .smoke { return [] }
      return [200, 2000, 20_000].map {
        theorem.with(\.noiseDimensions, $0).with(\.hasSignal, arm == .signalAndNoise)
      }
    case .deepNet, .equalReferences:
      guard tier == .full else { return [] }
      return [1, 2, 3].map {
        deep.with(\.referenceBlocks, $0).with(\.referencesAreEqual, arm == .equalReferences)
      }
    }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.world {
    case .digits: try train(setup, in: trial)
    case .signalAndNoise: descendOnNoise(setup, in: trial)
    case .colourImages: throw NotYet.convolution
    }
  }

  /// What this replication declares and cannot run yet.
  enum NotYet: Error, CustomStringConvertible {
    case convolution

    var description: String {
      switch self {
      case .convolution: "convolutional networks and CIFAR-10 are not available yet"
      }
    }
  }
}

extension Nakkiran2019SGDComplexity.Setup {
  /// The same setup with one field changed.
  func with<Value>(_ field: WritableKeyPath<Self, Value>, _ value: Value) -> Self {
    var setup = self
    setup[keyPath: field] = value
    return setup
  }
}
