import Replication
import TrainingCore

extension Woodruff2023LpSensitivity {
  /// Some rows and ℓ_p norms of their products, for many x at a time.
  struct Frame {
    /// The rows: [n, d].
    let rows: Tensor<Double>
    /// p.
    let power: Double
    /// The products a_j a_k, j ≥ k, of each row: [n, d(d + 1)/2].
    private let pairs: Tensor<Double>

    init(_ rows: Tensor<Double>, power: Double) {
      self.rows = rows
      self.power = power
      let (n, d) = (rows.shape[0], rows.shape[1])
      let entries = rows.scalars
      var products: [Double] = []
      products.reserveCapacity(n * d * (d + 1) / 2)
      for row in 0..<n {
        for j in 0..<d {
          let entry = entries[row * d + j]
          for k in 0...j { products.append(entry * entries[row * d + k]) }
        }
      }
      pairs = Tensor(products, shape: [n, d * (d + 1) / 2])
    }

    /// r = A x for each row x of `points`: [b, n].
    func products(_ points: Tensor<Double>) -> Tensor<Double> {
      matmul(points, rows, transposingB: true)
    }

    /// |r|^{p−2}, with small |r| taken as a tiny share of the largest of their row.
    func weights(_ r: Tensor<Double>) -> Tensor<Double> {
      let sizes = abs(r)
      let share = power < 2 ? 1e-9 : 1e-6
      let raised = maximum(sizes, share * sizes.max(along: 1, keepingAxis: true))
      return switch power {
      case 1: 1 / raised
      case 4: raised * raised
      default: pow(raised, power - 2)
      }
    }

    /// ‖Ax‖_p^p of each: [b, 1].
    func norms(_ r: Tensor<Double>) -> Tensor<Double> {
      let sizes = abs(r)
      let raised =
        switch power {
        case 1: sizes
        case 4: (r * r) * (r * r)
        default: pow(sizes, power)
        }
      return raised.sum(along: 1, keepingAxis: true)
    }

    /// The gradients of ‖Ax‖_p^p over p, AᵀW r: [b, d].
    func gradients(_ r: Tensor<Double>) -> Tensor<Double> { matmul(weights(r) * r, rows) }

    /// M⁻¹ g for each row of weights and of g, with M = AᵀWA: [b, d].
    func solved(_ weights: Tensor<Double>, _ g: Tensor<Double>) throws -> Tensor<Double> {
      let (b, d) = (g.shape[0], g.shape[1])
      let packed = matmul(weights, pairs).scalars
      var solutions: [Double] = []
      solutions.reserveCapacity(b * d)
      for index in 0..<b {
        var m = [Double](repeating: 0, count: d * d)
        var place = index * d * (d + 1) / 2
        for j in 0..<d {
          for k in 0...j {
            m[j * d + k] = packed[place]
            place += 1
          }
        }
        let right = g.rows(index..<index + 1).reshaped(to: [d])
        solutions += try Self.solution(m, right)
      }
      return Tensor(solutions, shape: [b, d])
    }

    /// The solution; where rounding has left M indefinite, of a matrix that is not.
    private static func solution(_ m: [Double], _ right: Tensor<Double>) throws -> [Double] {
      let d = right.count
      do {
        return try solvePositiveDefinite(Tensor(m, shape: [d, d]), right).scalars
      } catch {
        let trace = (0..<d).reduce(0) { $0 + m[$1 * d + $1] }
        var lifted = m
        for j in 0..<d { lifted[j * d + j] += 1e-12 * trace }
        return try solvePositiveDefinite(Tensor(lifted, shape: [d, d]), right).scalars
      }
    }
  }

  /// The sensitivities of all rows, from below and from above.
  ///
  ///     1/σ_i = min ‖Ax‖_p^p  where  a_iᵀx = 1
  ///
  /// Iteratively reweighted least squares: x = M⁻¹a_i / (a_iᵀM⁻¹a_i) with M = AᵀWA, W = |Ax|^{p−2};
  /// above p = 2 a share 1/(p − 1) of that step, which is Newton's. Any x bounds σ_i from below. By
  /// Hölder's inequality v with Aᵀv = λ a_i bounds it from above, σ_i ≤ (‖v‖_q / λ)^p, and the last
  /// step has such a v = W A x.
  struct SensitivityStage: Stage {
    let matrix: Matrix
    let rows: Int
    let dimension: Int
    let power: Double
    /// The last relative gain, of any row, that is waited for.
    let tolerance: Double

    init(_ setup: Setup, power: Double, tolerance: Double) {
      (matrix, rows, dimension) = (setup.matrix, setup.rows, setup.dimension)
      self.power = power
      self.tolerance = tolerance
    }

    struct Product: Codable {
      /// Bounds of σ_i from below and above: [n].
      var lower, upper: Tensor<Double>
      /// τ_i: [n].
      var leverage: Tensor<Double>
    }

    func make(in trial: Trial) throws -> Product {
      let basis = try basis(matrix, rows: rows, dimension: dimension, in: trial)
      let frame = Frame(basis, power: power)
      var (lower, upper): ([Double], [Double]) = ([], [])
      for start in stride(from: 0, to: rows, by: 128) {
        let found = try bounds(frame, start..<min(start + 128, rows))
        lower += found.lower
        upper += found.upper
      }
      return Product(
        lower: Tensor(lower), upper: Tensor(upper), leverage: basis.sumOfSquares(along: 1))
    }

    /// The bounds for some rows at a time.
    private func bounds(
      _ frame: Frame, _ part: Range<Int>
    ) throws -> (lower: [Double], upper: [Double]) {
      let p = frame.power
      let targets = frame.rows.rows(part)
      var x = targets / targets.sumOfSquares(along: 1, keepingAxis: true)
      var least = Tensor<Double>(repeating: .infinity, shape: [part.count, 1])
      for iteration in 0... {
        let r = frame.products(x)
        let weights = frame.weights(r)
        let norms = frame.norms(r)
        let gain = (1 - norms / least).max().item
        least = minimum(least, norms)
        let z = try frame.solved(weights, targets)
        let heights = (z * targets).sum(along: 1, keepingAxis: true)
        let next = z / heights
        if iteration == 300 || iteration > 0 && gain < tolerance {
          let v = abs(weights * frame.products(next))
          let bound = heights * Self.dualNorms(v, p)
          return ((1 / least).scalars, pow(bound, p).scalars)
        }
        x += (next - x) / max(1, p - 1)
      }
      fatalError("bounds: the loop ended")
    }

    /// ‖v‖_q with 1/p + 1/q = 1: [b, 1].
    private static func dualNorms(_ v: Tensor<Double>, _ p: Double) -> Tensor<Double> {
      let largest = v.max(along: 1, keepingAxis: true)
      if p == 1 { return largest }
      let q = p / (p - 1)
      return largest * pow(pow(v / largest, q).sum(along: 1, keepingAxis: true), 1 / q)
    }
  }
}
