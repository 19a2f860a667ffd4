/// HTML or SVG that is safe to write into a page.
///
/// The only unescaped text is that of literals in our own source: a literal is a `StaticString`, so
/// that no value can take its place. Every value that is interpolated is escaped for element
/// content and for quoted attributes alike; markup inside markup stays what it is.
///
///     let row: Markup = "<td title=\"\(claim.statement)\">\(claim.id)</td>"
public struct Markup: Hashable, Sendable {
  /// The bytes, in UTF-8.
  public private(set) var bytes: [UInt8]

  /// Nothing.
  public init() { bytes = [] }

  /// A file of our own; ``Asset`` alone uses it.
  init(asset bytes: [UInt8]) { self.bytes = bytes }

  /// Appends markup.
  public mutating func append(_ other: Markup) { bytes.append(contentsOf: other.bytes) }

  /// Two pieces of markup, one after the other.
  public static func + (lhs: Markup, rhs: Markup) -> Markup {
    var sum = lhs
    sum.append(rhs)
    return sum
  }

  /// Appends markup.
  public static func += (lhs: inout Markup, rhs: Markup) { lhs.append(rhs) }

  /// Whether there is nothing.
  public var isEmpty: Bool { bytes.isEmpty }

  /// The markup as text.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}

extension Markup: ExpressibleByStringInterpolation {
  /// Markup from a literal of the source.
  public init(stringLiteral literal: StaticString) {
    bytes = literal.withUTF8Buffer { Array($0) }
  }

  /// Markup from a literal with values in it.
  public init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

  /// Collects the pieces of a literal.
  public struct Interpolation: StringInterpolationProtocol {
    var bytes: [UInt8] = []

    /// Makes room for the pieces.
    public init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// Appends a literal as it is.
    public mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends a value, escaped.
    public mutating func appendInterpolation(_ text: String) { text.appendEscaped(to: &bytes) }

    /// Appends a value, escaped.
    public mutating func appendInterpolation(_ text: Substring) {
      String(text).appendEscaped(to: &bytes)
    }

    /// Appends a whole number.
    public mutating func appendInterpolation(_ number: Int) {
      bytes.append(contentsOf: String(number).utf8)
    }

    /// Appends a position in a drawing, to hundredths.
    public mutating func appendInterpolation(at position: Double) {
      bytes.append(contentsOf: coordinateText(position).utf8)
    }

    /// Appends markup as it is.
    public mutating func appendInterpolation(_ markup: Markup) {
      bytes.append(contentsOf: markup.bytes)
    }

    /// Appends markup where there is some.
    public mutating func appendInterpolation(_ markup: Markup?) {
      if let markup { bytes.append(contentsOf: markup.bytes) }
    }
  }
}

extension Sequence where Element == Markup {
  /// The pieces one after the other.
  public func joined() -> Markup { reduce(into: Markup()) { $0.append($1) } }

  /// The pieces with a separator between them.
  public func joined(separator: Markup) -> Markup {
    var sum = Markup()
    for (index, piece) in enumerated() {
      if index > 0 { sum.append(separator) }
      sum.append(piece)
    }
    return sum
  }
}

extension Sequence {
  /// The markup of each element, one after the other.
  func markup(_ piece: (Element) throws -> Markup) rethrows -> Markup {
    var sum = Markup()
    for element in self { sum.append(try piece(element)) }
    return sum
  }
}

/// A position in a drawing as text: at most two decimals, the same on every machine.
package func coordinateText(_ position: Double) -> String {
  guard position.isFinite, position.magnitude < 1e9 else { return "0" }
  let hundredths = Int((position * 100).rounded())
  let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
  let sign = hundredths < 0 ? "-" : ""
  if rest == 0 { return "\(sign)\(whole)" }
  return rest % 10 == 0
    ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
}
