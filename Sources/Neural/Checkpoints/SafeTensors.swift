public import Tensors

/// Named tensors in the safetensors format, for exchange with other libraries.
///
/// Reading is strict: the header must be JSON of the form that the format describes and no other,
/// names unique, and the tensors must fill the data without overlap or gap, in any order.
///
///     let file = try SafeTensors(bytes)
///     let model = try file.model(like: GPT(…), named: { "transformer.\($0)" })
///
/// - Source: the format's description at github.com/huggingface/safetensors.
public struct SafeTensors: Hashable, Sendable {
  /// The kinds of number that the format knows here.
  public enum Kind: String, Sendable, CaseIterable {
    /// Truth values, a byte each.
    case bool = "BOOL"
    /// Unsigned integers of 8 bits.
    case uint8 = "U8"
    /// Signed integers of 8 bits.
    case int8 = "I8"
    /// Unsigned integers of 16 bits.
    case uint16 = "U16"
    /// Signed integers of 16 bits.
    case int16 = "I16"
    /// Unsigned integers of 32 bits.
    case uint32 = "U32"
    /// Signed integers of 32 bits.
    case int32 = "I32"
    /// Unsigned integers of 64 bits.
    case uint64 = "U64"
    /// Signed integers of 64 bits.
    case int64 = "I64"
    /// IEEE binary16.
    case float16 = "F16"
    /// The upper half of binary32.
    case bfloat16 = "BF16"
    /// IEEE binary32.
    case float32 = "F32"
    /// IEEE binary64.
    case float64 = "F64"

    /// Bytes of one number.
    public var size: Int {
      switch self {
      case .bool, .uint8, .int8: 1
      case .uint16, .int16, .float16, .bfloat16: 2
      case .uint32, .int32, .float32: 4
      case .uint64, .int64, .float64: 8
      }
    }
  }

  /// A tensor of the file: what it is, and its little-endian bytes.
  public struct Entry: Hashable, Sendable {
    /// The tensor's name.
    public var name: String
    /// The kind of its numbers.
    public var kind: Kind
    /// The number of entries along each axis.
    public var shape: [Int]
    /// The numbers in row-major order, little-endian.
    public var bytes: [UInt8]

    /// A tensor as bytes.
    ///
    /// - Precondition: there are as many bytes as the shape needs.
    public init(name: String, kind: Kind, shape: [Int], bytes: [UInt8]) {
      require(
        shape.reduce(kind.size, *) == bytes.count,
        "SafeTensors: \(bytes.count) bytes do not fill \(shape) of \(kind)")
      self.name = name
      self.kind = kind
      self.shape = shape
      self.bytes = bytes
    }
  }

  /// The tensors, in the order of their bytes.
  public private(set) var entries: [Entry] = []

  /// Texts that are kept beside the tensors, in the order of the file.
  public internal(set) var metadata: [Note] = []

  /// A text of the file with its name.
  public struct Note: Hashable, Sendable {
    /// What it is called.
    public var name: String
    /// What it says.
    public var text: String
  }

  private var places: [String: Int] = [:]

  /// A file without tensors.
  public init() {}

  /// Adds a tensor as bytes.
  ///
  /// - Precondition: nothing has its name yet, and it is not `__metadata__`.
  public mutating func add(_ entry: Entry) {
    require(
      entry.name != "__metadata__" && places[entry.name] == nil,
      "SafeTensors: '\(entry.name)' is taken")
    places[entry.name] = entries.count
    entries.append(entry)
  }

  /// Adds a tensor.
  public mutating func add<E>(_ tensor: Tensor<E>, as name: String) {
    add(
      Entry(
        name: name, kind: E.kind == .float ? .float32 : .float64, shape: tensor.shape,
        bytes: tensor.bytes))
  }

  /// Adds the parameters of a model by their dotted paths, or by what is made of those.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - name: The name in the file of a path.
  public mutating func add(
    _ model: some Parameterised, named name: (String) -> String = { $0 }
  ) {
    for (path, tensor) in model.namedParameters { add(tensor, as: name(path)) }
  }

  /// Adds a text.
  ///
  /// - Precondition: no text has its name yet.
  public mutating func addMetadata(_ text: String, as name: String) {
    require(
      !metadata.contains { $0.name == name }, "SafeTensors: there is a text '\(name)' already")
    metadata.append(Note(name: name, text: text))
  }

  /// The tensor of a name, as it lies in the file; nil where there is none.
  public func entry(_ name: String) -> Entry? { places[name].map { entries[$0] } }
}
