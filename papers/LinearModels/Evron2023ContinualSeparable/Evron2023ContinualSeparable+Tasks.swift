import Replication
import TrainingCore

extension Evron2023ContinualSeparable {
  /// Tasks that one vector solves, in the notation z = y x.
  struct Problem {
    var tasks: [LinearTask]
    /// R = max ‖z‖.
    let radius: Double
    /// w*, the shortest vector that gives every sample of every task a margin of 1 or more.
    let best: Tensor<Double>
    /// ‖w*‖².
    let squaredLength: Double
    /// A solution of all tasks; its margins are the targets of the regression.
    let solution: Tensor<Double>

    init(_ tasks: [Tensor<Double>], solution: Tensor<Double>? = nil) throws {
      self.tasks = tasks.map(LinearTask.init)
      let all = Tensor.concatenated(tasks)
      radius = all.norm(along: 1).max().item
      let machine = try hardMarginSVM(
        all, labels: [Int](repeating: 1, count: all.shape[0]), fittingBias: false)
      // Scaled so that rounding leaves it feasible.
      best = machine.weights / matmul(all, machine.weights).min().item
      squaredLength = best.sumOfSquares().item
      self.solution = solution ?? best
    }

    /// R²‖w*‖².
    var difficulty: Double { radius * radius * squaredLength }
  }

  /// The least |xᵀu| that is let into a data set, and the margin of the hard pair.
  static let margin = 0.1

  static func problem(_ setup: Setup, in trial: Trial) throws -> Problem {
    switch setup.source {
    case .sphere: return try sphereProblem(setup, in: trial)
    case .contradictory: return contradictory(try sphereProblem(setup, in: trial))
    case .contradictoryDigits: return contradictory(try digitsProblem(setup, in: trial))
    case .hardPair:
      // z₁ = (m, √(1 − m²)), z₂ = (m, −√(1 − m²)), so that ‖w*‖ = 1/m.
      let side = sqrt(1 - margin * margin)
      return try Problem([
        Tensor([margin, side], shape: [1, 2]), Tensor([margin, -side], shape: [1, 2]),
      ])
    case .digits: return try digitsProblem(setup, in: trial)
    }
  }

  /// The first task and its contrary; R and w* are those of the problem as it was.
  private static func contradictory(_ problem: Problem) -> Problem {
    var problem = problem
    problem.tasks[1] = LinearTask(-problem.tasks[0].samples)
    return problem
  }

  /// u and x uniform on the sphere, y = sign(xᵀu), without the x where |xᵀu| is less than the margin.
  private static func sphereProblem(_ setup: Setup, in trial: Trial) throws -> Problem {
    var stream = trial.stream(.data)
    let d = setup.dimension
    let u: Tensor<Double> = stream.spherePoints(1, dimension: d).reshaped(to: [d])
    let count = setup.tasks * setup.samples
    var accepted: [Tensor<Double>] = []
    while accepted.count < count {
      let x: Tensor<Double> = stream.spherePoints(1, dimension: d)
      let label = matmul(x, u).item
      if abs(label) >= margin { accepted.append(x * (label > 0 ? 1 : -1)) }
    }
    let all = Tensor.concatenated(accepted)
    return try Problem(
      all.split(along: 0, into: [Int](repeating: setup.samples, count: setup.tasks)),
      solution: u / margin)
  }

  /// Twenty images of each digit, in as many tasks as the setup says; odd digits are of class +1.
  private static func digitsProblem(_ setup: Setup, in trial: Trial) throws -> Problem {
    let images = try MNIST(from: trial.data(.mnist)).train
    var stream = trial.stream(.sampling)
    let chosen = (0..<10).map { digit in
      let members = images.indices(ofClasses: [digit])
      let picked = stream.choice(20, of: members.count).map { members[$0] }
      let pixels: Tensor<Double> = images.tensor(at: picked)
      return digit % 2 == 1 ? pixels : -pixels
    }
    let all = Tensor.concatenated(chosen)
    let scaled = all / all.norm(along: 1).max().item
    return try Problem(
      scaled.split(along: 0, into: [Int](repeating: setup.samples, count: setup.tasks)))
  }
}
