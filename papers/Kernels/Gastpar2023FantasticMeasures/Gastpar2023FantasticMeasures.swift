import Replication
import TrainingCore

/// Where data are too few to learn most distributions, no estimate of the population loss from the
/// sample and the hypothesis is close to it for all algorithms and distributions; if the algorithm
/// is known, none is where the algorithm does well on some of them.
enum Gastpar2023FantasticMeasures: Replication {
  static let paper = Paper(
    "gastpar2023-fantastic-measures", .arxiv("2309.13658"), year: 2023,
    title: "Fantastic Generalization Measures are Nowhere to be Found",
    authors: ["Michael Gastpar", "Ido Nachum", "Jonathan Shafer", "Thomas Weinberger"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    "The theorems' constants are not the paper's: each was derived anew for a finite construction.",
    "The network on random labels illustrates the first theorem; the paper runs no experiment.",
    "The full tier has the same kind of network on more MNIST digits, not a convnet on CIFAR-10.",
  ]

  enum Arm: String, Name {
    case equalWorlds, biasedHypothesis
    case memorizers, manySamples, estimators, oracle
    case equalLinearWorlds, biasedFunctional
    case ranks, algorithmKnown, freshSamples
    case subspaces, noPreference
    case randomLabels, trueLabels
  }

  enum Claim: String, Name {
    case worldsIdenticalA = "worlds-identical-A"
    case lossGapA = "loss-gap-A"
    case noEstimatorA = "no-estimator-A"
    case worldsIdenticalB = "worlds-identical-B"
    case invertibleProbability = "invertible-prob"
    case algorithmDependentFails = "algorithm-dependent-fails"
    case tradeoff
    case marginBoundNotTight = "margin-bound-not-tight"
    case sameNetRealAndRandom = "same-net-real-vs-random"
  }

  /// What is built.
  enum Construction: String, Codable {
    /// All functions from a finite domain to {0, 1}: enumerated, and drawn.
    case enumeratedFunctions, functions
    /// Linear functionals on F_q^d: enumerated, drawn, and the two probabilities that matter.
    case enumeratedFunctionals, functionals, ranks, subspaces
    /// A network trained on images.
    case network
  }

  /// What estimates the population loss.
  enum Estimator: String, Codable {
    /// A quarter, whatever was seen.
    case quarter
    /// The loss on the sample, which is zero.
    case empiricalLoss
    /// √(P log n / n) with as many parameters P as the domain has points, at most 1.
    case parameterCount
    /// A fair coin between the two worlds' losses where they cannot be told apart.
    case coin
    /// The greatest loss that a functional can have, 1 − 1/q.
    case greatestLoss
    /// Cross-validation on the sample, with the algorithm, one point left out at a time.
    case leaveOneOut
    /// One that is told the world.
    case oracle
    /// One that sees 50 fresh samples of the distribution.
    case freshSamples
  }

  enum Labels: String, Codable { case random, digits }

  struct Setup: Codable, Hashable {
    var construction: Construction
    /// The number of points of the domain, or the dimension d of the inputs.
    var domain = 0
    /// The number of samples n.
    var samples = 0
    /// The order q of the field.
    var order = 2
    var estimator = Estimator.empiricalLoss
    /// The chance of a one where world 1 draws a bit: a half but in controls.
    var chance = 0.5
    /// Whether the algorithm prefers a subspace.
    var prefersSubspace = true
    var draws = 0
    var labels = Labels.random
    var hidden = 0
    var epochs = 0
    /// Images outside the sample, to measure the loss on.
    var fresh = 0
  }

  /// The quantities at the number of samples; those that do not apply to a setup stay empty, which
  /// is an error to whatever reads them.
  struct Outcome: Codable {
    /// The total variation between the laws of sample and hypothesis in the two worlds.
    var totalVariation = Series<Samples, Ratio>()
    /// The mean loss in world 1, what theory says of it, and the mean loss in world 2.
    var loss = Series<Samples, Ratio>()
    var expectedLoss = Series<Samples, Ratio>()
    var otherLoss = Series<Samples, Ratio>()
    /// How often the estimate is off by ε or more in the worse world, and what no estimate beats.
    var failures = Series<Samples, Ratio>()
    var unavoidable = Series<Samples, Ratio>()
    /// How often n × n matrices have rank n, and how often at least n − 1.
    var invertible = Series<Samples, Ratio>()
    var nearlyInvertible = Series<Samples, Ratio>()
    var expectedInvertible = Series<Samples, Ratio>()
    /// How often the algorithm is surely perfect where it prefers, and how often it is misled
    /// elsewhere, by n less the dimension of the subspace.
    var perfect = Series<Codimension, Ratio>()
    var expectedPerfect = Series<Codimension, Ratio>()
    var misled = Series<Codimension, Ratio>()
    var expectedMisled = Series<Codimension, Ratio>()
    /// The error of a network on its sample.
    var trainingError = Series<Samples, Ratio>()
    /// How far each bound is from the loss in the worse of two worlds.
    var quarterGap = Series<Samples, Ratio>()
    var empiricalGap = Series<Samples, Ratio>()
    var parameterGap = Series<Samples, Ratio>()
    var marginGap = Series<Samples, Ratio>()
    var normGap = Series<Samples, Ratio>()
    var heldOutGap = Series<Samples, Ratio>()
    var parameterBound = Series<Samples, Ratio>()
  }

  /// A number of samples.
  struct Samples: Quantity {
    static let unit = "sample"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// The number of samples less the dimension of the preferred subspace.
  struct Codimension: Quantity {
    static let unit = "dimension"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.construction {
    case .enumeratedFunctions: enumeratedFunctions(setup)
    case .functions: functions(setup, in: trial)
    case .enumeratedFunctionals: try enumeratedFunctionals(setup, in: trial)
    case .functionals: try functionals(setup, in: trial)
    case .ranks: ranks(setup, in: trial)
    case .subspaces: subspaces(setup, in: trial)
    case .network: try network(setup, in: trial)
    }
  }
}
