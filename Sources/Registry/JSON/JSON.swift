/// A JSON value whose numbers keep the spelling they were written with.
///
/// Numbers as texts make the canonical form independent of how a platform prints them.
indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// A number as it is spelled, such as `1e-3`.
  case number(String)
  case string(String)
  case array([JSON])
  /// Members in the byte order of their names; no name twice.
  case object([Member])

  /// One name and value of an object.
  struct Member: Hashable, Sendable {
    let name: String
    let value: JSON
  }

  /// An object from members in any order; those without a value are left out.
  init(object members: [(String, JSON?)]) {
    let present = members.compactMap { name, value in
      value.map { Member(name: name, value: $0) }
    }
    self = .object(
      present.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
  }

  /// An integer.
  init(_ value: some FixedWidthInteger) { self = .number(String(value)) }

  /// A number, with the words `nan`, `inf` and `-inf` where JSON has none.
  init(_ value: Double) {
    self = value.isFinite ? .number(value.description) : .string(value.word)
  }
}

extension Double {
  /// The shortest text that reads back to the same value: `nan`, `inf` and `-inf` as words.
  var word: String { isNaN ? "nan" : description }
}
