import Replication
import TrainingCore

/// Deep networks at large width and depth: nearly Gaussian at criticality, with corrections in the
/// ratio of depth to width.
enum Roberts2021PrinciplesDLTheory: Replication {
  static let paper = Paper(
    "roberts2021-principles-dl-theory", .arxiv("2106.10165"), year: 2021,
    title: "The Principles of Deep Learning Theory",
    authors: ["Daniel A. Roberts", "Sho Yaida"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    """
    The book has no benchmark of its own: widths, depths, data, steps and rates are ours, and most \
    expected numbers follow from its recursions or are derived for products of random layers.
    """,
    "Networks have no biases, since C_b = 0 at the critical points that are sampled or trained.",
    """
    The optimal aspect ratio is judged only by what fails far above it: at equal steps on 1000 \
    images no interior optimum is expected, and the formula for it is not tested.
    """,
    "Networks on images are ReLU only.",
  ]

  enum Arm: String, Name {
    // Closed forms and recursions.
    case swish, gelu, sigmoid
    case tanhRecursion, supercriticalTanhRecursion, leakyRecursion
    // Random networks, one input.
    case subcritical, critical, supercritical
    case linear, relu, leaky, tanh, wideRelu
    case narrowShallow, wideDeep, middleShallow, middleDeep
    case residual, weakResidual
    case tangentKernel, supercriticalTangentKernel
    // Networks trained on a few points.
    case trained, featureLearning
    case algorithms
    // Networks trained on images.
    case deepCritical, deepSubcritical, deepSupercritical
    case shallowCritical, shallowSubcritical, shallowSupercritical
    case depths, depthThree
  }
  enum Claim: String, Name {
    case criticality = "criticality-points"
    case kernelDecay = "kernel-decay-tanh"
    case explodingVanishing = "exploding-vanishing"
    case nonGaussianExact = "non-gaussian-linear-exact"
    case depthOverWidth = "depth-over-width"
    case universality = "universality-nu"
    case tangentKernelDepth = "ntk-linear-in-depth"
    case tangentKernelMoves = "ntk-moves-with-depth-over-width"
    case algorithmIndependence = "algorithm-independence"
    case criticalTrainsDeep = "critical-trains-deep"
    case aspectRatio = "optimal-aspect-ratio"
    case residualDepth = "residual-extends-depth"
  }
  enum Experiment: String, Codable {
    case criticality, recursion, ensemble, tangentKernel, kernelChange, kernelPrediction, images
  }
  enum Algorithm: String, Codable { case gradientDescent, stochastic, momentum }

  struct Setup: Codable, Hashable {
    var experiment: Experiment
    var nonlinearity = Nonlinearity.relu
    /// C_b.
    var biasVariance = 0.0
    /// C_W.
    var weightVariance = 0.0
    /// K* of a stated critical point.
    var fixedPoint = 0.0
    /// n, or the widths of networks that one trial trains.
    var widths: [Int] = []
    /// Hidden layers; for a tangent kernel, and for it only, layers of weights.
    var depth = 0
    var depths: [Int] = []
    /// How many networks a seed averages over.
    var nets = 0
    /// γ² of a residual network.
    var skip = 0.0
    /// The width at which an output scaled by √(this/n) is the usual one; 0 leaves it unscaled.
    var outputWidth = 0
    var algorithm = Algorithm.gradientDescent
    var images = 0
    var steps = 0
    /// η(L + 1).
    var rate = 0.0
  }

  /// Curves over layers, widths or steps; those that do not apply to a setup stay empty, which is an
  /// error to whatever reads them.
  struct Outcome: Codable {
    /// K − C_b − C_W⟨σ²⟩_K over K at the stated point, or at the nearest to one where none is.
    var kernelResidual = Series<Kernel, Ratio>()
    /// χ∥ − 1 there.
    var parallelResidual = Series<Kernel, Ratio>()
    /// χ⊥ − 1 there.
    var perpendicularResidual = Series<Kernel, Ratio>()
    /// The solution's C_b, C_W and K.
    var solvedBias = Series<Kernel, Ratio>()
    var solvedWeight = Series<Kernel, Ratio>()
    var solvedKernel = Series<Kernel, Ratio>()
    /// 2 l K_l after l applications of the recursion.
    var scaledKernel = Series<Layers, Ratio>()
    /// V_l / (l K_l²).
    var vertex = Series<Layers, Ratio>()
    /// The second moment of the preactivations, averaged over networks.
    var secondMoment = Series<Layers, Ratio>()
    /// E[G_l²] / E[G_l]².
    var moment = Series<Layers, Ratio>()
    /// Var(G_l) / E[G_l]².
    var excess = Series<Layers, Ratio>()
    /// n log(E[G_l²] / E[G_l]²) / l.
    var exponent = Series<Layers, Ratio>()
    /// The mean Θ over networks, by layers of weights.
    var tangentKernel = Series<Layers, Ratio>()
    /// ‖Θ_end − Θ_0‖ / ‖Θ_0‖ after training.
    var kernelChange = Series<Units, Ratio>()
    /// The root mean square by which test outputs miss the kernel's prediction.
    var kernelGap = Series<Units, Ratio>()
    /// The same for the prediction from another network's kernel and first outputs.
    var otherKernelGap = Series<Units, Ratio>()
    var trainLoss = Series<Steps, Nats>()
    var testLoss = Series<Steps, Nats>()
    /// The last training loss, where a diverged training counts as ln 10, that of a constant answer.
    var countedLoss = Series<Steps, Nats>()
  }

  /// A variance of preactivations.
  struct Kernel: Quantity {
    static let unit = "K"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }
  /// A number of layers.
  struct Layers: Quantity {
    static let unit = "layer"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }
  /// A number of hidden units in a layer.
  struct Units: Quantity {
    static let unit = "unit"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.experiment {
    case .criticality: try criticality(setup)
    case .recursion: try recursion(setup)
    case .ensemble: ensemble(setup, in: trial)
    case .tangentKernel: tangentKernels(setup, in: trial)
    case .kernelChange: try kernelChange(setup, in: trial)
    case .kernelPrediction: try kernelPrediction(setup, in: trial)
    case .images: try images(setup, in: trial)
    }
  }
}
