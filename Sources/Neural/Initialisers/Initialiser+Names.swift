// The laws by their names in the literature. The gain √2 makes up for ReLU; 1 for linear units;
// 5/3 is PyTorch's for tanh.
extension Initialiser {
  /// Normal with variance gain² / fan-in; the gain √2 keeps the scale through ReLU.
  ///
  /// - Source: He et al. 2015, arXiv 1502.01852, eq. 10.
  public static func heNormal(gain: Double = Double(2).squareRoot()) -> Initialiser {
    Initialiser(.normal, fan: .input, gain: gain)
  }

  /// Normal with variance gain² / fan-in or fan-out: Kaiming's law, of the same paper.
  ///
  /// - Source: He et al. 2015, arXiv 1502.01852, eqs. 10 and 14.
  public static func kaimingNormal(
    fan: Fan = .input, gain: Double = Double(2).squareRoot()
  ) -> Initialiser { Initialiser(.normal, fan: fan, gain: gain) }

  /// Uniform on ±gain √(3 / fan).
  public static func kaimingUniform(
    fan: Fan = .input, gain: Double = Double(2).squareRoot()
  ) -> Initialiser { Initialiser(.uniform, fan: fan, gain: gain) }

  /// Normal with variance 2 gain² / (fan-in + fan-out).
  ///
  /// - Source: Glorot and Bengio 2010, eq. 12.
  public static func xavierNormal(gain: Double = 1) -> Initialiser {
    Initialiser(.normal, fan: .average, gain: gain)
  }

  /// Uniform on ±gain √(6 / (fan-in + fan-out)).
  ///
  /// - Source: Glorot and Bengio 2010, eq. 16.
  public static func xavierUniform(gain: Double = 1) -> Initialiser {
    Initialiser(.uniform, fan: .average, gain: gain)
  }

  /// Uniform on ±1 / √fan-in, the default of PyTorch's linear and convolution layers.
  public static let inverseRootUniform = Initialiser(
    .uniform, fan: .input, gain: 1 / Double(3).squareRoot())

  /// Normal of a given standard deviation, whatever the fans; 0.02 in GPT-2.
  public static func normal(deviation: Double) -> Initialiser {
    Initialiser(.normal, fan: .unit, gain: deviation)
  }

  /// Normal of a given standard deviation, truncated at twice it and not scaled up again.
  public static func truncatedNormal(deviation: Double) -> Initialiser {
    Initialiser(.truncatedNormal, fan: .unit, gain: deviation)
  }

  /// The gain times a Haar-distributed frame; filters are a matrix of an output a row.
  ///
  /// - Source: Saxe, McClelland and Ganguli 2014, arXiv 1312.6120.
  public static func orthogonal(gain: Double = 1) -> Initialiser {
    Initialiser(.orthogonal, fan: .unit, gain: gain)
  }

  /// Nothing but zeros.
  public static let zeros = Initialiser(.zero, fan: .input, gain: 0)
}
