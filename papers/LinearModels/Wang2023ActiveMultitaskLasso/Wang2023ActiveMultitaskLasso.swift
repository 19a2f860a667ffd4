import Replication
import TrainingCore

/// Sources chosen by their relevance of least L1 norm teach a target with fewer examples.
enum Wang2023ActiveMultitaskLasso: Replication {
  static let paper = Paper(
    "wang2023-active-multitask-lasso", .arxiv("2306.02556"), year: 2023,
    title: "Improved Active Multi-Task Representation Learning via Lasso",
    authors: ["Yiping Wang", "Yifang Chen", "Kevin Jamieson", "Simon S. Du"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    "Sizes of the simulation are ours: d = 30, three features, 20 sources.",
    "The Lasso's penalty is 0.05 ‖Ŵᵀŵ‖∞, of the order of the estimation error.",
    """
    Eight corruptions of MNIST, made here, stand for the sixteen of MNIST-C; the representation is \
    linear on 64 principal components, of ten features.
    """,
    "MNIST-C with 160 tasks and a convolutional representation is not run at any tier.",
  ]

  enum Arm: String, Name {
    case fiveFeatures, tenFeatures, twentyFeatures
    case leastL1, leastL2, leastL2Size, passive, shuffledL1
    case growingL1, growingL2, growingRaisedL1
    case knownL1, lasso, earlyLasso, noPenalty
    case cost, shuffledCost
    case images
  }
  enum Claim: String, Name {
    case sparse = "nu1-sparse"
    case complexityBound = "complexity-bound"
    case complexityRatio = "complexity-ratio"
    case beatsL2 = "l1-beats-l2-risk"
    case inverseBudget = "risk-scales-1-over-n"
    case budgetRatio = "budget-ratio"
    case exponentAlone = "sqrt-allocation-ablation"
    case lassoRecovers = "lasso-recovers"
    case lassoSparse = "lasso-sparse"
    case cost = "cost-sensitive"
    case images = "corrupted-mnist"
    case imagesL2 = "corrupted-mnist-l2"
    case imagesL1OverL2 = "corrupted-mnist-l1-over-l2"
  }
  enum Experiment: String, Codable { case relevance, simulation, cost, images }

  struct Setup: Codable, Hashable {
    var experiment: Experiment
    /// K.
    var features: Int
    /// d.
    var dimension = 30
    /// Numbers T of sources; a simulation has one.
    var sources = [20]
    var allocation = Allocation.leastL1
    /// N_tot; on images, examples a source.
    var budgets: [Int] = []
    /// n̲, what every source has at least, and in the first stage.
    var floor = 20
    /// How many examples the target has.
    var targetCount = 2000
    /// How many draws of the tasks a seed averages.
    var draws = 1
    /// Sweeps of alternating least squares.
    var sweeps = 30
  }

  /// Curves; those that do not apply to a setup stay empty, which is an error to whatever reads them.
  struct Outcome: Codable {
    /// Non-zero entries of ν¹ less K.
    var sparseExcess = Series<Sources, Count>()
    /// The same of ν².
    var denseExcess = Series<Sources, Count>()
    /// Zero entries of ν².
    var denseZeros = Series<Sources, Count>()
    /// The same of ν¹.
    var sparseZeros = Series<Sources, Count>()
    /// T‖ν²‖₂² / ‖ν¹‖₁².
    var complexity = Series<Sources, Ratio>()
    /// The same with a random solution in place of ν¹.
    var randomComplexity = Series<Sources, Ratio>()
    /// ‖B̂ŵ − B*w*‖².
    var risk = Series<Examples, Loss>()
    /// ‖(I − B̂B̂ᵀ) B*w*‖².
    var subspaceRisk = Series<Examples, Loss>()
    /// Sources with more than n̲ examples.
    var chosen = Series<Examples, Count>()
    /// ln T‖ν²‖₂² / ‖ν¹‖₁², which no budget changes.
    var logComplexity = Series<Examples, Ratio>()
    /// How much dearer the rival allocation by ν² is at equal risk, as a logarithm.
    var costRatio = Series<Examples, Ratio>()
    /// The target's test errors.
    var passiveError = Series<Target, Percent>()
    var l1Error = Series<Target, Percent>()
    var l2Error = Series<Target, Percent>()
    var shuffledError = Series<Target, Percent>()
  }

  /// A number of sources.
  struct Sources: Quantity {
    static let unit = "sources"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A number of examples, in all sources or as a fee.
  struct Examples: Quantity {
    static let unit = "examples"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// Which task is the target.
  struct Target: Quantity {
    static let unit = "target"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.experiment {
    case .relevance: try relevances(setup, in: trial)
    case .simulation: try simulation(setup, in: trial)
    case .cost: try costs(setup, in: trial)
    case .images: try imageTasks(setup, in: trial)
    }
  }
}
