import Replication
import TrainingCore

extension Evron2023ContinualSeparable {
  /// A task: its samples z = y x, one a row, and C = {w : zᵀw ≥ 1 for all of them}.
  struct LinearTask {
    let samples: Tensor<Double>
    /// The inner products of the samples, row by row.
    private let gram: [Double]

    init(_ samples: Tensor<Double>) {
      self.samples = samples
      gram = matmul(samples, samples, transposingB: true).scalars
    }

    /// F(w) = (max over z of max(0, 1 − zᵀw))².
    func forgetting(at w: Tensor<Double>) -> Double {
      let violation = relu(1 - matmul(samples, w)).max().item
      return violation * violation
    }

    /// The projection of w on C, the point of C nearest to it.
    func projection(of w: Tensor<Double>) throws -> Tensor<Double> {
      let gaps = (1 - matmul(samples, w)).scalars
      if gaps.allSatisfy({ $0 <= 0 }) { return w }
      return w + matmul(Tensor(try multipliers(closing: gaps)), samples)
    }

    /// The squared distance of w from C.
    func squaredDistance(of w: Tensor<Double>) throws -> Double {
      (try projection(of: w) - w).sumOfSquares().item
    }

    /// The multipliers a ≥ 0 of the projection w + Σ a_i z_i.
    ///
    /// One sample after another, a_i ← max(0, a_i + (1 − z_iᵀ(w + Σ a_j z_j)) / ‖z_i‖²), until no
    /// multiplier changes any more.
    ///
    /// - Source: Hildreth, "A quadratic programming procedure" (1957).
    private func multipliers(closing gaps: [Double]) throws -> [Double] {
      let n = gaps.count
      var a = [Double](repeating: 0, count: n)
      for _ in 0..<Self.sweeps {
        var (settled, greatest) = (true, 1.0)
        for i in 0..<n {
          var rest = gaps[i]
          for j in 0..<n { rest -= gram[i * n + j] * a[j] }
          let next = max(0, a[i] + rest / gram[i * n + i])
          greatest = max(greatest, next)
          if !(abs(next - a[i]) <= 1e-13 * greatest) { settled = false }
          a[i] = next
        }
        if settled { return a }
      }
      throw LinearAlgebraError.notConverged(
        operation: "projection", iterations: Self.sweeps, residual: .nan, tolerance: 1e-13)
    }

    private static let sweeps = 1_000_000
  }
}
