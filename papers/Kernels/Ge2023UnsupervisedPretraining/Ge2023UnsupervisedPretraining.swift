import Replication
import TrainingCore

/// Maximum likelihood on unlabelled data, then a small head on few labels: a gain over learning from
/// the labels alone where the latent variable is identified and unlabelled data abound.
enum Ge2023UnsupervisedPretraining: Replication {
  static let paper = Paper(
    "ge2023-unsupervised-pretraining", .arxiv("2303.01566"), year: 2023,
    title: "On the Provable Advantage of Unsupervised Pretraining",
    authors: ["Jiawei Ge", "Shange Tang", "Jianqing Fan", "Chi Jin"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    """
    The paper proves bounds and runs no experiment: sizes and noise are ours, one size of each of its \
    three models.
    """,
    """
    The contrastive model is linear in Gaussian inputs, a form of ours; the paper's theorem allows \
    any class.
    """,
    """
    Expectation maximization ends when the mean log-likelihood rises by less than 10⁻¹² in a step, \
    after 200 steps at most.
    """,
    "Digits, which none of the models generates, are reported without a verdict that counts.",
  ]

  enum Arm: String, Name {
    // Factor models.
    case labels, fewLabels, moreLabels, grid
    case fiftyLabels, scarceUnlabelled, fewUnlabelled
    case unlabelled, permutedUnlabelled, uninformative, rotated
    // The other models, and none.
    case mixture, wrongMixture, contrastive, digits
  }
  enum Claim: String, Name {
    case beatsSupervised = "pretraining-beats-supervised"
    case matchesOracle = "matches-oracle-head"
    case excessInLabels = "excess-in-n"
    case excessInUnlabelled = "excess-in-m"
    case bound = "bound-holds"
    case crossover
    case mixture = "gmm-few-labels"
    case contrastive = "contrastive-head"
    case uninformative = "noninformative-fails"
    case rotation = "harmless-rotation"
    case digits = "digits-by-factors"
  }
  enum Model: String, Codable { case factor, uninformative, rotation, mixture, contrastive, digits }

  struct Setup: Codable, Hashable {
    var model: Model
    /// d.
    var dimension = 0
    /// r of a factor model, K of the fitted mixture.
    var latent = 0
    /// m: unlabelled samples, or pairs.
    var unlabelled = 0
    /// n, each with labelled samples of its own.
    var labels: [Int] = []
    /// Whether the coordinates of each unlabelled sample are permuted.
    var permuted = false
  }

  /// Curves over the number of labels; those that do not apply to a setup stay empty, which is an
  /// error to whatever reads them.
  struct Outcome: Codable {
    /// Excess risks over the best predictor.
    var pretrained = Series<Labels, Loss>()
    var supervised = Series<Labels, Loss>()
    var ridge = Series<Labels, Loss>()
    var oracle = Series<Labels, Loss>()
    var random = Series<Labels, Loss>()
    /// c(√(dr/m) + √(r/n)), c from the oracle's excess at the first n.
    var bound = Series<Labels, Loss>()
    /// By how much the predictor moves, relative to its size, when B̂ is rotated.
    var innerRotation = Series<Labels, Ratio>()
    /// The same for a rotation of the data space.
    var outerRotation = Series<Labels, Ratio>()
    /// Test errors of classifiers.
    var pretrainedError = Series<Labels, Percent>()
    var ridgeError = Series<Labels, Percent>()
    var bayesError = Series<Labels, Percent>()
    var pixelError = Series<Labels, Percent>()
  }

  /// A number of labelled samples.
  struct Labels: Quantity {
    static let unit = "label"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.model {
    case .factor, .uninformative: try factorModel(setup, in: trial)
    case .rotation: try rotations(setup, in: trial)
    case .mixture: try mixtures(setup, in: trial)
    case .contrastive: try contrasts(setup, in: trial)
    case .digits: try digits(setup, in: trial)
    }
  }
}
