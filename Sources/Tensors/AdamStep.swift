internal import CKernels

/// A step of Adam on one tensor, in one pass over memory.
///
///     g' = g + λ θ,  m ← m + (1 − β₁)(g' − m),  v ← β₂ v + (1 − β₂) g'²
///     θ ← κ θ − η m / (s √v + ε)
package struct AdamStep: Sendable {
  private let numbers: ck_adam

  /// The numbers of a step: λ, β₁, β₂, η, s, ε and κ; η and s hold the corrections of the bias.
  package init(
    penalty: Double, betas: (Double, Double), rate: Double, scale: Double, epsilon: Double,
    kept: Double
  ) {
    numbers = ck_adam(
      penalty: penalty, mean_share: 1 - betas.0, square_share: 1 - betas.1, square_kept: betas.1,
      rate: rate, scale: scale, epsilon: epsilon, kept: kept)
  }

  /// Changes parameter, mean and mean square, in place where nobody else holds them.
  ///
  /// - Precondition: the four shapes are equal, and no tape follows a tensor.
  package func update<E>(
    _ parameter: inout Tensor<E>, along gradient: Tensor<E>, mean: inout Tensor<E>,
    square: inout Tensor<E>
  ) {
    let shape = parameter.shape
    require(
      gradient.shape == shape && mean.shape == shape && square.shape == shape,
      "AdamStep: parameter \(shape), gradient \(gradient.shape) and moments \(mean.shape) differ")
    require(
      parameter.node == nil && gradient.node == nil,
      "AdamStep: a tape follows the parameter or its gradient")
    Kernels.prepare()
    let count = parameter.count
    gradient.withPointer { g in
      parameter.withMutableScalars { p in
        mean.withMutableScalars { m in
          square.withMutableScalars { v in
            guard let p = p.baseAddress, let m = m.baseAddress, let v = v.baseAddress else {
              return
            }
            withUnsafePointer(to: numbers) {
              ck_adam_step(Tensor<E>.type, count, $0, g, p, m, v)
            }
          }
        }
      }
    }
  }
}
