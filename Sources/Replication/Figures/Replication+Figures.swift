import Evidence

extension Replication {
  /// The figures of a tier, with the numbers of its trials.
  ///
  /// A seed whose trials are not all there is left out of a line, and the points say how many
  /// seeds they stand on.
  ///
  /// - Parameters:
  ///   - tier: The tier that was run.
  ///   - results: What each trial gave.
  /// - Returns: One figure for each that the tier declares.
  /// - Throws: ``FigureError`` where a line has no seed at all, saying what is missing.
  public static func drawnFigures(
    at tier: Tier, from results: [TrialKey: TrialResult]
  ) throws -> [DrawnFigure] {
    let book = OutcomeBook<Self>(results: results)
    let grids = try Grids<Self>(at: tier)
    let seeds = Set(results.keys.map(\.seed)).sorted()
    return try figures(at: tier).map { figure in
      DrawnFigure(
        title: figure.title, place: figure.place.description, horizontal: figure.horizontal,
        vertical: figure.vertical, unit: figure.unit, scale: figure.scale.rawValue,
        lines: try figure.lines.flatMap { line in
          do throws(MeasureError) {
            return try drawn(line.term, line.name, along: figure.axis.id, grids, book, seeds)
          } catch {
            throw FigureError(figure: figure.title, line: line.name, reason: error.message)
          }
        })
    }
  }

  private static func drawn(
    _ term: Term<Self>, _ name: String, along axis: String, _ grids: Grids<Self>,
    _ book: OutcomeBook<Self>, _ seeds: [Int]
  ) throws(MeasureError) -> [DrawnFigure.Line] {
    var readings: [[String: Coordinate]: [Coordinate: [SeedReading]]] = [:]
    var fault = MeasureError("no trial was run")
    for seed in seeds {
      let evaluation = Evaluation(seed: seed, grids: grids) { setup throws(MeasureError) in
        try book.outcome(setup, seed: seed)
      }
      let table: Table
      do throws(MeasureError) { table = try evaluation.table(term) } catch {
        fault = error
        continue
      }
      guard table.axes.contains(axis) else {
        throw MeasureError("\(term.text) does not vary along \(axis)")
      }
      for (at, points) in table.groups(along: axis) {
        for (position, reading) in points {
          readings[at, default: [:]][position, default: []].append(
            SeedReading(seed: seed, reading: reading))
        }
      }
    }
    if readings.isEmpty { throw fault }
    let groups = readings.map { (label: Table.Cell(at: $0, reading: .value(0)).label, points: $1) }
    return groups.sorted { $0.label < $1.label }.map { group in
      DrawnFigure.Line(
        name: group.label.isEmpty ? name : "\(name), \(group.label)",
        points: group.points.sorted { $0.key < $1.key }.map { point($0.key, $0.value) })
    }
  }

  private static func point(_ x: Coordinate, _ readings: [SeedReading]) -> DrawnFigure.Point {
    let everything = Band.atLeast(-.greatestFiniteMagnitude)
    let count = readings.count
    let judgement = Evidence.judge(
      readings, by: count > 1 ? .mean(of: count) : .once, against: everything)
    return DrawnFigure.Point(
      x: x.description, y: judgement.estimate, interval: count > 1 ? judgement.interval : nil,
      seeds: count)
  }
}

/// A figure that cannot be drawn.
struct FigureError: Error, CustomStringConvertible {
  var figure: String
  var line: String
  var reason: String

  var description: String { "figure '\(figure)', line '\(line)': \(reason)" }
}

extension Figure {
  /// Everything wrong with the figure at a tier; `read` are the arms that the tier's claims run.
  func problems(at tier: Tier, read: Set<P.Arm>) -> [String] {
    var problems: [String] = []
    if title.isEmpty || horizontal.isEmpty || vertical.isEmpty {
      problems.append("title or axes are not named")
    }
    if lines.isEmpty { problems.append("has no line") }
    if Set(lines.map(\.name)).count < lines.count { problems.append("two lines have one name") }
    for (name, term) in lines {
      for quantity in term.quantityNames where !isStored(quantity) {
        problems.append("line '\(name)': reads \(quantity), which is not stored")
      }
      for arm in term.arms.subtracting(read).map(\.rawValue).sorted() {
        problems.append("line '\(name)': reads arm \(arm), which no claim of this tier runs")
      }
    }
    return problems
  }
}
