import Replication
import TrainingCore

// The rules that choose a step's block.
extension Nutini2017BlockCoordinateDescent {
  struct Selection {
    private let problem: Regression
    private let setup: Setup
    /// The fixed partition; empty where any coordinates make a block.
    private let partition: [Block]
    /// λ_max(H), for GSQ.
    private let largestCurvature: Double
    /// D_i = Σ_j |H_ij|, a diagonal that bounds H, for GSL of any coordinates.
    private let rowSums: Tensor<Double>
    private var stream: RandomStream

    init(_ problem: Regression, _ setup: Setup, using stream: RandomStream) throws {
      self.problem = problem
      self.setup = setup
      self.stream = stream
      if setup.fixed {
        // "Sort": runs of coordinates of like L_i.
        let order = problem.constants.sortedIndices(along: 0)
        partition = try stride(from: 0, to: order.count, by: setup.size).map { first in
          try Block(Array(order[first..<min(first + setup.size, order.count)]), of: problem)
        }
      } else {
        partition = []
      }
      let isThresholded = setup.rule == .gsq || setup.rule == .betterOfGSQAndGSD
      largestCurvature =
        isThresholded && !setup.fixed
        ? try symmetricEigenvalues(matmul(problem.columns, problem.columns, transposingA: true))
          .max().item * problem.curvature
        : 0
      rowSums = setup.rule == .gsl && !setup.fixed ? Self.rowSums(problem) : problem.constants
    }

    private static func rowSums(_ problem: Regression) -> Tensor<Double> {
      let p = problem.variables
      return .concatenated(
        stride(from: 0, to: p, by: 1000).map { first in
          let rows = problem.columns.rows(first..<min(first + 1000, p))
          return abs(matmul(rows, problem.columns, transposingB: true)).sum(along: 1)
            * problem.curvature
        })
    }

    /// The block of a step, counted from 1.
    mutating func block(step: Int, gradient: Tensor<Double>) throws -> Block {
      setup.fixed
        ? fixedBlock(step: step, gradient: gradient)
        : try variableBlock(gradient: gradient)
    }

    private mutating func fixedBlock(step: Int, gradient: Tensor<Double>) -> Block {
      switch setup.rule {
      case .random: return partition[stream.integer(below: partition.count)]
      case .cyclic: return partition[(step - 1) % partition.count]
      case .lipschitz:
        return partition[stream.categorical(weights: partition.map(\.constant), count: 1)[0]]
      default: break
      }
      var scores = partition.map { score($0, gradient) }
      if setup.rule == .shuffledGSL {
        scores = stream.permutation(of: scores.count).map { scores[$0] }
      }
      return partition[Tensor(scores).argmax(along: 0)[0]]
    }

    /// What a greedy rule makes of a block.
    private func score(_ block: Block, _ gradient: Tensor<Double>) -> Double {
      let own = gradient.gathered(rows: block.indices)
      return switch setup.rule {
      case .gsl, .shuffledGSL: own.sumOfSquares().item / block.constant
      case .gsd: (square(own) / problem.constants.gathered(rows: block.indices)).sum().item
      case .gsq: promise(of: block, gradient)
      default: own.sumOfSquares().item
      }
    }

    /// A block of any τ coordinates.
    private mutating func variableBlock(gradient: Tensor<Double>) throws -> Block {
      switch setup.rule {
      case .random:
        return try Block(stream.choice(setup.size, of: problem.variables), of: problem)
      case .gsl: return try Block(top(abs(gradient) / sqrt(rowSums)), of: problem)
      case .gsd: return try diagonalBlock(gradient)
      case .gsq: return try Block(hardThresholding(gradient), of: problem)
      case .betterOfGSQAndGSD:
        // Thresholding may end at a block that is solved already, and then would for ever.
        let (found, diagonal) = (
          try Block(hardThresholding(gradient), of: problem), try diagonalBlock(gradient)
        )
        return promise(of: found, gradient) > promise(of: diagonal, gradient) ? found : diagonal
      default: return try Block(top(abs(gradient)), of: problem)
      }
    }

    private func diagonalBlock(_ gradient: Tensor<Double>) throws -> Block {
      try Block(top(abs(gradient) / sqrt(problem.constants)), of: problem)
    }

    /// gᵀH⁻¹g of a block, twice what its exact minimisation gains.
    private func promise(of block: Block, _ gradient: Tensor<Double>) -> Double {
      let own = gradient.gathered(rows: block.indices)
      return matmul(own, block.newton(own)).item
    }

    private func top(_ scores: Tensor<Double>) -> [Int] { scores.top(setup.size, along: 0).indices }

    /// The block of the quadratic bound's least value, by iterative hard thresholding.
    ///
    /// d ← the τ largest of d − (g + Hd) / λ_max(H), ten times from g/√L, as the released code does.
    private func hardThresholding(_ gradient: Tensor<Double>) -> [Int] {
      var point = gradient / sqrt(problem.constants)
      var support: [Int] = []
      for _ in 0..<10 {
        let product = matmul(problem.columns, matmul(point, problem.columns)) * problem.curvature
        let moved = point - (gradient + product) / largestCurvature
        support = top(abs(moved))
        let next = moved.gathered(rows: support)
          .scattered(support, along: 0, of: problem.variables)
        let change = (next - point).sumOfSquares().item
        point = next
        if change < 1e-20 { break }
      }
      return support
    }
  }
}
