/// A substitution inside the claim's own measure under which the claim must not pass.
///
/// A claim whose control passes too shows nothing: it is vacuous, an error of the declaration.
public struct Control<P: Replication> {
  enum Substitution {
    case arm(P.Arm, for: P.Arm)
    case quantity(AnyKeyPath, for: String, name: String)
    case relabelled(Axis<P>, Relabelling)
  }

  enum Relabelling: String { case reversed, shuffled }

  var substitutions: [Substitution]
  /// Why the claim can have no control.
  var absence: String?

  /// Another arm in place of an arm.
  public static func putting(_ arm: P.Arm, for original: P.Arm) -> Control {
    Control(substitutions: [.arm(arm, for: original)])
  }

  /// Another recorded quantity in place of a quantity.
  public static func putting<Q: Quantity>(
    _ quantity: KeyPath<P.Outcome, Q>, for original: KeyPath<P.Outcome, Q>
  ) -> Control {
    Control(substitutions: [
      .quantity(quantity, for: fieldName(original), name: fieldName(quantity))
    ])
  }

  /// Another recorded curve in place of a curve.
  public static func putting<X: Quantity, Q: Quantity>(
    _ series: KeyPath<P.Outcome, Series<X, Q>>, for original: KeyPath<P.Outcome, Series<X, Q>>
  ) -> Control {
    Control(substitutions: [.quantity(series, for: fieldName(original), name: fieldName(series))])
  }

  /// The labels of an axis in reversed order.
  public static func reversing(_ axis: AxisPath<P>) -> Control {
    Control(substitutions: [.relabelled(Axis(axis), .reversed)])
  }

  /// The labels of an axis shuffled, anew in each seed.
  public static func shuffling(_ axis: AxisPath<P>) -> Control {
    Control(substitutions: [.relabelled(Axis(axis), .shuffled)])
  }

  /// No control, with the reason why the claim can have none.
  public static func none(_ reason: String) -> Control {
    Control(substitutions: [], absence: reason)
  }

  /// This substitution and another one together.
  public func and(_ other: Control) -> Control {
    Control(substitutions: substitutions + other.substitutions, absence: absence)
  }

  /// The substitution in words.
  var words: String {
    substitutions.map { substitution in
      switch substitution {
      case .arm(let arm, let original): "\(arm.rawValue) for \(original.rawValue)"
      case .quantity(_, let original, let name): "\(name) for \(original)"
      case .relabelled(let axis, let how): "\(axis.id) \(how.rawValue)"
      }
    }.joined(separator: ", ")
  }

  /// The term under the substitution; axis relabelling happens when it is evaluated.
  func applied(to term: Term<P>) -> Term<P> {
    substitutions.reduce(term) { term, substitution in
      switch substitution {
      case .arm(let arm, let original): term.replacing(original, by: arm)
      case .quantity(let path, let original, _):
        term.mapQuantities { leaf in
          guard leaf.name == original else { return leaf }
          guard let other = leaf.reading(path) else {
            fatalError("putting: \(path) is not of the kind of \(original)")
          }
          return other
        }
      case .relabelled: term
      }
    }
  }
}

extension Term {
  fileprivate func replacing(_ original: P.Arm, by arm: P.Arm) -> Term {
    func swap(_ candidate: P.Arm) -> P.Arm { candidate == original ? arm : candidate }
    return mapQuantities { term in
      var replaced = term
      replaced.arms = term.arms.map(swap)
      let arms = replaced.arms
      replaced.reading = { path in
        var other = term.reading(path)
        other?.arms = arms
        return other
      }
      return replaced
    } computed: { term in
      var replaced = term
      replaced.arms = term.arms.map(swap)
      replaced.compute = { sample in
        try term.compute(Sample(seeds: sample.seeds) { try sample.lookup(swap($0), $1) })
      }
      return replaced
    }
  }
}
