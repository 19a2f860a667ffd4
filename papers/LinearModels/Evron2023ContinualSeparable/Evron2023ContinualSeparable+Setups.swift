import Replication

extension Evron2023ContinualSeparable {
  enum Arm: String, Name {
    // Tasks that recur in cycles or in random order.
    case cyclic, random, tenTasksRandom, shownOnce, longCyclic, twoTasks, hardPair, manyOrders
    // Learners that are no projections on feasible sets, and tasks that contradict each other.
    case gradientSteps, regression, contradictory, contradictoryOrders
    // Pairs of MNIST digits; all pairs as one task; the second contradicting the first.
    case digits, digitsAtOnce, contradictoryDigits
    // Vanishing regularization.
    case weak, squaredLoss
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .cyclic: geometries(at: tier).map { sphere($0, cycles: 60) }
    case .random: geometries(at: tier).map { sphere($0, .random, cycles: 60) }
    case .tenTasksRandom: [sphere((10, 2, 10), .random, cycles: 60)]
    case .shownOnce: geometries(at: tier).filter { $0.0 > 2 }.map { sphere($0, cycles: 1) }
    case .longCyclic: [sphere(pair, cycles: 120), sphere(five, cycles: 300)]
    case .twoTasks: [sphere(pair, cycles: 120)]
    case .hardPair:
      [
        Setup(
          source: .hardPair, method: .projection, tasks: 2, samples: 1, dimension: 2, cycles: 1000)
      ]
    case .manyOrders: [sphere(five, .random, cycles: 60, orders: orders(at: tier))]
    case .gradientSteps: geometries(at: tier).map { sphere($0, .gradientStep, cycles: 60) }
    case .regression: [sphere(pair, .regression, cycles: 2000)]
    case .contradictory: [contradictory(.cyclic)]
    case .contradictoryOrders: [contradictory(.random, orders: orders(at: tier))]
    case .digits: [digits(tasks: 5, cycles: 600)]
    case .digitsAtOnce: [digits(tasks: 1, cycles: 2)]
    case .contradictoryDigits: [digits(.contradictoryDigits, tasks: 5, cycles: 60)]
    case .weak: [regularized(.weakRegularization, at: tier)]
    case .squaredLoss: [regularized(.squaredLoss, at: tier)]
    }
  }

  /// Tasks T, samples N and dimension d.
  private typealias Geometry = (Int, Int, Int)
  private static let pair: Geometry = (2, 4, 10)
  private static let five: Geometry = (5, 3, 10)

  private static func geometries(at tier: Tier) -> [Geometry] {
    tier == .smoke ? [pair, five] : [pair, five, (10, 2, 10), (10, 20, 200)]
  }

  private static func orders(at tier: Tier) -> Int { tier == .smoke ? 40 : 200 }

  private static func sphere(
    _ geometry: Geometry, _ method: Method = .projection, _ order: Order = .cyclic, cycles: Int,
    orders: Int = 0
  ) -> Setup {
    Setup(
      source: .sphere, method: method, order: order, tasks: geometry.0, samples: geometry.1,
      dimension: geometry.2, cycles: cycles, orders: orders)
  }

  private static func sphere(
    _ geometry: Geometry, _ order: Order, cycles: Int, orders: Int = 0
  ) -> Setup {
    sphere(geometry, .projection, order, cycles: cycles, orders: orders)
  }

  private static func contradictory(_ order: Order, orders: Int = 0) -> Setup {
    var setup = sphere(pair, order, cycles: 120, orders: orders)
    setup.source = .contradictory
    return setup
  }

  private static func digits(_ source: Source = .digits, tasks: Int, cycles: Int) -> Setup {
    Setup(
      source: source, method: .projection, tasks: tasks, samples: 200 / tasks, dimension: 784,
      cycles: cycles)
  }

  private static func regularized(_ method: Method, at tier: Tier) -> Setup {
    var setup = sphere((3, 3, 6), method, cycles: 2)
    setup.decades = tier == .smoke ? [0, 2, 8] : [0, 1, 2, 4, 8, 12]
    return setup
  }
}
