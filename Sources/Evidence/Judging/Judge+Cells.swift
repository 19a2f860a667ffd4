/// One cell of a grid, a curve or a table, to be judged by itself.
public struct Cell: Hashable, Codable, Sendable {
  /// What tells the cell from the others, such as `width 64`.
  public let label: String
  /// The readings of its seeds.
  public let readings: [SeedReading]

  /// A cell with the readings of its seeds.
  public init(label: String, readings: [SeedReading]) {
    self.label = label
    self.readings = readings
  }
}

/// The judgement of one cell.
public struct JudgedCell: Hashable, Codable, Sendable {
  /// What tells the cell from the others.
  public let label: String
  /// Its own judgement.
  public let judgement: Judgement
}

/// The judgements of all cells and of the one that decides.
public struct JudgedCells: Hashable, Codable, Sendable {
  /// The deciding cell's judgement; its reason names the cell.
  public let overall: Judgement
  /// Every cell in the given order.
  public let cells: [JudgedCell]
}

/// Judges every cell against the band; the gravest verdict holds for all.
///
/// Among cells of the gravest verdict the one decides whose estimate is nearest to leaving the
/// band, or furthest outside. All cells must pass, so a pass needs no correction for their number; a
/// fail of one in many cells happens by chance more often than a fail of one, so that they share the
/// level at which they fail. No cell at all is an error.
///
/// - Parameters:
///   - cells: The cells with the readings of their seeds.
///   - rule: How seeds become one verdict, the same in every cell.
///   - band: The accepted numbers, the same in every cell.
///   - traits: What is known of the measure's values.
///   - level: The chance with which a truth in the band may be failed in one cell.
/// - Returns: The judgement that decides, and that of every cell.
public func judge(
  cells: [Cell], by rule: SeedRule, against band: Band, of traits: Traits = Traits(),
  failing level: Double = 0.05
) -> JudgedCells {
  let judged = cells.map { cell in
    JudgedCell(
      label: cell.label,
      judgement: judge(
        cell.readings, by: rule, against: band, of: traits, failing: level))
  }
  let worst = Verdict.worst(of: judged.map(\.judgement.verdict))
  let gravest = judged.filter { $0.judgement.verdict == worst }
  // For a share the estimate is compared with the demanded share, not with the band.
  var target = band
  if case .share(of: _, atLeast: let share) = rule, rule.problem == nil { target = .atLeast(share) }
  let deciding = gravest.min {
    $0.judgement.room(in: target) < $1.judgement.room(in: target)
  }
  guard let deciding else {
    return JudgedCells(
      overall: Judgement(verdict: .error, n: 0, reason: "there is no cell to judge"), cells: [])
  }
  let prefix =
    worst == .pass
    ? "all \(judged.count) cells pass, the tightest at \(deciding.label): "
    : "\(gravest.count) of \(judged.count) cells, first \(deciding.label): "
  let single = judged.count == 1 ? "at \(deciding.label): " : prefix
  let judgement = deciding.judgement
  return JudgedCells(
    overall: Judgement(
      verdict: worst, estimate: judgement.estimate, interval: judgement.interval, n: judgement.n,
      reason: single + judgement.reason),
    cells: judged)
}

extension Judgement {
  /// How far inside a band the estimate lies; negative outside, least of all without an estimate.
  fileprivate func room(in band: Band) -> Double {
    estimate.map { min($0 - band.lower, band.upper - $0) } ?? -.infinity
  }
}
