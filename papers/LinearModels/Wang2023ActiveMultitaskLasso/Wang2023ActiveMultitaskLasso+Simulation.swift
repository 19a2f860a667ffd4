import Replication
import TrainingCore

// y = xᵀB*w_t* + ε with x standard normal in R^d, ε standard normal, B* orthonormal.
extension Wang2023ActiveMultitaskLasso {
  /// The tasks' parameters.
  struct World {
    /// B*: [d, K].
    let features: Tensor<Double>
    /// W*, with columns on the unit sphere: [K, T].
    let heads: Tensor<Double>
    /// w*_{T+1}, on the unit sphere: [K].
    let target: Tensor<Double>
    /// Which draw of the seed it is.
    let draw: Int

    init(_ setup: Setup, sources: Int, draw: Int = 0, in trial: Trial) {
      self.draw = draw
      var stream = trial.stream(.data).child(sources).child(draw)
      let k = setup.features
      features = qr(stream.normal(shape: [setup.dimension, k], of: Double.self)).q
      heads = stream.spherePoints(sources, dimension: k, of: Double.self).transposed()
      target = stream.spherePoints(1, dimension: k, of: Double.self).reshaped(to: [k])
    }

    var sources: Int { heads.shape[1] }

    /// The first n examples of a source, or of the target where the index is T.
    func sample(of task: Int, _ n: Int, in trial: Trial) -> Statistics {
      var (inputs, noise) = (
        trial.stream(.sampling).child(draw).child(task),
        trial.stream(.noise).child(draw).child(task)
      )
      let head =
        task == sources
        ? target : heads.sliced(along: 1, task..<task + 1).reshaped(to: [target.count])
      let x: Tensor<Double> = inputs.normal(shape: [n, features.shape[0]])
      return Statistics(x, matmul(x, matmul(features, head)) + noise.normal(shape: [n]))
    }
  }

  /// What a learner with a budget arrives at.
  struct Learnt {
    let risk: Double
    let subspaceRisk: Double
    let counts: [Int]
  }

  /// Draws sources by an allocation, fits the representation and then the target's head.
  static func learnt(
    _ world: World, _ setup: Setup, by allocation: Allocation, budget: Int, sparing: Bool = false,
    in trial: Trial
  ) throws -> Learnt {
    let target = world.sample(of: world.sources, setup.targetCount, in: trial)
    var (heads, head) = (world.heads, world.target)
    if allocation.isEstimated {
      // The first stage: n̲ examples of every source.
      let first = try fitted(
        (0..<world.sources).map { world.sample(of: $0, setup.floor, in: trial) },
        features: setup.features, sweeps: setup.sweeps)
      (heads, head) = (first.heads, try target.head(on: first.features))
    }
    let counts = counts(
      try shares(allocation, heads, head, dealing: trial.stream(.control).child(world.draw)),
      budget: budget, floor: setup.floor, sparing: sparing)
    let found = try fitted(
      counts.enumerated().map { world.sample(of: $0.offset, $0.element, in: trial) },
      features: setup.features, sweeps: setup.sweeps)
    let truth = matmul(world.features, world.target)
    let b = found.features
    let estimate = matmul(b, try target.head(on: b))
    return Learnt(
      risk: (estimate - truth).sumOfSquares().item,
      subspaceRisk: (truth - matmul(b, matmul(truth, b))).sumOfSquares().item, counts: counts)
  }

