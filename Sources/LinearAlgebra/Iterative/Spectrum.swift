public import Tensors

/// An estimate from random probes, with its standard error.
public struct ProbeEstimate: Sendable {
  /// The mean over the probes.
  public let value: Double

  /// The standard error of the mean; 0 of one probe.
  public let standardError: Double
}

/// The trace of an operator, by Hutchinson's estimator with random signs.
///
///     tr A ≈ mean over z of zᵀ A z,  z of independent ±1
///
/// - Accuracy: unbiased; the standard error is measured.
/// - Source: Hutchinson, Comm. Statist. Simulation Comput. 19 (1990).
/// - Precondition: at least one probe, of a dimension of at least 1.
/// - Parameters:
///   - dimension: The dimension n.
///   - probes: How many random vectors.
///   - stream: The source of the signs.
///   - apply: The product of the operator and a vector [n].
/// - Returns: The estimate.
public func traceEstimate(
  dimension: Int, probes: Int, using stream: inout RandomStream,
  applying apply: (Tensor<Double>) -> Tensor<Double>
) -> ProbeEstimate {
  require(
    dimension >= 1 && probes >= 1, "traceEstimate: \(probes) probes of \(dimension) dimensions")
  var values: [Double] = []
  for _ in 0..<probes {
    let z = signs(dimension, using: &stream)
    values.append(inner(z, apply(z).detached))
  }
  let mean = values.reduce(0, +) / Double(probes)
  let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let variance = probes > 1 ? spread / Double(probes - 1) / Double(probes) : 0
  return ProbeEstimate(value: mean, standardError: variance.squareRoot())
}

/// The spectral density of a symmetric operator as point masses, by stochastic Lanczos quadrature.
///
/// The masses match the first moments of the true density: 2 · steps of them for each probe.
///
/// - Accuracy: unbiased over probes for polynomials below degree 2 · steps.
/// - Source: Golub and Welsch (1969); Ghorbani et al., ICML 2019, §2.
/// - Precondition: at least one probe, step and dimension.
/// - Parameters:
///   - dimension: The dimension n.
///   - steps: The Lanczos steps of a probe.
///   - probes: How many random vectors of signs.
///   - stream: The source of the signs.
///   - apply: The product of the operator and a vector [n].
/// - Returns: Places and their masses, of sum one, in the order of the probes.
/// - Throws: As `lanczos(from:steps:applying:)`.
public func spectralDensity(
  dimension: Int, steps: Int, probes: Int, using stream: inout RandomStream,
  applying apply: (Tensor<Double>) -> Tensor<Double>
) throws(LinearAlgebraError) -> [(value: Double, mass: Double)] {
  require(
    dimension >= 1 && probes >= 1, "spectralDensity: \(probes) probes of \(dimension) dimensions")
  var masses: [(value: Double, mass: Double)] = []
  for _ in 0..<probes {
    let found = try lanczos(
      from: signs(dimension, using: &stream), steps: steps, applying: apply)
    for (value, weight) in zip(found.values.scalars, found.weights.scalars) {
      masses.append((value, weight / Double(probes)))
    }
  }
  return masses
}

/// The eigenvalue of greatest size of a symmetric operator and its vector, by power iteration.
///
/// - Shapes: start [n]; the operator takes and gives [n].
/// - Accuracy: ‖A v − θ v‖ ≤ tolerance |θ|, so an eigenvalue lies within that of θ.
/// - Precondition: the start is a vector that is not zero.
/// - Parameters:
///   - start: The first vector.
///   - tolerance: The relative residual accepted.
///   - iterations: How many products may be taken.
///   - apply: The product of the operator and a vector.
/// - Returns: The value, the unit vector [n] and the residual.
/// - Throws: `LinearAlgebraError.nonFinite` where the start or a product is not finite,
///   `.notConverged` where the residual stays larger, as it does for two values of one size.
public func powerIteration(
  from start: Tensor<Double>, tolerance: Double = 1e-10, iterations: Int = 10_000,
  applying apply: (Tensor<Double>) -> Tensor<Double>
) throws(LinearAlgebraError) -> (value: Double, vector: Tensor<Double>, residual: Double) {
  require(start.rank == 1, "powerIteration: a start of shape \(start.shape) is no vector")
  let size = inner(start, start).squareRoot()
  guard size.isFinite, size > 0 else { throw .nonFinite(operation: "powerIteration") }
  var v = start.detached / size
  var residual = Double.infinity
  for _ in 0..<iterations {
    let w = apply(v).detached
    guard w.isFinite else { throw .nonFinite(operation: "powerIteration") }
    let value = inner(v, w)
    let rest = w - value * v
    let norm = inner(w, w).squareRoot()
    residual = inner(rest, rest).squareRoot()
    if residual <= tolerance * abs(value) { return (value, v, residual) }
    guard norm > 0 else { break }
    residual /= norm
    v = w / norm
  }
  throw .notConverged(
    operation: "powerIteration", iterations: iterations, residual: residual, tolerance: tolerance)
}

private func signs(_ n: Int, using stream: inout RandomStream) -> Tensor<Double> {
  Tensor((0..<n).map { _ in stream.nextUInt64() >> 63 == 0 ? 1.0 : -1 }, shape: [n])
}
