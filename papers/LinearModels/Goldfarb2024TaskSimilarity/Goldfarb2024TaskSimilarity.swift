import Replication
import TrainingCore

/// Forgetting after two similar tasks: an inverted U of their dissimilarity where the model is
/// overparameterized enough, growing with it elsewhere.
enum Goldfarb2024TaskSimilarity: Replication {
  static let paper = Paper(
    "goldfarb2024-task-similarity-forgetting", .arxiv("2401.12617"), year: 2024,
    title: """
      The Joint Effect of Task Similarity and Overparameterization on Catastrophic Forgetting — \
      An Analytical Model
      """,
    authors: ["Daniel Goldfarb", "Itay Evron", "Nir Weinberger", "Daniel Soudry", "Paul Hand"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    "The polynomial of Theorem 3 was derived anew by free probability.",
    "Sizes, rates and steps of the networks are ours; the paper's are in figures only.",
    "Permuted MNIST only; of the paper's other permuted benchmarks none is run.",
  ]

  enum Arm: String, Name {
    case rotated, freshTask, growing, threshold, halfRank
    case overparameterized, nearThreshold
    case flatSpectrum, gaussianSpectrum, unscaledSpectrum, reducedDraws
    case wide, narrow, manyWidths, manyImages
  }
  enum Claim: String, Name {
    case closedForm = "closed-form-forgetting"
    case oneOverP = "one-over-p-correction"
    case threshold = "interpolation-threshold-linear"
    case invertedU = "inverted-u-overparam"
    case monotone = "monotone-near-threshold"
    case reduction = "projection-recipe"
    case worstCase = "flat-spectrum-worst"
    case equalTasks = "equal-tasks-keep"
    case wideInvertedU = "mnist-wide-inverted-u"
    case narrowMonotone = "mnist-narrow-monotone"
    case widthSweep = "mnist-width-sweep"
    case imageSweep = "mnist-images-sweep"
  }
  enum Problem: String, Codable {
    case rotated, freshTask, flatSpectrum, gaussianSpectrum, unscaledSpectrum, network

    /// Whether the two tasks are trained on, with explicit inputs.
    var isExplicit: Bool {
      self == .flatSpectrum || self == .gaussianSpectrum || self == .unscaledSpectrum
    }
  }

  struct Setup: Codable, Hashable {
    var problem: Problem
    var dimension = 0
    var overparameterization = 0.0
    var dissimilarities: [Double] = []
    var draws = 0
    var hidden = 0
    var images = 0
    var sides: [Int] = []
    var rate = 0.0
    var momentum = 0.0
    var steps = 0
    var batch = 0
  }

  /// Curves over the dissimilarity, or over the side of the permuted square; those that do not apply
  /// to a setup stay empty, which is an error to whatever reads them.
  struct Outcome: Codable {
    var forgetting = Series<Ratio, Loss>()
    var formula = Series<Ratio, Loss>()
    /// The formula at an overparameterization lower by 0.1.
    var lowerFormula = Series<Ratio, Loss>()
    var doubledDissimilarity = Series<Ratio, Loss>()
    var reduction = Series<Ratio, Loss>()
    var unprojected = Series<Ratio, Loss>()
    var rise = Series<Pixels, Nats>()
    var errorRise = Series<Pixels, Percent>()
    var firstLoss = Series<Pixels, Nats>()
  }

  /// A length in pixels.
  struct Pixels: Quantity {
    static let unit = "px"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .network: try networks(setup, in: trial)
    default: try regressions(setup, in: trial)
    }
  }
}
