public import Tensors

/// Adam, and with decoupled decay AdamW: steps along a running mean of the gradient, each parameter's
/// divided by the root of its running mean square.
///
///     g ← g + λ θ                                (decay in the gradient: Adam with L2)
///     m ← β₁ m + (1 − β₁) g
///     v ← β₂ v + (1 − β₂) g²
///     θ ← (1 − η λ) θ                            (decoupled decay: AdamW)
///     θ ← θ − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
///
/// ε is added after the correction of the bias, as in PyTorch. The paper's §2 offers a form that adds
/// it to the uncorrected √v, which is another method while t is small: to follow it, multiply ε by
/// 1/√(1 − β₂ᵗ). ε inside the root is yet another. The decay is taken before the step, as in PyTorch;
/// Loshchilov and Hutter take both from the same θ.
///
/// - Accuracy: about three roundings of θ a step: one pass with fused operations.
/// - Source: Kingma and Ba 2015, arXiv 1412.6980, algorithm 1; Loshchilov and Hutter 2019, arXiv
///   1711.05101, algorithm 2.
public struct Adam<Model: Parameterised>: Optimizer {
  /// The learning rate η, which a schedule may change between steps.
  public var learningRate: Double

  /// How much of the mean (β₁) and of the mean square (β₂) is kept in a step.
  public let betas: (Double, Double)

  /// What keeps the divisor from zero, ε.
  public let epsilon: Double

  /// How parameters are drawn towards zero.
  public var decay: WeightDecay

  /// Which parameters take which settings.
  public let groups: ParameterGroups

  /// The number of steps taken, t.
  public private(set) var step = 0

  /// The running means m, parameter by parameter; empty before the first step.
  public private(set) var means: [Tensor<Model.Number>] = []

  /// The running mean squares v, parameter by parameter; empty before the first step.
  public private(set) var squares: [Tensor<Model.Number>] = []

  private var settings: [ParameterSettings] = []

  /// An optimizer at rest.
  ///
  /// - Precondition: 0 ≤ β < 1, ε and the decay are not negative.
  /// - Parameters:
  ///   - learningRate: η.
  ///   - betas: β₁ and β₂.
  ///   - epsilon: ε.
  ///   - decay: How parameters are drawn towards zero; `.decoupled` makes it AdamW.
  ///   - groups: Which parameters take which settings.
  public init(
    learningRate: Double, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    decay: WeightDecay = .none, groups: ParameterGroups = .alike
  ) {
    checkMoments("Adam", betas, epsilon)
    decay.check("Adam")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.decay = decay
    self.groups = groups
  }

  /// Takes one step along the gradient of the loss.
  ///
  /// - Precondition: `gradient` has the parameters of `model`, shape by shape.
  public mutating func update(_ model: inout Model, along gradient: Model) {
    if settings.isEmpty { settings = groups.settings(of: model) }
    if step == 0 { (means, squares) = (gradient.zeros, gradient.zeros) }
    step += 1
    let corrections = (1 - power(betas.0, step), 1 - power(betas.1, step))
    var index = 0
    model.forEachParameter(with: gradient) { parameter, g in
      let own = settings[index]
      defer { index += 1 }
      if own.isFrozen { return }
      let rate = learningRate * own.rateFactor
      AdamStep(
        penalty: decay.penalty(times: own.decayFactor), betas: betas, rate: rate / corrections.0,
        scale: 1 / corrections.1.squareRoot(), epsilon: epsilon,
        kept: decay.kept(at: rate, times: own.decayFactor)
      ).update(&parameter, along: g, mean: &means[index], square: &squares[index])
    }
  }

  /// Forgets the moments of some parameters, and keeps counting steps.
  ///
  /// - Precondition: a step has been taken.
  /// - Parameter isForgotten: Whether a parameter, by its place in the order of the visit, is.
  public mutating func forgetMoments(of isForgotten: (Int) -> Bool) {
    for index in means.indices where isForgotten(index) {
      means[index] = Tensor(zeros: means[index].shape)
      squares[index] = means[index]
    }
  }

  /// Saves the moments and the count of steps.
  public func save(in checkpoint: inout Checkpoint, as name: String) {
    checkpoint.save([step], as: "\(name).step")
    checkpoint.save(list: means, as: "\(name).means")
    checkpoint.save(list: squares, as: "\(name).squares")
  }

  /// Takes over the moments and the count of steps that were saved.
  public mutating func restore(
    from checkpoint: Checkpoint, as name: String, for model: Model
  ) throws(CheckpointError) {
    let step = try checkpoint.integer("\(name).step")
    let means = try checkpoint.tensors("\(name).means", like: model.parameters)
    let squares = try checkpoint.tensors("\(name).squares", like: model.parameters)
    (self.step, self.means, self.squares) = (step, means, squares)
  }
}

/// Stops the program where decays or the least divisor are none.
func checkMoments(_ optimizer: String, _ betas: (Double, Double), _ epsilon: Double) {
  require(
    (0..<1).contains(betas.0) && (0..<1).contains(betas.1),
    "\(optimizer): expected betas in [0, 1), got \(betas)")
  require(epsilon >= 0, "\(optimizer): expected an epsilon of 0 or more, got \(epsilon)")
}

/// βᵗ by repeated squaring, without the rounding of a logarithm.
func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, factor, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= factor }
    factor *= factor
    rest >>= 1
  }
  return result
}

extension Parameterised {
  /// A tensor of zeros for each parameter.
  var zeros: [Tensor<Number>] { parameters.map { Tensor(zeros: $0.shape) } }
}
