import Replication
import TrainingCore

/// With the ridge tuned, more samples and more features never hurt; where the target is smooth and
/// the noise small, the best ridge is none.
enum Simon2023MoreIsBetter: Replication {
  static let paper = Paper(
    "simon2023-more-is-better", .arxiv("2311.14646"), year: 2023,
    title: """
      More is Better in Modern Machine Learning: \
      when Infinite Overparameterization is Optimal and Overfitting is Obligatory
      """,
    authors: ["James B. Simon", "Dhruva Karkada", "Nikhil Ghosh", "Mikhail Belkin"])
  static let data: [DatasetName] = [.mnist, .cifar10]
  static let departures = [
    """
    Images are MNIST's under the tangent kernel of a fully connected ReLU network with two hidden \
    layers; the paper's are MNIST's, SVHN's and CIFAR-10's under that of the Myrtle-10 network.
    """,
    """
    Random features on CIFAR-10 are up to 4000, and samples up to 512, of pools of 2000 images that \
    stand for the whole law, test points included.
    """,
    "The simulation has 4000 modes (2000 in smoke); the paper's has 10 000.",
    """
    A simulated predictor's test error is computed from its weights; the paper averages over 1000 \
    test points.
    """,
    """
    Noise on images is added to all ten outputs of train and test without scaling the rows anew.
    """,
  ]

  enum Arm: String, Name {
    case growingFeatures, growingSamples, framework
    case powerLaws, quiet, noisy
    case digits, photographs
  }
  enum Claim: String, Name {
    case frameworkFits = "rf-eigenframework-fits"
    case frameworkFitsImages = "rf-eigenframework-cifar10"
    case trainError = "train-error-relation"
    case moreFeatures = "more-features-better"
    case moreData = "more-data-better"
    case fittingRatio = "optimal-fitting-ratio"
    case obligatory = "overfitting-obligatory"
    case imageExponents = "powerlaw-on-real-images"
    case imageInterpolation = "mnist-interpolation-optimal"
  }
  enum Problem: String, Codable { case randomFeatures, framework, powerLaw, digits, photographs }

  struct Setup: Codable, Hashable {
    var problem: Problem
    /// n.
    var samples = 0
    /// k.
    var features = 0
    /// M.
    var modes = 0
    /// How many data sets and networks a seed averages over.
    var draws = 1
    /// δ.
    var ridges: [Double] = []
    /// The exponent of the eigenvalues.
    var alpha = 1.5
    /// The exponent of the target's coefficients, squared.
    var beta = 1.5
    /// σ²_rel, the noise over the noise-free test error without ridge.
    var noises: [Double] = []
  }

  /// Curves; those that do not apply to a setup stay empty, an error to whatever reads them.
  struct Outcome: Codable {
    /// Simulated random features, over the ridge.
    var testError = Series<Ridge, Loss>()
    var trainError = Series<Ridge, Loss>()
    /// The test error at the least ridge, alone.
    var leastRidgeError = Series<Ridge, Loss>()
    /// What the eigenframework says of both.
    var testTheory = Series<Ridge, Loss>()
    var trainTheory = Series<Ridge, Loss>()
    /// The simulated error over the framework's, less one.
    var testDeviation = Series<Ridge, Ratio>()
    var trainDeviation = Series<Ridge, Ratio>()
    /// The same, the framework being given the target's coefficients in another order.
    var shuffledDeviation = Series<Ridge, Ratio>()
    /// The same, with the κ of half the samples.
    var halvedDeviation = Series<Ridge, Ratio>()

    /// The framework's risk at the best and at a fixed small ridge.
    var riskOverFeatures = Series<Features, Loss>()
    var fixedRiskOverFeatures = Series<Features, Loss>()
    var riskOverSamples = Series<Samples, Loss>()
    var fixedRiskOverSamples = Series<Samples, Loss>()

    /// The best ratio R of train to test error, by the finite-n theory and in the limit.
    var finiteRatio = Series<NoiseLevel, Ratio>()
    var limitRatio = Series<NoiseLevel, Ratio>()
    /// The limit with the two exponents exchanged.
    var exchangedRatio = Series<NoiseLevel, Ratio>()
    /// The test error at R = 1/4 over the least one.
    var finiteCost = Series<NoiseLevel, Ratio>()
    var limitCost = Series<NoiseLevel, Ratio>()

    /// Random features on photographs: the errors at one ridge, and over all ridges the mean of the
    /// error over the framework's, less one, also with the target's coefficients in another order.
    var photoFeatureError = Series<Features, Loss>()
    var photoFeatureTheory = Series<Features, Loss>()
    var photoFeatureDeviation = Series<Features, Ratio>()
    var shuffledPhotoFeatureDeviation = Series<Features, Ratio>()
    var photoSampleError = Series<Samples, Loss>()
    var photoSampleTheory = Series<Samples, Loss>()
    var photoSampleDeviation = Series<Samples, Ratio>()
    var shuffledPhotoSampleDeviation = Series<Samples, Ratio>()

    /// 1/Tr K⁻¹ of images, and their test error without ridge.
    var inverseTrace = Series<Samples, Loss>()
    var imageError = Series<Samples, Loss>()
    var permutedImageError = Series<Samples, Loss>()
    /// R at the ridge of least test error.
    var imageRatio = Series<NoiseLevel, Ratio>()
    var permutedImageRatio = Series<NoiseLevel, Ratio>()
  }

  /// A number of training samples.
  struct Samples: Quantity {
    static let unit = "sample"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A number of random features.
  struct Features: Quantity {
    static let unit = "feature"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// δ, what is added to the kernel matrix's diagonal.
  struct Ridge: Quantity {
    static let unit = "ridge"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// Label noise over the noise-free test error without ridge.
  struct NoiseLevel: Quantity {
    static let unit = "noise"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .randomFeatures: try randomFeatures(setup, in: trial)
    case .framework: try tunedRisks(setup)
    case .powerLaw: try powerLaw(setup)
    case .digits: try digits(setup, in: trial)
    case .photographs: try photographs(setup, in: trial)
    }
  }
}
