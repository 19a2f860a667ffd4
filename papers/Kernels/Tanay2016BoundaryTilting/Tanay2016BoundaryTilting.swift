import Replication
import TrainingCore

/// Adversarial examples of linear classifiers are strong where the boundary is tilted towards the
/// data, along directions in which they hardly vary; regularisation sets the angle.
enum Tanay2016BoundaryTilting: Replication {
  static let paper = Paper(
    "tanay2016-boundary-tilting", .arxiv("1608.07690"), year: 2016,
    title: "A Boundary Tilting Perspective on the Phenomenon of Adversarial Examples",
    authors: ["Thomas Tanay", "Lewis Griffin"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    "The loss is the squared hinge and the bias is free, so that a classifier is a unique optimum.",
    "One pair of digits, 3 and 7; its grid of penalties is ours.",
    """
    The paper argues by pictures of perturbations; here the angle, the strength and the errors are \
    judged, and the pictures are of normals and class means, not of single digits.
    """,
    "The numbers for the mean perturbation are of an independent computation, not the paper's.",
  ]

  enum Arm: String, Name {
    case full, subsets, whitened
    case toy, narrowToy
  }
  enum Claim: String, Name {
    case secant = "strength-equals-secant"
    case centroid = "high-reg-is-centroid"
    case monotone = "angle-monotone-in-lambda"
    case monotoneFull = "angle-monotone-full-set"
    case overfit = "strongest-is-overfit"
    case costFree = "strength-cost-free"
    case flatTilt = "tilting-flat-direction"
    case costlyTilt = "tilting-costs-with-variance"
    case norm = "adversarial-norm"
    case toy = "linear-no-phenomenon-toy"
  }
  enum Problem: String, Codable { case digits, gaussians }

  struct Setup: Codable, Hashable {
    var problem: Problem
    /// How many training samples the seed chooses; 0 for all.
    var samples = 0
    /// λ in descending order: each classifier starts from the one before.
    var penalties: [Double]
    /// Whether the inputs are whitened for training, which gives Fisher's direction.
    var isWhitened = false
    /// Whether the second coordinate is informative and hardly varies.
    var isNarrow = false
    /// The ranks q of the eigenvectors, by ascending variance, along which the boundary is tilted.
    var ranks: [Int] = []
    /// How many eigenvectors about each rank.
    var width = 10
    /// The λ whose boundaries are recorded as images.
    var drawn: [Double] = []
  }

  /// Curves; those that do not apply to a setup stay empty, an error to whatever reads them.
  struct Outcome: Codable {
    /// δ over λ, from 10⁻⁴ up, and from 10⁻⁴ down.
    var angle = Series<Penalty, Degrees>()
    var lastAngle = Series<Penalty, Degrees>()
    /// 1/cos δ.
    var strength = Series<Penalty, Ratio>()
    var trainError = Series<Penalty, Percent>()
    var testError = Series<Penalty, Percent>()
    /// The errors and strengths of a λ a hundred times as large or small, for controls.
    var milderTrainError = Series<Penalty, Percent>()
    var milderTestError = Series<Penalty, Percent>()
    var nextTestError = Series<Penalty, Percent>()
    var nextStrength = Series<Penalty, Ratio>()

    /// The ratio of distances over 1/cos δ, less one, where the boundary passes through the midpoint.
    var secantDeviation = Series<Penalty, Ratio>()
    /// The same where it is shifted by .3 ‖i − j‖.
    var shiftedDeviation = Series<Penalty, Ratio>()
    /// The score of the mean's mirror image over that of the mean.
    var mirrorScore = Series<Penalty, Ratio>()
    /// The mean distance of test images from the boundary, and from the centroid classifier's.
    var adversarialNorm = Series<Penalty, Distance>()
    var centroidNorm = Series<Penalty, Distance>()

    /// Decisions on test images that a tilt to an angle changes, and what else it does.
    var flatFlips = Series<Degrees, Count>()
    var variedFlips = Series<Degrees, Count>()
    var flatStrength = Series<Degrees, Ratio>()
    /// The same along eigenvectors about a rank, and along directions without variance.
    var flips = Series<Rank, Count>()
    var tiltedRise = Series<Rank, Percent>()
    var nullFlips = Series<Rank, Count>()
    var nullRise = Series<Rank, Percent>()

    /// z, and the normals c at the λ that are drawn.
    var normals: [RecordedImage] = []
    /// The mean of each class, and its mirror images through these, moved to the midpoint.
    var minusMirrors: [RecordedImage] = []
    var plusMirrors: [RecordedImage] = []
  }

  /// λ, the weight of ‖w‖²/2 beside the mean loss.
  struct Penalty: Quantity {
    static let unit = "penalty"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// An angle.
  struct Degrees: Quantity {
    static let unit = "°"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A distance in the space of images with pixels from 0 to 1.
  struct Distance: Quantity {
    static let unit = "distance"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// The rank of an eigenvector of the covariance, by ascending variance.
  struct Rank: Quantity {
    static let unit = "rank"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .digits: try digits(setup, in: trial)
    case .gaussians: try gaussians(setup, in: trial)
    }
  }
}
