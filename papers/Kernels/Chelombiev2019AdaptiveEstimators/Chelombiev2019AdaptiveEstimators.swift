import Replication
import TrainingCore

/// With bins that adapt to each layer's activity, networks of many activations compress what they
/// know of the input, to very different degrees.
enum Chelombiev2019AdaptiveEstimators: Replication {
  static let paper = Paper(
    "chelombiev2019-adaptive-mi-estimators", .arxiv("1902.09037"), year: 2019,
    title: "Adaptive Estimators Show Information Compression in Deep Neural Networks",
    authors: ["Ivan Chelombiev", "Conor Houghton", "Cian O'Donnell"])
  static let departures = [
    "The test examples are drawn at random; the published code takes the last codes in order.",
    "Of the activations PReLU and centred softplus are not run; MNIST is not either.",
    "A network that ends below 80 % training accuracy is trained again from other weights.",
    "3000 epochs and 25 estimates at the standard tier, where the code has 8000 and 400.",
    "Compression is the share of a layer's greatest information that is lost by the end.",
  ]

  enum Arm: String, Name {
    case codes, swappedCodes
    case tanh, nonSaturating, frozen, activations, relu, frozenRelu
    case penalized, slightlyPenalized
    case accuracies, otherAccuracies
  }

  enum Claim: String, Name {
    case datasetExact = "dataset-exact"
    case entropyBounds = "entropy-bounds"
    case dataProcessing = "data-processing"
    case kernelBounds = "kernel-bounds"
    case kernelCompression = "kernel-compression"
    case penalizedKernelCompression = "kernel-compression-penalized"
    case nonsaturatingCompression = "nonsaturating-compression"
    case activationVariation = "activation-variation"
    case initVariation = "init-variation"
    case l2IncreasesCompression = "l2-increases-compression"
    case l2PreventsOverfitting = "l2-prevents-overfitting"
    case lastLayerCorrelation = "last-layer-correlation"
  }

  enum Problem: String, Codable { case dataset, network }

  enum Nonlinearity: String, Codable { case tanh, relu, elu, softplus, swish }

  struct Setup: Codable, Hashable {
    var problem: Problem
    var activation = Nonlinearity.tanh
    /// What ½‖W‖² of all layers but the last is multiplied by in the loss.
    var penalty = 0.0
    var epochs = 0
    /// How many epochs at which information is estimated, the first being 0.
    var estimates = 0
    /// The training accuracy below which a network is trained again.
    var leastAccuracy = 0.0
    /// Whether kernel density estimates are made, too, at five of the epochs.
    var kernels = false
    /// Whether the weights move.
    var trains = true
    /// Whether two vertices of the icosahedron are swapped.
    var swapsVertices = false
  }

  /// Curves over layers and epochs; those that do not apply to a setup stay empty, which is an error
  /// to whatever reads them.
  struct Outcome: Codable {
    /// How many codes of k ones have the label 1; at twelve, of up to twelve, and a hash of all labels.
    var ones = Series<Units, Count>()
    var allOnes = Series<Units, Count>()
    var hash = Series<Units, Count>()
    /// C of each layer, the outputs last; of the hidden layers; and with fixed bins.
    var compression = Series<Layer, Ratio>()
    var hiddenCompression = Series<Layer, Ratio>()
    var fixedCompression = Series<Layer, Ratio>()
    /// I(X; T) at initialisation, and with the sign of each unit for its bins.
    var initialInput = Series<Layer, Bits>()
    var initialSigns = Series<Layer, Bits>()
    /// The greatest I(X; T) over epochs, and the same number of nats.
    var greatestInput = Series<Layer, Bits>()
    var greatestInputInNats = Series<Layer, Bits>()
    /// The least I(T; Y), and the least of H(Y) − I(T; Y), over epochs.
    var leastLabel = Series<Layer, Bits>()
    var leastLabelSlack = Series<Layer, Bits>()
    /// H(Y), at layer 0.
    var labelEntropy = Series<Layer, Bits>()
    /// The kernel density bounds of I(X; T) at the end, and C of the hidden layers by the upper one.
    var kernelUpper = Series<Layer, Bits>()
    var kernelLower = Series<Layer, Bits>()
    var kernelCompression = Series<Layer, Ratio>()
    /// I(X; T) and I(T; Y) of two layers along training.
    var firstInput = Series<Epochs, Bits>()
    var lastInput = Series<Epochs, Bits>()
    var lastLabel = Series<Epochs, Bits>()
    var outputInput = Series<Epochs, Bits>()
    var outputLabel = Series<Epochs, Bits>()
    var trainAccuracy = Series<Epochs, Percent>()
    var testAccuracy = Series<Epochs, Percent>()
    /// Trainings that ended below the least accuracy, at the last epoch.
    var discarded = Series<Epochs, Count>()
  }

  /// The number of a layer, the first hidden one being 1.
  struct Layer: Quantity {
    static let unit = "layer"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A number of input units that are one.
  struct Units: Quantity {
    static let unit = "unit"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// Passes over the training set.
  struct Epochs: Quantity {
    static let unit = "epoch"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .dataset: dataset(setup)
    case .network: try network(setup, in: trial)
    }
  }
}
