internal import CKernels

/// A function that ends an affine map; its slope is known from its value.
public enum Activation: String, Sendable, Hashable, Codable, CaseIterable {
  /// The sum as it is.
  case identity
  /// `max(x, 0)`.
  case relu
  /// The hyperbolic tangent.
  case tanh
  /// `1 / (1 + exp(-x))`.
  case logistic

  /// The function applied to every entry.
  public func callAsFunction<E>(_ x: Tensor<E>) -> Tensor<E> {
    switch self {
    case .identity: x
    case .relu: Tensors.relu(x)
    case .tanh: Tensors.tanh(x)
    case .logistic: Tensors.logistic(x)
    }
  }

  fileprivate var kernel: (map: Int32, operation: Operation)? {
    switch self {
    case .identity: nil
    case .relu: (Int32(CK_RELU.rawValue), .relu)
    case .tanh: (Int32(CK_TANH.rawValue), .tanh)
    case .logistic: (Int32(CK_LOGISTIC.rawValue), .logistic)
    }
  }
}

/// A matrix product, a bias on every row and a function of every entry, in one pass.
///
///     y[i, j] = activation(Σₚ x[i, p] weights[p, j] + bias[j])
///
/// The bits are those of `activation(matmul(x, weights) + bias)`, and so are the gradient's.
///
/// - Shapes: `[n, in]`, `[in, out]` and `[out]` give `[n, out]`.
/// - Precondition: the shapes fit.
/// - Parameters:
///   - x: rows.
///   - weights: one column an output.
///   - bias: one number an output.
///   - activation: what ends the map.
/// - Returns: one row a row of `x`.
public func affine<E>(
  _ x: Tensor<E>, _ weights: Tensor<E>, _ bias: Tensor<E>, _ activation: Activation = .identity
) -> Tensor<E> {
  require(
    x.rank == 2 && weights.rank == 2 && bias.rank == 1 && bias.shape[0] == weights.shape[1],
    "affine: x \(x.shape), weights \(weights.shape) and bias \(bias.shape) do not fit")
  let sizes = ProductSizes("affine", x.shape, weights.shape, false, false)
  let (m, n, k) = (sizes.m, sizes.n, sizes.k)
  if k == 0 { return activation(matmul(x, weights) + bias) }
  let kernel = activation.kernel
  let result = Tensor<E>(shape: [m, n]) { target in
    x.withPointer { left in
      weights.withPointer { right in
        bias.withPointer { row in
          ck_affine(
            Tensor<E>.type, m, n, k, left, k, 1, right, n, 1, row, kernel?.map ?? -1, target)
        }
      }
    }
  }.recorded(.affine, x, weights, bias)
  // The rules of these functions ask for their argument only by the sign or not at all, which the
  // value has too, so that the sum before the function is never stored.
  return kernel.map { result.recorded($0.operation, result) } ?? result
}
