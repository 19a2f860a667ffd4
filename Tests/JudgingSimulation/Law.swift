import Tensors

/// How the values of seeds scatter; each law has mean 0 and standard deviation 1.
enum Law: String, CaseIterable {
  case normal
  case skewed = "skewed (exponential)"
  case heavy = "heavy-tailed (Student, 3 degrees)"
  case quantised = "quantised (steps of 1)"
  case bounded = "bounded (uniform)"
  case binary = "two values (one in ten)"

  static let series = 20_000

  /// The resolution that judging is told.
  var quantum: Double? { self == .quantised ? 1 : nil }

  /// One value.
  func draw(_ stream: inout RandomStream) -> Double {
    switch self {
    case .normal: return stream.normal()
    case .skewed: return -log(1 - stream.uniform()) - 1
    case .heavy:
      // A normal over the root of a mean of three squares, whose variance is 3.
      let (a, b, c) = (
        stream.normal() as Double, stream.normal() as Double, stream.normal() as Double
      )
      return (stream.normal() as Double) / ((a * a + b * b + c * c) / 3).squareRoot()
        / 3.0.squareRoot()
    case .quantised:
      // Rounding adds 1/12 to the variance.
      return ((11.0 / 12).squareRoot() * stream.normal()).rounded()
    case .bounded: return (stream.uniform() - 0.5) * 12.0.squareRoot()
    case .binary: return stream.uniform() < 0.1 ? 3 : -1.0 / 3
    }
  }
}
