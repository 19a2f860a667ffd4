public import Tensors

// The kernels of infinitely wide networks with ReLU. Both inputs have length one, the weights
// N(0, 2/width) but the first layer's N(0, 1/width), and there are no biases; then every layer's
// outputs have variance one, and only correlations matter.

/// The correlation of the outputs of a ReLU layer, and its derivative, from that of the inputs.
///
///     κ₁(z) = (√(1 − z²) + (π − arccos z) z) / π,  κ₀(z) = κ₁'(z) = (π − arccos z) / π
///
/// Correlations beyond ±1 count as ±1.
///
/// - Shapes: that of z, both.
/// - Accuracy: 8 ULP of 1 for `Double`, tested against quadrature.
/// - Gradient: by its operations; infinite for κ₀ at ±1.
/// - Source: Cho and Saul, Kernel Methods for Deep Learning (2009), §2.
/// - Parameter z: The correlations.
/// - Returns: κ₁ and κ₀.
public func reluDual<E>(_ z: Tensor<E>) -> (value: Tensor<E>, slope: Tensor<E>) {
  let z = clamp(z, to: -1...1)
  let π = E(Double.pi)
  let slope = (π - arccosine(z)) / π
  return (multiplyAdd(slope, z, sqrt((1 - z) * (1 + z)) / π), slope)
}

/// The Gaussian-process and tangent kernels of an infinitely wide ReLU network.
///
///     z₀ = k₀ = ⟨x, x'⟩,  zₗ₊₁ = κ₁(zₗ),  kₗ₊₁ = zₗ₊₁ + kₗ κ₀(zₗ)
///
/// - Shapes: that of z, both.
/// - Gradient: by its operations.
/// - Source: Jacot, Gabriel and Hongler, Neural Tangent Kernel (2018), theorem 1.
/// - Precondition: the depth is not negative.
/// - Parameters:
///   - z: The inner products of inputs of length one.
///   - depth: How many hidden layers the network has.
/// - Returns: z and k at that depth.
public func reluKernels<E>(
  _ z: Tensor<E>, depth: Int
) -> (gaussianProcess: Tensor<E>, tangent: Tensor<E>) {
  require(depth >= 0, "reluKernels: a depth of \(depth)")
  var (process, tangent) = (z, z)
  for _ in 0..<depth {
    let (value, slope) = reluDual(process)
    tangent = multiplyAdd(tangent, slope, value)
    process = value
  }
  return (process, tangent)
}
