import Replication
import TrainingCore

/// Learning separable tasks one after another with vanishing regularization is projecting onto the
/// convex sets of their solutions, which bounds what is forgotten.
enum Evron2023ContinualSeparable: Replication {
  static let paper = Paper(
    "evron2023-continual-separable", .arxiv("2306.03534"), year: 2023,
    title: "Continual Learning in Linear Classification on Separable Data",
    authors: [
      "Itay Evron", "Edward Moroshko", "Gon Buzaglo", "Maroun Khriesh", "Badea Marjieh",
      "Nathan Srebro", "Daniel Soudry",
    ])

  static let data: [DatasetName] = [.mnist]

  static let departures = [
    """
    The bounds judged here were derived anew; they are of the paper's form with constants of our own, \
    and the paper's constants are not judged.
    """,
    "The tasks are random separable ones, a hard pair of our own, and pairs of MNIST digits.",
    """
    The unregularized learner that is no projection takes one gradient step of 10 on the logistic \
    loss a task: with the exponential loss such a step overflows.
    """,
    "Regularizers weighted by a matrix and schedules of the regularization are not run.",
  ]

  /// What the tasks are made of.
  enum Source: String, Codable {
    /// Points on the sphere, labelled by one direction.
    case sphere
    /// The same, with the first task's samples under negated labels as second one.
    case contradictory
    /// Two tasks of one sample each, nearly opposed.
    case hardPair
    /// MNIST: a pair of digits a task, odd or even.
    case digits
    /// The same, with the first task's samples under negated labels as second one.
    case contradictoryDigits
  }

  /// How a task is learnt.
  enum Method: String, Codable {
    /// The projection on its feasible set: the sequential max-margin scheme.
    case projection
    /// One gradient step.
    case gradientStep
    /// The projection on the solutions of its regression.
    case regression
    /// The minimiser of the exponential loss with a vanishing pull to the last weights.
    case weakRegularization
    /// The same with the squared loss.
    case squaredLoss
  }

  /// The order in which tasks recur.
  enum Order: String, Codable { case cyclic, random }

  struct Setup: Codable, Hashable {
    var source: Source
    var method: Method
    var order = Order.cyclic
    /// T.
    var tasks: Int
    /// N, the samples of a task.
    var samples: Int
    var dimension: Int
    /// How many times as many tasks are learnt as there are.
    var cycles: Int
    /// How many random orders are averaged; 0 follows one order step by step.
    var orders = 0
    /// log₁₀(1/λ) of the regularized learners.
    var decades: [Double] = []
  }

  /// Curves over the steps k, or over the regularization; those that do not apply to a setup stay
  /// empty, which is an error to whatever reads them.
  struct Outcome: Codable {
    /// max over tasks of F_m(k).
    var forgetting = Series<Steps, Loss>()
    /// The mean of F_m(k) over the tasks seen.
    var meanForgetting = Series<Steps, Loss>()
    /// What the bound for recurring tasks grants.
    var bound = Series<Steps, Loss>()
    /// The mean over orders of max over tasks of d²(w_k, C_m).
    var distance = Series<Steps, Loss>()
    /// The greatest excess over the bound up to k.
    var excess = Series<Steps, Loss>()
    /// The greatest max_m F_m(j) · j / (R²‖w*‖²) up to k.
    var inverseShare = Series<Steps, Ratio>()
    /// The greatest departure from the hard pair's closed form up to k.
    var closedFormGap = Series<Steps, Loss>()
    /// The greatest ‖w_j − w*‖ − ‖w_{j−1} − w*‖ up to k.
    var recession = Series<Steps, Ratio>()
    /// The greatest ‖w_j‖ / ‖w*‖ up to k.
    var longest = Series<Steps, Ratio>()
    /// ‖w_k‖ / ‖w*‖.
    var length = Series<Steps, Ratio>()
    /// 1 − cos(w_k, w*).
    var departure = Series<Steps, Ratio>()
    /// Σ ‖w_j − w_{j−1}‖² / ‖w*‖² up to k.
    var travelled = Series<Steps, Ratio>()
    /// 1 − the least cosine with the sequential max-margin iterates.
    var angle = Series<Decades, Ratio>()
    /// The greatest |‖w_t‖ / ln(1/λ) − ‖SMM_t‖| / ‖SMM_t‖.
    var lengthError = Series<Decades, Ratio>()
    /// The same with √(1/λ) for ln(1/λ).
    var rootLengthError = Series<Decades, Ratio>()
    /// 1 − the least cosine between iterates with weighted and with unweighted samples.
    var weightAngle = Series<Decades, Ratio>()
  }

  /// A logarithm to base ten.
  struct Decades: Quantity {
    static let unit = "decade"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let problem = try problem(setup, in: trial)
    return switch setup.method {
    case .weakRegularization, .squaredLoss: try regularized(problem, setup, in: trial)
    case .projection where setup.orders > 0: try averaged(problem, setup, in: trial)
    case .projection, .gradientStep, .regression: try path(problem, setup, in: trial)
    }
  }
}
