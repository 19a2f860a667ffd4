import Replication
import TrainingCore

/// Optimal transport whose plans have a bounded number of entries in each column, by their dual.
enum Liu2022SparsityConstrainedOT: Replication {
  static let paper = Paper(
    "liu2022-sparsity-constrained-ot", .arxiv("2209.15466"), year: 2022,
    title: "Sparsity-Constrained Optimal Transport",
    authors: ["Tianlin Liu", "Joan Puigcerver", "Mathieu Blondel"])
  static let data: [DatasetName] = [.cifar10]
  static let departures = [
    "A mixer of 64 patches on 5000 images of CIFAR-10 stands for V-MoE B/32 on JFT-300M.",
    "Colour transfer and the plans of one-dimensional mixtures, which are pictures, are left out.",
    "Sinkhorn's regularisation is 0.1 of the largest cost; it only serves as a contrast.",
  ]

  enum Arm: String, Name { case points, uneven, sparseRouter, topOneRouter }
  enum Claim: String, Name {
    case cardinality
    case oneEntry = "k1-is-unregularised"
    case allEntries = "kmax-is-quadratic"
    case decreases = "dual-decreases-in-k"
    case sameValue = "dual-equals-semidual"
    case noGap = "zero-gap-when-feasible"
    case smoother = "smoother-with-k"
    case tradeOff = "sparsity-tradeoff"
    case balance = "moe-balance"
    case accuracy = "moe-accuracy"
  }
  enum Problem: String, Codable { case points, uneven, mixture }

  struct Setup: Codable, Hashable {
    var problem: Problem
    /// m.
    var sources = 0
    /// n; of a mixture, its experts.
    var targets = 0
    /// γ.
    var gamma = 1.0
    /// The bounds k on the entries of a column.
    var entries: [Int] = []
    var router = Router.sparseTransport
    var images = 0
    var epochs = 0
  }

  /// Curves over k; those that do not apply to a setup stay empty, which is an error to whatever
  /// reads them.
  struct Outcome: Codable {
    /// The greatest value of the semi-dual.
    var value = Series<Entries, Loss>()
    /// That of the dual.
    var dual = Series<Entries, Loss>()
    /// That of the dual where β stays zero.
    var dualWithoutTargets = Series<Entries, Loss>()
    /// ⟨C, T⟩ of the semi-dual's plan.
    var movement = Series<Entries, Loss>()
    /// The most entries of a column less k.
    var excess = Series<Entries, Count>()
    /// The same of Sinkhorn's plan.
    var entropicExcess = Series<Entries, Count>()
    /// The mean number of entries of a column.
    var used = Series<Entries, Count>()
    /// The same of Sinkhorn's plan.
    var entropicUsed = Series<Entries, Count>()
    /// Σ |a − T1| of the semi-dual's plan.
    var marginalError = Series<Entries, Ratio>()
    /// The primal objective of the plan less the dual one.
    var gap = Series<Entries, Loss>()
    /// That plus ⟨α, a − T1⟩, at the optimum and at a random α.
    var residual = Series<Entries, Loss>()
    /// The same without the term.
    var gapAnywhere = Series<Entries, Loss>()
    /// Steps of L-BFGS.
    var iterations = Series<Entries, Steps>()
    /// Σ |a − T1| after 200 gradient steps.
    var stepError = Series<Entries, Ratio>()
    /// The same with ten entries where five are meant.
    var saturatedStepError = Series<Entries, Ratio>()
    /// The semi-dual's value less γ/2 Σ b² over the least cost of transport.
    var costShare = Series<Entries, Ratio>()
    /// The largest difference of the plan from that of quadratic regularisation, in units of 1/mn.
    var quadraticDifference = Series<Entries, Ratio>()
    /// The same of Sinkhorn's plan.
    var entropicDifference = Series<Entries, Ratio>()
    /// The semi-dual's plan at each k and Sinkhorn's, a column for each target, in units of its mass;
    /// points are in the order of their first coordinate.
    var plans: [RecordedImage] = []
    /// The most tokens of an expert in one test image, less k.
    var tokenExcess = Series<Entries, Count>()
    /// The mixture's accuracy on test images.
    var accuracy = Series<Entries, Percent>()
    /// Tokens of test images without an expert.
    var idle = Series<Entries, Percent>()
  }

  /// A bound on the entries of a column.
  struct Entries: Quantity {
    static let unit = "entries"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.problem {
    case .points, .uneven: try transports(setup, in: trial)
    case .mixture: try mixture(setup, in: trial)
    }
  }
}
