import Replication
import TrainingCore

/// The generalization error is bounded layer by layer, by how far the representations of training
/// and fresh points are apart; noise in narrow layers contracts the bound, and depth repeats it.
enum He2024LayerwiseBounds: Replication {
  static let paper = Paper(
    "he2024-info-theoretic-bounds", .arxiv("2404.03176"), year: 2024,
    title: "Information-Theoretic Generalization Bounds for Deep Neural Networks",
    authors: ["Haiyun He", "Ziv Goldfeld"])
  static let departures = [
    "The closed forms were derived anew; sizes, layers and finite worlds are this replication's.",
    "Distances are Wasserstein-2, which has a closed form here and bounds Wasserstein-1 from above.",
    "Noise is measured by the total-variation (Dobrushin) coefficient, which bounds the paper's.",
    "Sliced Wasserstein-1 distances in networks trained on images are not measured.",
  ]

  enum Arm: String, Name {
    case deep, manySamples, funnel, flat
    case direct, layered, funnelBound
    case dropout, keepAll, dropConnect, keepAllWeights, gaussianNoise
    case noisyLayers, identityLayers, tightLayer
    case gibbs, mixedMinimizer, fixedTemperature, growingTemperature
    case twoWide, sixNarrow, sixWide
    case architectures, withoutDropout
  }

  enum Claim: String, Name {
    case klClosedForm = "kl-closed-form"
    case klShrinks = "kl-shrinks-with-depth"
    case klBoundValid = "kl-bound-valid"
    case wassersteinFunnel = "wasserstein-funnel"
    case w1BoundValid = "w1-bound-valid"
    case sdpiDropout = "sdpi-dropout"
    case sdpiDropConnect = "sdpi-dropconnect"
    case sdpiGaussian = "sdpi-gaussian"
    case sdpiContracts = "sdpi-contracts-mi"
    case gibbsIdentity = "gibbs-identity"
    case deepNarrowContracts = "deep-narrow-contracts"
    case deeperNarrower = "deeper-narrower-better"
    case gibbsRate = "gibbs-rate"
  }

  enum Problem: String, Codable {
    /// Binary Gaussian classification by linear networks: distances, and the bounds they make.
    case distances, klBound, wassersteinBound
    /// Channels: Dropout, Gaussian noise, the product of coefficients, and stacks of noisy layers.
    case dropout, gaussianNoise, factors, noisyLayers
    /// The Gibbs algorithm in finite worlds, and over the weights of small networks.
    case gibbs, architectures
  }

  struct Setup: Codable, Hashable {
    var problem: Problem
    /// The number of samples n of a data set.
    var samples = 0
    /// Data sets, or means of data sets, that are drawn.
    var draws = 0
    /// The width of each layer, the input's first.
    var widths: [Int] = []
    /// What each layer multiplies lengths by; without gains its entries are Gaussian.
    var gains: [Double] = []
    /// The chance δ that Dropout zeroes a unit, or the standard deviation τ of noise.
    var noise = 0.0
    /// Whether units are zeroed at all.
    var drops = true
    /// The number k' of outputs where weights are zeroed instead of units, else 1.
    var rows = 1
    /// Whether layers do anything but pass on what they get, and whether there is a layer at all.
    var layers = Layers.random
    /// The inverse temperature α of the Gibbs algorithm.
    var inverseTemperature = 0.0
    /// Whether α grows with the data as n/2.
    var temperatureFalls = false
    /// Whether the posterior is that of the Gibbs algorithm, or nearly that of the minimizer.
    var isGibbs = true
    /// The numbers of samples at which a finite world is enumerated.
    var sizes: [Int] = []
  }

  enum Layers: String, Codable { case random, identity, none }

  /// Curves over layers, widths or samples; those that do not apply to a setup stay empty, which is
  /// an error to whatever reads them.
  struct Outcome: Codable {
    /// D_l, as drawn and in closed form, and with the covariance of training points for both laws.
    var divergence = Series<Layer, Nats>()
    var closedDivergence = Series<Layer, Nats>()
    var equalCovariances = Series<Layer, Nats>()
    /// D_0, …, D_L and that of the classifier's score, or of a layer that passes on the input too.
    var chain = Series<Layer, Nats>()
    var chainWithInput = Series<Layer, Nats>()
    /// The root of the mean squared Wasserstein-2 distance, as drawn and in closed form.
    var distance = Series<Layer, Length>()
    var closedDistance = Series<Layer, Length>()
    /// Each layer's bound over the generalization error.
    var bound = Series<Layer, Ratio>()
    /// The same with too small a divergence at the input, or a tenth of the Lipschitz constant.
    var falseBound = Series<Layer, Ratio>()
    var generalization = Series<Layer, Ratio>()
    /// The greatest total variation between outputs of a layer, and its formula.
    var coefficient = Series<Width, Ratio>()
    var closedCoefficient = Series<Width, Ratio>()
    /// The total variation between outputs of two inputs near each other.
    var nearCoefficient = Series<Width, Ratio>()
    /// I(A; T_l) over the product of the coefficients up to l times I(A; T_0).
    var contraction = Series<Layer, Ratio>()
    /// The generalization error of the Gibbs algorithm, and (I + Lautum)/α.
    var gibbsError = Series<Samples, Ratio>()
    var gibbsInformation = Series<Samples, Ratio>()
    /// The product of the coefficients of the layers up to l.
    var product = Series<Layer, Ratio>()
    /// The generalization errors and refined bounds of a wide and a deep narrow network, their
    /// training losses, and what one training point tells of the weights.
    var wideError = Series<Samples, Ratio>()
    var narrowError = Series<Samples, Ratio>()
    var wideBound = Series<Samples, Ratio>()
    var narrowBound = Series<Samples, Ratio>()
    var wideTrainingLoss = Series<Samples, Ratio>()
    var narrowTrainingLoss = Series<Samples, Ratio>()
    var wideInformation = Series<Samples, Nats>()
    var narrowInformation = Series<Samples, Nats>()
  }

  /// The number of a layer, the input's being 0.
  struct Layer: Quantity {
    static let unit = "layer"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// The number of units of a layer.
  struct Width: Quantity {
    static let unit = "unit"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A number of samples.
  struct Samples: Quantity {
    static let unit = "sample"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A distance, in standard deviations of the inputs.
  struct Length: Quantity {
    static let unit = "σ"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .distances: try distances(setup, in: trial)
    case .klBound: klBound(setup, in: trial)
    case .wassersteinBound: try wassersteinBound(setup, in: trial)
    case .dropout: dropout(setup)
    case .gaussianNoise: try gaussianNoise(setup)
    case .factors: factors(setup)
    case .noisyLayers: noisyLayers(setup, in: trial)
    case .gibbs: gibbs(setup, in: trial)
    case .architectures: architectures(setup, in: trial)
    }
  }
}
