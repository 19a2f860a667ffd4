public import Diagnostics

/// Why a checkpoint cannot be read, or has not what is asked of it.
public enum CheckpointError: Diagnosable, Hashable {
  /// The first bytes are not those of a checkpoint.
  case notACheckpoint
  /// The bytes end too early.
  case cutShort(at: Int)
  /// The bytes do not match their SHA-256.
  case damaged
  /// The bytes are not what a checkpoint is made of.
  case malformed(at: Int, String)
  /// Two arrays have one name.
  case repeated(String)
  /// There is no array of that name.
  case missing(String)
  /// There is an array that nothing asks for.
  case unexpected(String)
  /// An array has numbers of another kind.
  case kind(String, found: Checkpoint.Kind, expected: Checkpoint.Kind)
  /// An array has another shape.
  case shape(String, found: [Int], expected: [Int])

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .notACheckpoint: "checkpoint: the first bytes are not a checkpoint's"
    case .cutShort(let count): "checkpoint: it ends too early, after \(count) bytes"
    case .damaged: "checkpoint: its bytes do not match their SHA-256"
    case .malformed(let place, let what): "checkpoint: \(what), at byte \(place)"
    case .repeated(let name): "checkpoint: two arrays are named '\(name)'"
    case .missing(let name): "checkpoint: there is no array '\(name)'"
    case .unexpected(let name): "checkpoint: nothing asks for the array '\(name)'"
    case .kind(let name, let found, let expected):
      "checkpoint: '\(name)' holds numbers of kind \(found), expected \(expected)"
    case .shape(let name, let found, let expected):
      "checkpoint: '\(name)' has shape \(found), expected \(expected)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .notACheckpoint, .cutShort, .damaged, .malformed, .repeated:
      "Delete the file and train again."
    case .missing, .unexpected, .kind, .shape:
      "Load it into the model and optimizer that it was saved from, or train again."
    }
  }
}
