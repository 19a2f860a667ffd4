/// One number of an outcome under its path.
struct OutcomeNumber: Hashable, Sendable {
  /// The path, such as `loss` or `curve[3].error`.
  let key: String
  /// The value; nil where a text stands in its place.
  let value: Double?
  /// The exact text where the value alone cannot tell it.
  let text: String?
}

extension JSON {
  /// Every number, truth value and short word in a JSON value, in the order of its text.
  ///
  /// Words are kept since a typed result such as "not reached" stands where a number could; texts
  /// longer than 64 bytes are left to the outcome itself.
  var outcomeNumbers: [OutcomeNumber] {
    var numbers: [OutcomeNumber] = []
    collect(into: &numbers, under: "")
    return numbers
  }

  private func collect(into numbers: inout [OutcomeNumber], under path: String) {
    switch self {
    case .null:
      break
    case .bool(let value):
      numbers.append(OutcomeNumber(key: path, value: value ? 1 : 0, text: nil))
    case .number(let spelling):
      let value = Double(spelling) ?? .nan
      let column = NumberColumn(value)
      // An integer beyond 2^53 keeps its spelling: the double beside it is rounded.
      let exact = value.isFinite && (Int(spelling).map { Int(exactly: value) == $0 } ?? true)
      numbers.append(
        OutcomeNumber(
          key: path, value: column.value, text: exact ? column.text : spelling))
    case .string(let word):
      guard word.utf8.count <= 64 else { return }
      numbers.append(OutcomeNumber(key: path, value: nil, text: word))
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        element.collect(into: &numbers, under: "\(path)[\(index)]")
      }
    case .object(let members):
      for member in members {
        member.value.collect(
          into: &numbers, under: path.isEmpty ? member.name : "\(path).\(member.name)")
      }
    }
  }
}

/// A double as a column that others read and a text where the column would lose something.
struct NumberColumn: Hashable, Sendable {
  let value: Double?
  let text: String?

  /// Finite values stand in the column; the others and negative zero have a text.
  init(_ number: Double) {
    let isPlain = number.isFinite && !(number == 0 && number.sign == .minus)
    self.init(value: number.isFinite ? number : nil, text: isPlain ? nil : number.word)
  }

  init(_ recorded: RecordedValue) {
    switch recorded {
    case .number(let number): self.init(number)
    case .word(let word): self.init(value: nil, text: word)
    }
  }

  private init(value: Double?, text: String?) {
    self.value = value
    self.text = text
  }

  /// What the two columns mean together.
  static func recorded(value: Double?, text: String?) -> RecordedValue {
    switch (value, text) {
    case (let value?, nil): .number(value)
    case (_, "nan"): .number(.nan)
    case (_, "inf"): .number(.infinity)
    case (_, "-inf"): .number(-.infinity)
    case (0, "-0.0"): .number(-0.0)
    case (_, let text?): .word(text)
    case (nil, nil): .word("")
    }
  }
}
