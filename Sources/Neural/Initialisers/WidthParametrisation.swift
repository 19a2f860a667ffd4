public import Tensors

/// How weights, their multipliers and their learning rates go with a network's width.
///
/// A layer computes `multiplier x W`; W is normal; the optimizer's learning rate of W is multiplied
/// by the rate. With n the fan-in:
///
///     standard:    W of variance g²/n everywhere
///     ntk:         W of variance g², multiplier 1/√n everywhere
///     mean field:  as ntk, but the readout has the multiplier 1/n
///     maximal update: W of variance g²/n, of the readout g²/n²;
///                  rates of SGD: input fan-out, hidden 1, readout 1/n;
///                  rates of Adam: input 1, hidden 1/n, readout 1/n
///
/// In the mean-field parametrisation a rate of the width for SGD makes features move at a pace that
/// does not depend on it; that choice is the paper's, and the rate here is 1.
///
/// - Source: Jacot et al. 2018, arXiv 1806.07572; Mei et al. 2018, arXiv 1804.06561; Yang et al.
///   2022, arXiv 2203.03466, table 3.
public enum WidthParametrisation: String, Hashable, Sendable, Codable, CaseIterable {
  /// What most libraries do.
  case standard
  /// The scaling of the neural tangent kernel's limit.
  case ntk
  /// The scaling of the mean-field limit.
  case meanField
  /// The maximal-update parametrisation, μP.
  case maximalUpdate

  /// Where a layer stands: which of its sides grow with the width.
  public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
    /// From data to hidden units.
    case input
    /// From hidden units to hidden units.
    case hidden
    /// From hidden units to outputs.
    case readout
  }

  /// The factor of a layer's products.
  public func multiplier(inputs: Int, role: Role) -> Double {
    switch self {
    case .standard, .maximalUpdate: 1
    case .meanField where role == .readout: 1 / Double(inputs)
    case .ntk, .meanField: 1 / Double(inputs).squareRoot()
    }
  }

  /// The law of a layer's weights; the gain g is √2 for ReLU.
  public func initialiser(inputs: Int, role: Role, gain: Double = 1) -> Initialiser {
    switch self {
    case .ntk, .meanField: .normal(deviation: gain)
    case .maximalUpdate where role == .readout: .normal(deviation: gain / Double(inputs))
    case .standard, .maximalUpdate: .heNormal(gain: gain)
    }
  }

  /// The factor of a layer's learning rate under SGD.
  public func rate(inputs: Int, outputs: Int, role: Role) -> Double {
    guard self == .maximalUpdate else { return 1 }
    return switch role {
    case .input: Double(outputs)
    case .hidden: 1
    case .readout: 1 / Double(inputs)
    }
  }

  /// The factor of a layer's learning rate under Adam.
  public func adamRate(inputs: Int, role: Role) -> Double {
    self == .maximalUpdate && role != .input ? 1 / Double(inputs) : 1
  }

  /// A layer without biases.
  ///
  /// - Precondition: both counts are at least one.
  public func projection<Element: Scalar>(
    inputs: Int, outputs: Int, role: Role, gain: Double = 1, using stream: inout RandomStream
  ) -> Projection<Element> {
    Projection(
      inputs: inputs, outputs: outputs,
      initialiser: initialiser(inputs: inputs, role: role, gain: gain),
      multiplier: multiplier(inputs: inputs, role: role), using: &stream)
  }
}
