import Evidence

/// A number per seed, made from outcomes by arithmetic and reductions along one axis.
///
/// Where axes are left over it is a table per seed, judged point by point: each cell must lie in
/// the band. `Q` is its unit.
public struct Measure<P: Replication, Q: Quantity> {
  let term: Term<P>
}

/// The expression of a measure, without its unit.
indirect enum Term<P: Replication> {
  case quantity(QuantityTerm<P>)
  case constant(Double)
  case unary(UnaryOperation, Term)
  case binary(BinaryOperation, Term, Term)
  case reduced(Reduction, Term, axis: Axis<P>?)
  case best(Term, by: Term, axis: Axis<P>)
  case correlation(Term, Term, ranked: Bool)
  case computed(ComputedTerm<P>)
}

enum UnaryOperation: String { case negated = "−", logarithm = "ln", magnitude = "abs" }
enum BinaryOperation: String { case plus = "+", minus = "−", times = "×", over = "/" }

/// A quantity of one arm, or of several side by side.
struct QuantityTerm<P: Replication> {
  var arms: [P.Arm]
  /// The stored property, by name.
  var name: String
  /// The quantity that serves as axis, by name.
  var against: String?
  /// The readings of one outcome, each with its position on the recorded axis.
  var read: (P.Outcome) -> [Point]
  /// The term that reads another quantity instead and keeps the axis, for controls; nil where the
  /// other one is of another kind.
  var reading: (AnyKeyPath) -> QuantityTerm?
  /// Whether more than one arm is meant, which makes the arm an axis.
  var sideBySide: Bool

  struct Point {
    var axis: (id: String, at: Reading)?
    var reading: Reading
  }
}

/// A statistic that needs the whole sample at once.
struct ComputedTerm<P: Replication> {
  var arms: [P.Arm]
  var words: String
  var compute: (Sample<P>) throws -> Double
}

extension Replication {
  /// A quantity of an arm: one reading for each of its setups.
  public static func the<Q: Quantity>(
    _ quantity: KeyPath<Outcome, Q>, of arm: Arm
  ) -> Measure<Self, Q> {
    the(quantity, ofEach: [arm], sideBySide: false)
  }

  /// A quantity of several arms side by side; the arm becomes an axis.
  public static func the<Q: Quantity>(
    _ quantity: KeyPath<Outcome, Q>, ofEach arms: [Arm]
  ) -> Measure<Self, Q> {
    the(quantity, ofEach: arms, sideBySide: true)
  }

  /// A curve that the trials of an arm recorded; its positions are an axis.
  public static func the<X: Quantity, Q: Quantity>(
    _ series: KeyPath<Outcome, Series<X, Q>>, of arm: Arm
  ) -> Measure<Self, Q> {
    Measure(term: .quantity(seriesTerm(series, of: [arm])))
  }

  /// A quantity read against another one, which becomes the axis instead of the arm's own.
  public static func the<Q: Quantity, A: Quantity>(
    _ quantity: KeyPath<Outcome, Q>, of arm: Arm, against axis: KeyPath<Outcome, A>
  ) -> Measure<Self, Q> {
    let id = "@" + fieldName(axis)
    return Measure(
      term: .quantity(
        QuantityTerm(
          arms: [arm], name: fieldName(quantity), against: fieldName(axis),
          read: {
            [.init(axis: (id, $0[keyPath: axis].reading), reading: $0[keyPath: quantity].reading)]
          },
          reading: { other in
            guard let other = other as? KeyPath<Outcome, Q>,
              case .quantity(let term) = the(other, of: arm, against: axis).term
            else { return nil }
            return term
          },
          sideBySide: false)))
  }

  private static func the<Q: Quantity>(
    _ quantity: KeyPath<Outcome, Q>, ofEach arms: [Arm], sideBySide: Bool
  ) -> Measure<Self, Q> {
    Measure(
      term: .quantity(
        QuantityTerm(
          arms: arms, name: fieldName(quantity), against: nil,
          read: { [.init(axis: nil, reading: $0[keyPath: quantity].reading)] },
          reading: { other in
            guard let other = other as? KeyPath<Outcome, Q>,
              case .quantity(let term) = the(other, ofEach: arms, sideBySide: sideBySide).term
            else { return nil }
            return term
          },
          sideBySide: sideBySide)))
  }

  private static func seriesTerm<X: Quantity, Q: Quantity>(
    _ series: KeyPath<Outcome, Series<X, Q>>, of arms: [Arm]
  ) -> QuantityTerm<Self> {
    let id = seriesAxis(X.self)
    return QuantityTerm(
      arms: arms, name: fieldName(series), against: nil,
      read: { outcome in
        let curve = outcome[keyPath: series]
        return zip(curve.x, curve.y).map { .init(axis: (id, $0.reading), reading: $1.reading) }
      },
      reading: { other in
        (other as? KeyPath<Outcome, Series<X, Q>>).map { seriesTerm($0, of: arms) }
      },
      sideBySide: false)
  }
}

extension Measure {
  /// A statistic of the whole sample at once, where a number per seed cannot say it.
  ///
  /// The band judges the one number; uncertainty belongs into it, as a confidence bound.
  ///
  /// - Parameters:
  ///   - words: The statistic in words.
  ///   - arms: The arms whose outcomes it reads.
  ///   - compute: The statistic of the sample.
  /// - Returns: A measure with one value for all seeds.
  public static func computed(
    _ words: String, of arms: P.Arm..., from compute: @escaping (Sample<P>) throws -> Double
  ) -> Measure {
    Measure(term: .computed(ComputedTerm(arms: arms, words: words, compute: compute)))
  }
}

/// The outcomes of all seeds, for statistics that need the whole sample.
public struct Sample<P: Replication> {
  /// The seeds that were run.
  public let seeds: [Int]
  let lookup: (P.Arm, Int) throws -> [(setup: P.Setup, outcome: P.Outcome)]

  /// The cells of an arm in one seed; throws where a trial is missing.
  public func outcomes(
    of arm: P.Arm, seed: Int
  ) throws -> [(setup: P.Setup, outcome: P.Outcome)] {
    try lookup(arm, seed)
  }
}
