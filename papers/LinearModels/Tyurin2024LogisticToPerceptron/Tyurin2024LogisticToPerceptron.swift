import Replication
import TrainingCore

/// With a growing step size, gradient descent on the logistic loss becomes the batch perceptron.
enum Tyurin2024LogisticToPerceptron: Replication {
  static let paper = Paper(
    "tyurin2024-logistic-to-perceptron", .arxiv("2412.08424"), year: 2024,
    title: """
      From Logistic Regression to the Perceptron Algorithm: \
      Exploring Gradient Descent with Large Step Sizes
      """,
    authors: ["Alexander Tyurin"])

  static let data: [DatasetName] = [.mnist, .cifar10]

  static let departures = [
    """
    MNIST pairs 0/1 and 3/7 stand for all image data; airplanes and ships of CIFAR-10 are added at \
    the full tier, FashionMNIST and EuroSAT are left out. The image rows of Table 1 are on \
    FashionMNIST, which is not among the data sets here, and are not judged at any tier.
    """,
    """
    Images come in sets of 5000; the paper's other sizes, 1000 and 10 000, are left out. How counts \
    grow with n is judged on the worst-case set.
    """,
    """
    The step sizes 0.001, 0.01 and 1000 are run on images at the full tier only, and recorded \
    without a verdict that counts.
    """,
    "Pixels are scaled to [0, 1] and a constant one is appended; the paper's appendix E was not read.",
    "The perceptron takes the misclassified sample of lowest index; the paper allows any.",
  ]

  /// What the samples are.
  enum Source: String, Codable { case worstCase, twoPoints, random, zeroOne, threeSeven, planeShip }

  struct Setup: Codable, Hashable {
    var source: Source
    /// n.
    var count: Int
    /// How many image samples are of the second digit; nil leaves the classes as they come.
    var minority: Int?
    /// Whether the image samples are the first in file order instead of the seed's choice.
    var inFileOrder = false
    var method: Method
    /// γ; 1 for the perceptrons, which have none.
    var gamma = 1.0
    /// The iteration at which an unsolved run ends.
    var cap = 10_000
    /// How many first iterates are compared with those of the batch perceptron.
    var compared = 0
    /// The weight of the first step of the batch perceptron that is compared with.
    var firstWeight = 0.5
  }

  struct Outcome: Codable {
    /// The index t ≥ 1 of the first iterate with all margins positive.
    var iterations: Steps
    /// The greatest f(θ_t), t ≥ 1.
    var peakLoss: Nats
    /// f(θ_t) at powers of two and at the end.
    var losses = Series<Steps, Nats>()
    /// ‖∇f(θ_t)‖ at the same t.
    var gradientNorms = Series<Steps, Ratio>()
    /// ‖θ_t/γ − θ̂_t‖ / ‖θ̂_t‖ for the compared iterates.
    var departures = Series<Steps, Ratio>()
    /// The iterations as a share of what the algorithm's theorem grants, at that bound; not on
    /// images, whose margin is not computed.
    var boundShare = Series<Steps, Ratio>()
    /// The iterations as a share of R²/μ², at that bound.
    var perceptronShare = Series<Steps, Ratio>()
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let samples = try samples(of: setup, in: trial)
    var path = Path(samples, by: setup.method, gamma: setup.gamma)
    var outcome = Outcome(iterations: .notReached(by: Double(setup.cap)), peakLoss: Nats(0.0))
    var peak = 0.0
    while !path.isSolved && path.step < setup.cap {
      path.advance()
      let loss = path.loss
      peak = max(peak, loss)
      if path.isSolved || path.step == setup.cap || path.step.nonzeroBitCount == 1 {
        outcome.losses.append(Nats(loss), at: Steps(path.step))
        outcome.gradientNorms.append(Ratio(path.gradientNorm), at: Steps(path.step))
      }
    }
    if path.isSolved { outcome.iterations = Steps(path.step) }
    outcome.peakLoss = Nats(peak)
    let departures = departures(
      of: samples, gamma: setup.gamma, firstWeight: setup.firstWeight, steps: setup.compared)
    for (index, departure) in departures.enumerated() {
      outcome.departures.append(Ratio(departure), at: Steps(index + 1))
    }
    if !readsImages(setup.source) {
      let bounds = try Bounds(samples)
      let own = bounds.steps(of: setup.method, gamma: setup.gamma)
      outcome.boundShare.append(share(of: outcome.iterations, own), at: Steps(own))
      outcome.perceptronShare.append(
        share(of: outcome.iterations, bounds.perceptron), at: Steps(bounds.perceptron))
    }
    return outcome
  }

  private static func readsImages(_ source: Source) -> Bool {
    source == .zeroOne || source == .threeSeven || source == .planeShip
  }

  private static func share(of iterations: Steps, _ bound: Double) -> Ratio {
    switch iterations.reading {
    case .value(let steps): Ratio(steps / bound)
    case .notReached(let end): .notReached(by: end / bound)
    // An algorithm counts its own steps: it cannot say less than where it stopped.
    case .below, .diverged: .diverged
    }
  }

  private static func samples(of setup: Setup, in trial: Trial) throws -> Samples {
    switch setup.source {
    case .worstCase: return .worstCase(setup.count)
    case .twoPoints: return .twoPoints
    case .random:
      var stream = trial.stream(.data)
      return .random(setup.count, dimension: 20, using: &stream)
    case .zeroOne, .threeSeven:
      var stream = setup.inFileOrder ? nil : trial.stream(.sampling)
      return .images(
        of: setup.source == .zeroOne ? (0, 1) : (3, 7), count: setup.count,
        minority: setup.minority, from: try MNIST(from: trial.data(.mnist)).train, using: &stream)
    case .planeShip:
      var stream: RandomStream? = trial.stream(.sampling)
      // Airplanes are class 0 and ships class 8.
      return .images(
        of: (0, 8), count: setup.count, minority: nil,
        from: try CIFAR10(from: trial.data(.cifar10)).train, using: &stream)
    }
  }
}
