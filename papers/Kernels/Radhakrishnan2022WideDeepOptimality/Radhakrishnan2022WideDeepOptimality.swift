import Replication
import TrainingCore

/// Infinitely wide and infinitely deep networks classify by the nearest neighbour, by majority, or by
/// a singular kernel whose exponent the activation sets; one exponent is optimal.
enum Radhakrishnan2022WideDeepOptimality: Replication {
  static let paper = Paper(
    "radhakrishnan2022-wide-deep-optimality", .arxiv("2204.14126"), year: 2022,
    title: "Wide and Deep Neural Networks Achieve Optimality for Classification",
    authors: ["Adityanarayanan Radhakrishnan", "Mikhail Belkin", "Caroline Uhler"])
  static let departures = [
    """
    Every arm but ReLU is the Gaussian-process kernel, as in the authors' code; the tangent kernel of \
    the same activations reaches its limit only far deeper.
    """,
    "At most 4000 training and 2000 test points; the paper has 10 000 of each.",
    """
    The optimal activations, h₂, erf, ReLU and two with a constant term and without are run; the sine \
    activations are left out.
    """,
    """
    A depth past which all similarities of different points are below 10⁻¹⁵⁰ stands for any greater \
    one: from there on a layer only scales them.
    """,
  ]

  enum Arm: String, Name {
    case optimalSlope, squareSlope
    case optimal, square, erf
    case pairSquare, pairOptimal, constant, unbiased
    case trend
    case relu, singularDepths
    case regression
  }
  enum Claim: String, Name {
    case alphaFormula = "alpha-formula"
    case equalsHilbert = "equals-hilbert"
    case nearBayes = "near-bayes"
    case consistency = "consistency-trend"
    case oneNearest = "one-nn-class"
    case majority = "majority-class"
    case reluMajority = "relu-majority-slow"
    case regression = "depth-hurts-regression"
  }
  enum Problem: String, Codable { case slope, classification, depths, regression }

  struct Setup: Codable, Hashable {
    var problem: Problem
    var activation: Activation
    /// d + 1, that of the space around the sphere.
    var dimension: Int
    /// The depths L at which the kernel is read, in ascending order.
    var depths: [Int]
    /// The numbers of training points.
    var samples: [Int] = []
    var tests = 0
    /// How many training points are spent on each number of them, in sets of that many; 0 for one
    /// set of each.
    var spent = 0
  }

  /// Curves; those that do not apply to a setup stay empty, an error to whatever reads them.
  struct Outcome: Codable {
    /// ln(k_L ψ'(0)^−L) over ‖x − x'‖.
    var logKernel = Series<Distance, Nats>()
    /// −2 log ψ'(0) / log ψ'(1), and the sphere's dimension d.
    var exponent = Series<Layers, Ratio>()
    var sphere = Series<Layers, Ratio>()
    /// ψ(z) − E φ(u)φ(v) over z, the correlation of u and v.
    var dualError = Series<Correlation, Ratio>()

    /// Shares of test points classified rightly.
    var accuracy = Series<Samples, Ratio>()
    var bayesAccuracy = Series<Samples, Ratio>()
    var hilbertAccuracy = Series<Samples, Ratio>()
    var nearestAccuracy = Series<Samples, Ratio>()
    var majorityAccuracy = Series<Samples, Ratio>()
    /// Shares of test points classified like another rule.
    var hilbertAgreement = Series<Samples, Ratio>()
    var nearestAgreement = Series<Samples, Ratio>()
    var majorityAgreement = Series<Samples, Ratio>()
    /// The risk above that of the Bayes rule.
    var excess = Series<Samples, Ratio>()
    var nearestExcess = Series<Samples, Ratio>()
    /// Predictions that are exactly zero, which count as the class +1.
    var zeros = Series<Samples, Count>()

    /// Agreement with the majority over the depth.
    var depthAgreement = Series<Layers, Ratio>()
    /// The squared error over that of predicting zero.
    var errorRatio = Series<Layers, Ratio>()
  }

  /// ‖x − x'‖ on the unit sphere.
  struct Distance: Quantity {
    static let unit = "distance"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A depth L.
  struct Layers: Quantity {
    static let unit = "layer"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A number of training samples.
  struct Samples: Quantity {
    static let unit = "sample"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// ⟨x, x'⟩ on the unit sphere.
  struct Correlation: Quantity {
    static let unit = "correlation"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .slope: try slopes(setup)
    case .classification: try classification(setup, in: trial)
    case .depths: try depths(setup, in: trial)
    case .regression: try regression(setup, in: trial)
    }
  }
}
