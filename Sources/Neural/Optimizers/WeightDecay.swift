internal import Tensors

/// How an optimizer draws parameters θ towards zero.
public enum WeightDecay: Hashable, Sendable {
  /// Not at all.
  case none

  /// The gradient of λ/2 ‖θ‖² is added to that of the loss: g + λ θ, before anything else sees it.
  ///
  /// PyTorch's `weight_decay` of SGD, Adam and RMSprop.
  case inGradient(Double)

  /// θ ← (1 − η λ) θ before the step, with the learning rate η of that step.
  ///
  /// PyTorch's `weight_decay` of AdamW.
  ///
  /// - Source: Loshchilov and Hutter 2019, arXiv 1711.05101, algorithm 2, with η for their η_t α.
  case decoupled(Double)

  /// θ ← (1 − λ) θ before the step, whatever the learning rate is.
  ///
  /// Where a schedule is to scale the decay too, set it anew with the learning rate.
  case independent(Double)

  /// λ for the gradient, of a parameter that takes a multiple of the decay.
  func penalty(times factor: Double) -> Double {
    if case .inGradient(let decay) = self { decay * factor } else { 0 }
  }

  /// The share of a parameter that is kept in a step.
  func kept(at rate: Double, times factor: Double) -> Double {
    switch self {
    case .none, .inGradient: 1
    case .decoupled(let decay): 1 - rate * (decay * factor)
    case .independent(let decay): 1 - decay * factor
    }
  }

  func check(_ optimizer: String) {
    switch self {
    case .none: return
    case .inGradient(let decay), .decoupled(let decay), .independent(let decay):
      require(decay >= 0, "\(optimizer): expected a weight decay of 0 or more, got \(decay)")
    }
  }
}
