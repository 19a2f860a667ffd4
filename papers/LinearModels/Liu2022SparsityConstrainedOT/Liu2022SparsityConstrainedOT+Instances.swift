import Replication
import TrainingCore

extension Liu2022SparsityConstrainedOT {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .points:
      [Setup(problem: .points, sources: 20, targets: 20, entries: [1, 2, 3, 5, 10, 20])]
    case .uneven:
      // Fewer than m/n entries a column cannot keep the marginals.
      tier == .smoke
        ? [] : [Setup(problem: .uneven, sources: 64, targets: 16, entries: [4, 8, 16, 64])]
    case .sparseRouter: tier == .smoke ? [] : [mixture(.sparseTransport, at: tier)]
    case .topOneRouter: tier == .smoke ? [] : [mixture(.topOne, at: tier)]
    }
  }

  /// Eight experts that take at most ten of 64 tokens each.
  private static func mixture(_ router: Router, at tier: Tier) -> Setup {
    Setup(
      problem: .mixture, targets: 8, gamma: 10, entries: [10], router: router,
      images: tier == .full ? 50_000 : 5000, epochs: tier == .full ? 30 : 3)
  }

  /// Normal points to normal points shifted by (1, 1), at the squared distance over the largest.
  private static func instance(
    _ setup: Setup, in trial: Trial
  ) -> (transport: Transport, order: Order) {
    let (m, n) = (setup.sources, setup.targets)
    var stream = trial.stream(.data)
    let x: Tensor<Double> = stream.normal(shape: [m, 2])
    let y = stream.normal(shape: [n, 2]) + 1.0
    let squares =
      y.sumOfSquares(along: 1, keepingAxis: true) + x.sumOfSquares(along: 1)
      - 2 * matmul(y, x, transposingB: true)
    var targets = Tensor<Double>(repeating: 1, shape: [n])
    if setup.problem == .uneven { targets = stream.uniform(shape: [n]) + 0.5 }
    let transport = Transport(
      cost: squares / squares.max(),
      sources: Tensor(repeating: 1 / Double(m), shape: [m]),
      targets: targets / targets.sum(), gamma: setup.gamma)
    return (transport, Order(sources: byFirstCoordinate(x), targets: byFirstCoordinate(y)))
  }

  /// In which order the points stand in an image.
  private struct Order {
    let sources: [Int]
    let targets: [Int]
  }

  private static func byFirstCoordinate(_ points: Tensor<Double>) -> [Int] {
    let (scalars, width) = (points.scalars, points.shape[1])
    return (0..<points.shape[0]).sorted { scalars[$0 * width] < scalars[$1 * width] }
  }

  /// Solves one instance at every k.
  static func transports(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (transport, order) = instance(setup, in: trial)
    var probes = trial.stream(.probing)
    let anywhere: Tensor<Double> = 0.1 * probes.normal(shape: [setup.sources])
    let entropic = transport.entropicPlan(0.1)
    let quadratic = setup.problem == .points ? try transport.quadraticPlan() : nil
    let size = Double(setup.sources * setup.targets)
    var outcome = Outcome()
    for k in setup.entries {
      let at = Entries(k)
      let found = try transport.maximiseSemiDual(entries: k)
      let plan = transport.semiDual(found.point, entries: k).plan
      outcome.value.append(Loss(found.value), at: at)
      outcome.iterations.append(Steps(found.iterations), at: at)
      outcome.dual.append(Loss(try transport.maximiseDual(entries: k).value), at: at)
      outcome.dualWithoutTargets.append(
        Loss(try transport.maximiseDualWithoutTargets(entries: k).value), at: at)
      outcome.movement.append(Loss(transport.movement(plan)), at: at)
      if setup.problem == .points { outcome.plans.append(image(of: plan, transport, order)) }
      append(counts: plan, k, to: &outcome.excess, &outcome.used)
      append(counts: entropic, k, to: &outcome.entropicExcess, &outcome.entropicUsed)
      outcome.marginalError.append(Ratio(abs(transport.sourceError(plan)).sum().item), at: at)
      outcome.gap.append(Loss(transport.primal(plan) - found.value), at: at)
      appendResidual(transport, anywhere, k, to: &outcome)
      appendStepError(transport, k, to: &outcome)
      if let quadratic {
        outcome.quadraticDifference.append(
          Ratio(abs(plan - quadratic).max().item * size), at: at)
        outcome.entropicDifference.append(
          Ratio(abs(entropic - quadratic).max().item * size), at: at)
      }
      if setup.problem == .points, k <= 2 {
        let constant = setup.gamma / 2 * transport.targets.sumOfSquares().item
        let least = try cheapestAssignment(transport.cost).cost / Double(setup.sources)
        outcome.costShare.append(Ratio((found.value - constant) / least), at: at)
      }
    }
    if setup.problem == .points { outcome.plans.append(image(of: entropic, transport, order)) }
    return outcome
  }

  /// A plan as an image: which share of a column's target comes from which row, to four decimals.
  private static func image(
    of plan: Tensor<Double>, _ transport: Transport, _ order: Order
  ) -> RecordedImage {
    let shares = (plan / transport.targets.reshaped(to: [order.targets.count, 1])).scalars
    let values = order.sources.flatMap { source in
      order.targets.map { target in
        (shares[target * order.sources.count + source] * 1e4).rounded() / 1e4
      }
    }
    return RecordedImage(height: order.sources.count, width: order.targets.count, values: values)
  }

  /// Records the entries of a plan's columns: the most less k, and the mean.
  private static func append(
    counts plan: Tensor<Double>, _ k: Int, to excess: inout Series<Entries, Count>,
    _ used: inout Series<Entries, Count>
  ) {
    let counts = plan.isGreater(than: Tensor(1e-12)).sum(along: 1)
    excess.append(Count(counts.max().item - Double(k)), at: Entries(k))
    used.append(Count(counts.mean().item), at: Entries(k))
  }

  /// Records primal − dual at an α that is nowhere near the optimum, with and without ⟨α, a − T1⟩.
  private static func appendResidual(
    _ transport: Transport, _ α: Tensor<Double>, _ k: Int, to outcome: inout Outcome
  ) {
    let there = transport.semiDual(α, entries: k)
    let gap = transport.primal(there.plan) - there.value
    let error = matmul(α, transport.sourceError(there.plan)).item
    outcome.residual.append(Loss(gap + error), at: Entries(k))
    outcome.gapAnywhere.append(Loss(gap), at: Entries(k))
  }

  /// Records the marginal error after 200 gradient steps.
  private static func appendStepError(_ transport: Transport, _ k: Int, to outcome: inout Outcome) {
    func error(_ entries: Int) -> Ratio {
      let α = transport.gradientSteps(200, entries: entries)
      return Ratio(
        abs(transport.sourceError(transport.semiDual(α, entries: entries).plan)).sum().item)
    }
    let own = error(k)
    outcome.stepError.append(own, at: Entries(k))
    outcome.saturatedStepError.append(k == 5 ? error(10) : own, at: Entries(k))
  }
}
