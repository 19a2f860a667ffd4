public import Tensors

/// The state of a training as named arrays: models, optimizers, random streams and counters.
///
///     var checkpoint = Checkpoint()
///     checkpoint.save([step], as: "step")
///     checkpoint.save(model, as: "model")
///     optimizer.save(in: &checkpoint, as: "optimizer")
///     checkpoint.save(noise, as: "noise")
///     try trial.saveState(checkpoint.bytes)
///
/// Written as bytes that end with their SHA-256, in the form of `docs/checkpoint-format.md`. Bits
/// survive, but for those of NaN, which is one value.
public struct Checkpoint: Hashable, Sendable {
  /// What the entries of an array are.
  public enum Kind: UInt8, Sendable, CaseIterable {
    /// IEEE binary32.
    case float = 0
    /// IEEE binary64.
    case double = 1
    /// Signed integers of 64 bits.
    case integer = 2
    /// Bytes that mean something to whoever saved them.
    case byte = 3

    var size: Int {
      switch self {
      case .float: 4
      case .double, .integer: 8
      case .byte: 1
      }
    }
  }

  /// A named array.
  struct Entry: Hashable, Sendable {
    var name: String
    var kind: Kind
    var shape: [Int]
    /// Little-endian.
    var bytes: [UInt8]
  }

  private(set) var entries: [Entry] = []
  private var places: [String: Int] = [:]

  /// A checkpoint without arrays.
  public init() {}

  /// The names of the arrays, in the order in which they were saved.
  public var names: [String] { entries.map(\.name) }

  /// Adds an array; false where there is one of that name.
  mutating func add(_ entry: Entry) -> Bool {
    guard places.updateValue(entries.count, forKey: entry.name) == nil else { return false }
    entries.append(entry)
    return true
  }

  /// Whether there is an array of a name.
  public func contains(_ name: String) -> Bool { places[name] != nil }

  func entry(_ name: String) -> Entry? { places[name].map { entries[$0] } }

  // MARK: Saving

  /// Saves a tensor.
  ///
  /// - Precondition: nothing has that name yet; so for all that is saved.
  public mutating func save<E>(_ tensor: Tensor<E>, as name: String) {
    keep(
      Entry(
        name: name, kind: E.kind == .float ? .float : .double, shape: tensor.shape,
        bytes: tensor.bytes))
  }

  /// Saves counters.
  public mutating func save(_ integers: [Int], as name: String) {
    keep(
      Entry(
        name: name, kind: .integer, shape: [integers.count],
        bytes: integers.flatMap { littleEndian(UInt64(bitPattern: Int64($0))) }))
  }

  /// Saves bytes that mean something to the caller, such as an encoded outcome so far.
  public mutating func save(bytes: [UInt8], as name: String) {
    keep(Entry(name: name, kind: .byte, shape: [bytes.count], bytes: bytes))
  }

  /// Saves the position of a random stream.
  public mutating func save(_ stream: RandomStream, as name: String) {
    save(stream.state.map { Int(truncatingIfNeeded: $0) }, as: name)
  }

  /// Saves the parameters of a model, as `name.layers.0.weight` and so on.
  ///
  /// What a model stores beside its parameters, such as running statistics, is saved apart.
  public mutating func save<Model: Parameterised>(_ model: Model, as name: String) {
    for (path, tensor) in model.namedParameters {
      save(tensor, as: path.isEmpty ? name : "\(name).\(path)")
    }
  }

  /// Saves a list of tensors, as `name.0` and so on.
  mutating func save<E>(list tensors: [Tensor<E>], as name: String) {
    save([tensors.count], as: "\(name).count")
    for (index, tensor) in tensors.enumerated() { save(tensor, as: "\(name).\(index)") }
  }

  private mutating func keep(_ entry: Entry) {
    let isNew = add(entry)
    require(isNew, "Checkpoint: '\(entry.name)' is saved twice")
  }
}

/// The bytes of a number, the lowest first.
func littleEndian<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}
