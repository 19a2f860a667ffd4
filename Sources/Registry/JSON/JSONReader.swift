internal import Digests

/// Reads typed values out of JSON; a mismatch names the place and what was expected there.
struct JSONReader {
  /// A value that is missing or of the wrong kind.
  struct Mismatch: Error, Hashable {
    let description: String
  }

  let json: JSON
  let path: String

  init(_ json: JSON, at path: String = "") {
    self.json = json
    self.path = path
  }

  func mismatch(_ expected: String) -> Mismatch {
    Mismatch(description: "\(path.isEmpty ? "the top" : path): expected \(expected)")
  }

  /// The member with a name; missing is a mismatch.
  subscript(name: String) -> JSONReader {
    get throws(Mismatch) {
      guard let member = try optional(name) else { throw mismatch("a member '\(name)'") }
      return member
    }
  }

  /// The member with a name, or nil when there is none.
  func optional(_ name: String) throws(Mismatch) -> JSONReader? {
    guard case .object(let members) = json else { throw mismatch("an object") }
    guard let member = members.first(where: { $0.name == name }) else { return nil }
    return JSONReader(member.value, at: path.isEmpty ? name : "\(path).\(name)")
  }

  /// Refuses members with any other name: what is not understood would be lost.
  func allow(_ names: Set<String>) throws(Mismatch) {
    guard case .object(let members) = json else { throw mismatch("an object") }
    for member in members where !names.contains(member.name) {
      throw mismatch("no member '\(member.name.prefix(40))'")
    }
  }

  func map<Result>(
    _ read: (JSONReader) throws(Mismatch) -> Result
  ) throws(Mismatch) -> [Result] {
    guard case .array(let elements) = json else { throw mismatch("an array") }
    var results: [Result] = []
    results.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      results.append(try read(JSONReader(element, at: "\(path)[\(index)]")))
    }
    return results
  }

  func string() throws(Mismatch) -> String {
    guard case .string(let text) = json else { throw mismatch("a text") }
    return text
  }

  func strings() throws(Mismatch) -> [String] {
    try map { item throws(Mismatch) in try item.string() }
  }

  func bool() throws(Mismatch) -> Bool {
    guard case .bool(let value) = json else { throw mismatch("true or false") }
    return value
  }

  /// A count: an integer that is not negative.
  func int() throws(Mismatch) -> Int {
    guard case .number(let spelling) = json, let value = Int(spelling), value >= 0 else {
      throw mismatch("an integer from 0")
    }
    return value
  }

  /// A seed: an integer that the registry can hold.
  func seed() throws(Mismatch) -> UInt64 { UInt64(try int()) }

  /// A number in its shortest spelling, or one of the words for those that JSON cannot spell.
  func double() throws(Mismatch) -> Double {
    switch json {
    case .number(let spelling):
      guard let value = Double(spelling), value.isFinite else { throw mismatch("a finite number") }
      guard value.description == spelling else {
        throw mismatch("the shortest spelling \(value.description)")
      }
      return value
    case .string("nan"): return .nan
    case .string("inf"): return .infinity
    case .string("-inf"): return -.infinity
    default: throw mismatch("a number")
    }
  }

  /// A duration: a finite number that is not negative.
  func seconds() throws(Mismatch) -> Double {
    let value = try double()
    guard value.isFinite, value >= 0 else { throw mismatch("seconds from 0") }
    return value
  }

  func digest() throws(Mismatch) -> Digest {
    let text = try string()
    guard let digest = Digest(text), digest.description == text else {
      throw mismatch("a digest of 64 hexadecimal characters")
    }
    return digest
  }

  func time() throws(Mismatch) -> Timestamp {
    guard let time = Timestamp(try string()) else { throw mismatch("a time in UTC") }
    return time
  }

  func choice<Choice: RawRepresentable<String>>(of type: Choice.Type) throws(Mismatch) -> Choice {
    guard let choice = Choice(rawValue: try string()) else { throw mismatch("a known word") }
    return choice
  }
}
