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
        vertical: figure.vertical, unit: figure.unit, scale: figure.scale, form: figure.form,
        shade: figure.shade,
        shades: figure.shades.map { Interval(lower: $0.lowerBound, upper: $0.upperBound) },
        lines: try images(of: figure, grids, book, seeds)
          + figure.lines.flatMap { line in
            do throws(MeasureError) {
              let tables = try tables(line.term, grids, book, seeds)
              guard let axis = figure.axis else { return [spread(tables, line.name)] }
              return try drawn(line, along: axis.id, of: figure, tables)
            } catch {
              throw FigureError(figure: figure.title, line: line.name, reason: error.message)
            }
          })
    }
  }

  /// The images of a grid as lines, row by row.
  private static func images(
    of figure: Figure<Self>, _ grids: Grids<Self>, _ book: OutcomeBook<Self>, _ seeds: [Int]
  ) throws -> [DrawnFigure.Line] {
    guard let grid = figure.grid else { return [] }
    return try grid.rows.flatMap { row in
      var fault = MeasureError("no trial was run")
      for seed in seeds {
        do throws(MeasureError) {
          var lines: [DrawnFigure.Line] = []
          for (setup, at) in grids.cells(of: row.images.arm) {
            let rest = Table.Cell(at: at, reading: .value(0)).label
            let images = row.images.read(try book.outcome(setup, seed: seed))
            lines += images.enumerated().map { index, image in
              DrawnFigure.Line(
                rest.isEmpty ? row.name : "\(row.name), \(rest)", panel: grid.column(index),
                points: image.points,
                image: .init(
                  height: image.height, width: image.width, channels: image.channels, seed: seed))
            }
          }
          if !lines.isEmpty { return lines }
          fault = MeasureError("no image was recorded")
        } catch {
          fault = error
        }
      }
      throw FigureError(figure: figure.title, line: row.name, reason: fault.message)
    }
  }

  /// The table of each seed whose trials are all there; throws where no seed has any.
  private static func tables(
    _ term: Term<Self>, _ grids: Grids<Self>, _ book: OutcomeBook<Self>, _ seeds: [Int]
  ) throws(MeasureError) -> [(seed: Int, table: Table)] {
    var tables: [(seed: Int, table: Table)] = []
    var fault = MeasureError("no trial was run")
    for seed in seeds {
      let evaluation = Evaluation(seed: seed, grids: grids) { setup throws(MeasureError) in
        try book.outcome(setup, seed: seed)
      }
      do throws(MeasureError) { tables.append((seed, try evaluation.table(term))) } catch {
        fault = error
      }
    }
    if tables.isEmpty { throw fault }
    return tables
  }

  /// Every number of a measure, each counted once.
  private static func spread(
    _ tables: [(seed: Int, table: Table)], _ name: String
  ) -> DrawnFigure.Line {
    let values = tables.flatMap { $0.table.cells.compactMap(\.reading.number) }.sorted()
    return DrawnFigure.Line(
      name, points: values.map { DrawnFigure.Point(x: "\($0)", y: 1, seeds: 1) })
  }

  private static func drawn(
    _ line: (name: String, term: Term<Self>), along axis: String, of figure: Figure<Self>,
    _ tables: [(seed: Int, table: Table)]
  ) throws(MeasureError) -> [DrawnFigure.Line] {
    var readings: [[String: Coordinate]: [Coordinate: [SeedReading]]] = [:]
    for (seed, table) in tables {
      for axis in [axis, figure.rows?.id, figure.panels?.id].compactMap(\.self)
      where !table.axes.contains(axis) {
        throw MeasureError("\(line.term.text) does not vary along \(axis)")
      }
      for (at, points) in table.groups(along: axis) {
        for (position, reading) in points {
          readings[at, default: [:]][position, default: []].append(
            SeedReading(seed: seed, reading: reading))
        }
      }
    }
    let groups = readings.map { at, points in
      (at: at, order: at.sorted { $0.key < $1.key }.map(\.value), points: points)
    }
    let row = figure.rows?.id ?? ""
    return groups.sorted { $0.order.lexicographicallyPrecedes($1.order) }.map { group in
      var at = group.at
      let panel = figure.panels.flatMap { axis in
        at.removeValue(forKey: axis.id).map { "\(axis.name)=\($0)" }
      }
      let rowName = at.removeValue(forKey: row)?.description
      let rest = Table.Cell(at: at, reading: .value(0)).label
      return DrawnFigure.Line(
        rowName ?? (rest.isEmpty ? line.name : "\(line.name), \(rest)"), panel: panel ?? "",
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

extension RecordedImage {
  /// The values with the line and the pixel that they belong to.
  fileprivate var points: [DrawnFigure.Point] {
    values.enumerated().map { index, value in
      let (pixel, channel) = index.quotientAndRemainder(dividingBy: channels)
      let (line, column) = pixel.quotientAndRemainder(dividingBy: width)
      let colour = channels == 1 ? "" : [",red", ",green", ",blue"][channel]
      return DrawnFigure.Point(x: "\(line),\(column)\(colour)", y: value, seeds: 1)
    }
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
    if lines.isEmpty, grid?.rows.isEmpty ?? true { problems.append("has no line") }
    if form == .images, grid == nil {
      problems.append("an image grid has no axis: declare it with `imagesOf`")
    }
    if let grid {
      for (name, images) in grid.rows {
        if !isStored(images.name) {
          problems.append("row '\(name)': reads \(images.name), which is not stored")
        }
        if !read.contains(images.arm) {
          problems.append(
            "row '\(name)': reads arm \(images.arm.rawValue), which no claim of this tier runs")
        }
      }
      if Set(grid.rows.map(\.name)).count < grid.rows.count {
        problems.append("two rows have one name")
      }
    }
    if form == .heatMap, rows == nil {
      problems.append("a heat map needs rows: declare it `by` them")
    }
    if form == .heatMap, scale == .logAxis || scale == .logLog {
      problems.append(
        "a heat map has its positions side by side: only its shades can be logarithmic")
    }
    if form == .histogram, axis != nil {
      problems.append("a histogram has no axis: declare it with `spreadOf`")
    }
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
