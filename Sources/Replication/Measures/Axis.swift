/// A direction along which an arm or a curve varies.
///
/// Written as a key path: `\.temperature` for a field of the setup, `\.curve` for the positions of
/// a recorded series, `\.loss` for a quantity that another one was read against.
public struct Axis<P: Replication>: Hashable {
  let id: String
}

/// What the key path of an axis starts from.
@dynamicMemberLookup
public struct Axes<P: Replication> {
  /// A field of the setup.
  public subscript<Value>(dynamicMember field: WritableKeyPath<P.Setup, Value>) -> Axis<P> {
    Axis(id: fieldName(field))
  }

  /// The positions of a recorded series.
  public subscript<X: Quantity, Y: Quantity>(
    dynamicMember series: KeyPath<P.Outcome, Series<X, Y>>
  ) -> Axis<P> {
    Axis(id: seriesAxis(X.self))
  }

  /// A quantity that another one was read against.
  public subscript<Q: Quantity>(dynamicMember quantity: KeyPath<P.Outcome, Q>) -> Axis<P> {
    Axis(id: "@" + fieldName(quantity))
  }
}

/// Names an axis, as in `over: \.temperature`.
public typealias AxisPath<P: Replication> = KeyPath<Axes<P>, Axis<P>>

extension Axis {
  init(_ path: AxisPath<P>) { self = Axes<P>()[keyPath: path] }
}

/// The name of a stored property, as the declaration writes it.
///
/// The description of a key path is `\Type.name`; a computed property has no name there, and a
/// measure on one could not be judged again from what is recorded: the validator refuses it.
func fieldName(_ path: AnyKeyPath) -> String {
  let text = "\(path)"
  return text.firstIndex(of: ".").map { String(text[text.index(after: $0)...]) } ?? text
}

/// Whether a name from `fieldName` is that of a stored property.
func isStored(_ name: String) -> Bool { !name.contains("<") }

/// The axis of a series: its unit, marked so that no field of a setup can be meant.
func seriesAxis<X: Quantity>(_ type: X.Type) -> String {
  "@" + (X.unit.isEmpty ? "x" : X.unit)
}

/// A position on an axis.
enum Coordinate: Hashable, Comparable, CustomStringConvertible {
  case number(Double)
  case text(String)

  init(_ value: JSONValue) {
    switch value {
    case .number(let number): self = .number(number)
    case .string(let text): self = .text(text)
    case .bool(let flag): self = .text(flag ? "true" : "false")
    default: self = .text((try? Canonical.text(value)) ?? "\(value)")
    }
  }

  var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  var description: String {
    switch self {
    case .number(let value):
      value == value.rounded() && abs(value) < 1e15 ? "\(Int64(value))" : "\(value)"
    case .text(let text): text
    }
  }

  static func < (lhs: Coordinate, rhs: Coordinate) -> Bool {
    switch (lhs, rhs) {
    case (.number(let a), .number(let b)): a < b
    case (.text(let a), .text(let b)): a < b
    case (.number, .text): true
    case (.text, .number): false
    }
  }
}
