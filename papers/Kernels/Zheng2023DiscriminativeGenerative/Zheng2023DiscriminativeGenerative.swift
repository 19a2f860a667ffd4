import Replication
import TrainingCore

/// Naive Bayes nears its own, worse, asymptote with O(log n) samples, logistic regression with O(n).
enum Zheng2023DiscriminativeGenerative: Replication {
  static let paper = Paper(
    "zheng2023-disc-vs-gen", .arxiv("2302.02334"), year: 2023,
    title: "Revisiting Discriminative vs. Generative Classifiers: Theory and Implications",
    authors: [
      "Chenyu Zheng", "Guoqiang Wu", "Fan Bao", "Yue Cao", "Chongxuan Li", "Jun Zhu",
    ])
  static let data: [DatasetName] = [.mnist, .cifar10]
  static let departures = [
    """
    Simulations of two and three classes with the diagonal covariance, in 50 to 400 dimensions; the \
    paper goes on to seven classes and 1000 dimensions, which is declared at full. The paper's hard \
    covariance, which its scripts do not run, is left out.
    """,
    """
    Features come from small networks trained here on half of the classes of MNIST and of CIFAR-10; \
    the seven large pre-trained models are not at hand.
    """,
    "Features that are constant on the training samples are dropped, as one of them would decide alone.",
    "The paper's search over C for each model is a choice on a fifth of the samples, in an arm of its own.",
  ]

  enum Arm: String, Name {
    // Gaussian classes.
    case logistic, bayes, separatedLogistic, quadratic, bayesWide, unsharedBayes
    case threeLogistic, threeBayes
    case manyLogistic, manyBayes
    // Features of trained networks.
    case digitsLogistic, digitsBayes, digitsDisjoint, digitsTuned
    case photosLogistic, photosBayes, photosDisjoint
  }
  enum Claim: String, Name {
    case logisticLinear = "lr-linear-in-n"
    case bayesLogarithmic = "nb-logarithmic"
    case ratioGrows = "ratio-grows"
    case multiclass
    case manyClasses = "many-classes"
    case fasterToAsymptote = "nb-faster-to-own-asymptote"
    case fewShot = "few-shot-advantage"
    case fewShotPhotos = "few-shot-photographs"
    case twoRegimes = "two-regimes"
    case bayesLinear = "nb-is-linear"
  }
  enum Source: String, Codable { case gaussians, digits, photos }
  enum Method: String, Codable { case logistic, tunedLogistic, bayes, unsharedBayes, quadratic }

  struct Setup: Codable, Hashable {
    var source: Source
    var method: Method
    /// K.
    var classes = 5
    /// n of Gaussian classes.
    var dimension = 0
    /// What the means of Gaussian classes are multiplied with.
    var separation = 1.0
    /// Test points of Gaussian classes.
    var tests = 0
    /// The numbers m of training samples of features.
    var sizes: [Int] = []
    /// Whether the training samples are others than those of the other arms.
    var disjoint = false
    /// The network whose features are classified.
    var features: Features?
  }

  struct Outcome: Codable {
    /// The first m with a test error within a point of Bayes', or with features the first within
    /// two points of the error at the last m.
    var needed: Samples
    var error = Series<Samples, Percent>()
    /// The largest difference between the decision and its affine form, relative to the largest
    /// score; of Gaussian classifiers only.
    var affineGap = Series<Samples, Ratio>()
  }

  /// A number of training samples.
  struct Samples: Quantity {
    static let unit = "sample"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.source {
    case .gaussians: try simulation(setup, in: trial)
    case .digits, .photos: try classifiedFeatures(setup, in: trial)
    }
  }
}
