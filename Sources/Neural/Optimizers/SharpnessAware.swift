public import Tensors

/// The loss, and its gradient at the worst point of a first-order model within a distance: what
/// sharpness-aware minimisation (SAM) hands to an optimizer.
///
///     g = ∇L(θ),  result = ∇L(θ + ρ g / ‖g‖)
///
/// The norm is that of all parameters together. A loss that draws random numbers must draw the same
/// at both points, for which it copies its stream. Two gradients are taken.
///
/// - Gradient: that of the perturbation is left out, as in the paper.
/// - Source: Foret et al. 2021, arXiv 2010.01412, eq. 2 and 3.
/// - Precondition: the loss has one entry, and the radius is not negative.
/// - Parameters:
///   - model: θ.
///   - radius: ρ.
///   - loss: L; it must compute with the model it is given.
/// - Throws: what the loss throws.
/// - Returns: L(θ), and the gradient at the other point; that at θ where the gradient is zero.
public func sharpnessAwareGradient<Model: Parameterised, Failure: Error>(
  at model: Model, radius: Double, of loss: (Model) throws(Failure) -> Tensor<Model.Number>
) throws(Failure) -> (value: Model.Number, gradient: Model) {
  require(radius >= 0, "sharpnessAwareGradient: the radius \(radius) is negative")
  let here = try valueWithGradient(at: model, of: loss)
  let norm = here.gradient.globalNorm
  guard norm > 0 else { return here }
  var worst = model
  let scale = Model.Number(radius / norm)
  worst.forEachParameter(with: here.gradient) { $0.add($1, scaledBy: scale) }
  return (here.value, try gradient(at: worst, of: loss))
}