  /// One allocation at each budget; means over draws of the tasks.
  static func simulation(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let worlds = (0..<setup.draws).map {
      World(setup, sources: setup.sources[0], draw: $0, in: trial)
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let logComplexity = mean(try worlds.map { log(try complexity($0)) })
    var outcome = Outcome()
    for budget in setup.budgets {
      let found = try worlds.map {
        try learnt($0, setup, by: setup.allocation, budget: budget, in: trial)
      }
      let at = Examples(budget)
      outcome.risk.append(Loss(mean(found.map(\.risk))), at: at)
      outcome.subspaceRisk.append(Loss(mean(found.map(\.subspaceRisk))), at: at)
      outcome.chosen.append(
        Count(mean(found.map { Double($0.counts.count { $0 > setup.floor }) })), at: at)
      outcome.logComplexity.append(Ratio(logComplexity), at: at)
    }
    return outcome
  }

  /// T‖ν²‖₂² / ‖ν¹‖₁².
  private static func complexity(_ world: World) throws -> Double {
    let size = try leastL1(world.heads, world.target).reduce(0) { $0 + abs($1) }
    let squares = try leastL2(world.heads, world.target).reduce(0) { $0 + $1 * $1 }
    return Double(world.sources) * squares / (size * size)
  }

  /// Both relevances of random tasks.
  static func relevances(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var outcome = Outcome()
    for sources in setup.sources {
      let world = World(setup, sources: sources, in: trial)
      let sparse = try leastL1(world.heads, world.target)
      let dense = try leastL2(world.heads, world.target)
      let largest = dense.reduce(0) { max($0, abs($1)) }
      let denseCount = dense.count { abs($0) > 1e-7 * largest }
      let sparseCount = sparse.count { $0 != 0 }
      let at = Sources(sources)
      outcome.sparseExcess.append(Count(sparseCount - setup.features), at: at)
      outcome.denseExcess.append(Count(denseCount - setup.features), at: at)
      outcome.denseZeros.append(Count(sources - denseCount), at: at)
      outcome.sparseZeros.append(Count(sources - sparseCount), at: at)
      outcome.complexity.append(Ratio(try complexity(world)), at: at)
      outcome.randomComplexity.append(Ratio(try randomComplexity(world, in: trial)), at: at)
    }
    return outcome
  }

  /// T‖ν²‖₂² / ‖ν‖₁² for ν = ν² plus a random null vector of W twice as long.
  private static func randomComplexity(_ world: World, in trial: Trial) throws -> Double {
    let dense = Tensor(try leastL2(world.heads, world.target))
    var stream = trial.stream(.probing).child(world.sources)
    let direction: Tensor<Double> = stream.normal(shape: [world.sources])
    let within = matmul(
      try pseudoInverse(world.heads), matmul(world.heads, direction))
    let null = direction - within
    let length = dense.sumOfSquares().item
    let solution = dense + 2 * sqrt(length / null.sumOfSquares().item) * null
    let size = abs(solution).sum().item
    return Double(world.sources) * length / (size * size)
  }

  /// What the allocation by ν² costs more at the risk that the setup's has with the middle budget.
  ///
  /// Lines through ln risk over ln N are compared; at equal steps of ln N their means lie above the
  /// middle budget. Only sources that are used have a floor.
  static func costs(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let world = World(setup, sources: setup.sources[0], in: trial)
    let own = try line(world, setup, by: setup.allocation, in: trial)
    let rival = try line(world, setup, by: .leastL2, in: trial)
    let middle = Double(setup.budgets[setup.budgets.count / 2])
    let needed = middle * exp((own.mean - rival.mean) / rival.slope)
    var outcome = Outcome()
    for fee in [0.0, 100] {
      let ratio = (fee * rival.used + needed) / (fee * own.used + middle)
      outcome.costRatio.append(Ratio(log(ratio)), at: Examples(fee))
    }
    return outcome
  }

  /// The line through ln risk over ln N, and the number of sources used.
  private static func line(
    _ world: World, _ setup: Setup, by allocation: Allocation, in trial: Trial
  ) throws -> (mean: Double, slope: Double, used: Double) {
    var (xs, ys): ([Double], [Double]) = ([], [])
    var used = 0
    for budget in setup.budgets {
      let found = try learnt(
        world, setup, by: allocation, budget: budget, sparing: true, in: trial)
      xs.append(log(Double(budget)))
      ys.append(log(found.subspaceRisk))
      used = found.counts.count { $0 > 0 }
    }
    let count = Double(xs.count)
    let (x, y) = (xs.reduce(0, +) / count, ys.reduce(0, +) / count)
    let (products, squares) = zip(xs, ys).reduce(into: (0.0, 0.0)) { sums, point in
      sums.0 += (point.0 - x) * (point.1 - y)
      sums.1 += (point.0 - x) * (point.0 - x)
    }
    return (y, products / squares, Double(used))
  }
}

extension Wang2023ActiveMultitaskLasso.Allocation {
  /// Whether the relevance is estimated in a first stage.
  var isEstimated: Bool {
    switch self {
    case .lasso, .noPenalty, .estimatedL2, .shuffledLasso: true
    case .leastL1, .leastL2, .leastL2Size, .passive, .shuffledL1: false
    }
  }
}
