public import Diagnostics

/// Why a safetensors file cannot be read, or has not what is asked of it.
public enum SafeTensorsError: Diagnosable, Hashable {
  /// The bytes end too early.
  case cutShort(at: Int)
  /// The header is said to be longer than any.
  case headerTooLong(UInt64)
  /// The header is not of the form that the format describes.
  case malformed(at: Int, String)
  /// A name comes twice.
  case repeated(String)
  /// A tensor is of a kind of number that is not known.
  case unknownKind(String, String)
  /// A tensor's place in the data is wrong.
  case offsets(String, String)
  /// There are bytes after the last tensor.
  case excess(Int)
  /// There is no tensor of that name.
  case missing(String)
  /// A tensor does not hold floating-point numbers.
  case notFloating(String, SafeTensors.Kind)
  /// A tensor has another shape.
  case shape(String, found: [Int], expected: [Int])

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .cutShort(let count): "safetensors: it ends too early, after \(count) bytes"
    case .headerTooLong(let length): "safetensors: a header of \(length) bytes"
    case .malformed(let place, let what): "safetensors: \(what), at byte \(place)"
    case .repeated(let name): "safetensors: the name '\(name)' comes twice"
    case .unknownKind(let name, let kind):
      "safetensors: '\(name)' is of the unknown dtype '\(kind)'"
    case .offsets(let name, let what): "safetensors: the offsets of '\(name)' \(what)"
    case .excess(let count): "safetensors: \(count) bytes belong to no tensor"
    case .missing(let name): "safetensors: there is no tensor '\(name)'"
    case .notFloating(let name, let kind):
      "safetensors: '\(name)' holds \(kind.rawValue), no floating-point numbers"
    case .shape(let name, let found, let expected):
      "safetensors: '\(name)' has shape \(found), expected \(expected)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .missing, .notFloating, .shape: "Check the names and shapes that the file has."
    default: "Write the file anew."
    }
  }
}
