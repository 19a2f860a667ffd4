import Replication
import TrainingCore

extension Wang2023ActiveMultitaskLasso {
  /// The sufficient statistics of one task's sample: XᵀX, Xᵀy and the number of examples.
  struct Statistics {
    /// [d, d].
    let moments: Tensor<Double>
    /// [d].
    let products: Tensor<Double>
    let count: Int

    init(_ x: Tensor<Double>, _ y: Tensor<Double>) {
      moments = matmul(x, x, transposingA: true)
      products = matmul(y, x)
      count = x.shape[0]
    }

    /// The least-squares head on the features Bᵀx: [K].
    func head(on b: Tensor<Double>) throws -> Tensor<Double> {
      let gram = matmul(matmul(b, moments, transposingA: true), b)
      return try solvePositiveDefinite(ridged(gram), matmul(products, b))
    }
  }

  /// A matrix with 1e-9 of its mean diagonal entry added to the diagonal.
  private static func ridged(_ a: Tensor<Double>) -> Tensor<Double> {
    let n = a.shape[0]
    var entries = a.scalars
    let mean = (0..<n).reduce(0) { $0 + entries[$1 * n + $1] } / Double(n)
    for i in 0..<n { entries[i * n + i] += 1e-9 * mean }
    return Tensor(entries, shape: [n, n])
  }

  /// A shared representation with a head for each task.
  struct Representation {
    /// B̂, with orthonormal columns: [d, K].
    let features: Tensor<Double>
    /// Ŵ: [K, T].
    let heads: Tensor<Double>
  }

  /// The pooled least-squares fit of a representation, by alternating between heads and features.
  ///
  ///     min over B, w_t of Σ_t ‖X_t B w_t − y_t‖²
  ///
  /// Begins with the K leading left singular vectors of the X_tᵀy_t/√n_t.
  static func fitted(
    _ tasks: [Statistics], features k: Int, sweeps: Int
  ) throws -> Representation {
    let d = tasks[0].products.count
    let used = tasks.filter { $0.count > 0 }
    let start = Tensor.stacked(used.map { $0.products / sqrt(Double($0.count)) })
    var b = try singularValueDecomposition(start).v.sliced(along: 1, 0..<k)
    // Row t is the matrix XᵀX of task t, laid out flat.
    let moments = Tensor.stacked(used.map { $0.moments.reshaped(to: [d * d]) })
    let products = Tensor.stacked(used.map(\.products))
    for _ in 0..<sweeps {
      let w = Tensor.stacked(try used.map { try $0.head(on: b) })
      // Σ_t (w_t w_tᵀ) ⊗ X_tᵀX_t, and Σ_t w_t ⊗ X_tᵀy_t.
      let squares = Tensor.stacked(
        (0..<used.count).map { t -> Tensor<Double> in
          let head = w.rows(t..<t + 1)
          return matmul(head, head, transposingA: true).reshaped(to: [k * k])
        })
      let system = matmul(squares, moments, transposingA: true)
        .reshaped(to: [k, k, d, d]).permuted([0, 2, 1, 3]).reshaped(to: [k * d, k * d])
      let right = matmul(w, products, transposingA: true).reshaped(to: [k * d])
      let solution = try solvePositiveDefinite(ridged(system), right)
      b = qr(solution.reshaped(to: [k, d]).transposed()).q
    }
    let heads = try tasks.map { task in
      task.count > 0 ? try task.head(on: b) : Tensor(zeros: [k])
    }
    return Representation(features: b, heads: Tensor.stacked(heads).transposed())
  }
}
