public import Tensors

/// How one parameter takes an optimizer's settings.
public struct ParameterSettings: Hashable, Sendable {
  /// What multiplies the learning rate.
  public var rateFactor: Double

  /// What multiplies the weight decay.
  public var decayFactor: Double

  /// Whether the parameter stays as it is.
  public var isFrozen: Bool

  /// Factors of the optimizer's settings, one unless told.
  public init(rateFactor: Double = 1, decayFactor: Double = 1, isFrozen: Bool = false) {
    self.rateFactor = rateFactor
    self.decayFactor = decayFactor
    self.isFrozen = isFrozen
  }

  /// A parameter that stays as it is.
  public static let frozen = ParameterSettings(isFrozen: true)
}

/// A rule that gives each parameter its settings, by its name and shape.
///
///     ParameterGroups { name, shape in
///       if name.hasPrefix("trunk.") { return .frozen }
///       return ParameterSettings(decayFactor: shape.count > 1 ? 1 : 0)
///     }
///
/// Names are those of ``Tensors/Parameterised/parameterNames``. The rule is asked once, at the
/// first step.
public struct ParameterGroups: Sendable {
  private let rule: (@Sendable (_ name: String, _ shape: [Int]) -> ParameterSettings)?

  /// A rule.
  public init(_ rule: @escaping @Sendable (_ name: String, _ shape: [Int]) -> ParameterSettings) {
    self.rule = rule
  }

  private init() { rule = nil }

  /// All parameters alike.
  public static let alike = ParameterGroups()

  /// Weight decay of matrices, filters and tables; none of vectors, which are biases and scales.
  public static let decayingMatrices = ParameterGroups { _, shape in
    ParameterSettings(decayFactor: shape.count > 1 ? 1 : 0)
  }

  /// All parameters frozen but those whose names are chosen.
  public static func training(
    _ isTrained: @escaping @Sendable (_ name: String) -> Bool
  ) -> ParameterGroups {
    ParameterGroups { name, _ in isTrained(name) ? ParameterSettings() : .frozen }
  }

  /// The settings of each parameter of a model, in the order of the visit.
  public func settings(of model: some Parameterised) -> [ParameterSettings] {
    let parameters = model.parameters
    guard let rule else { return parameters.map { _ in ParameterSettings() } }
    return zip(model.parameterNames, parameters).map { rule($0, $1.shape) }
  }

  /// Whether all parameters are alike.
  var areAlike: Bool { rule == nil }
}
