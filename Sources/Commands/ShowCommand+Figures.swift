import Diagnostics
import Digests
import Foundation
import Registry
import Replication
import Reports
import Runner

extension ShowCommand {
  /// Prints the figures as the youngest complete run of the tier measured them.
  func showFigures(of paper: any Replication.Type, from registry: ResultRegistry) throws {
    let (run, drawn) = try drawnFigures(of: paper, from: registry)
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(
        try Canonical.text(FiguresJSON(id: paper.paper.id, tier: tier, run: run, figures: drawn)))
    } else {
      for line in CSV.lines(drawn) { terminal.print(line) }
    }
  }

  /// Draws one figure in characters, or into a file.
  func draw(
    _ name: String, of paper: any Replication.Type, from registry: ResultRegistry
  ) throws {
    let (run, drawn) = try drawnFigures(of: paper, from: registry)
    let names = drawn.map { figureName($0.title) }
    let wanted = figureName(name)
    let byNumber = Int(name).flatMap { drawn.indices.contains($0 - 1) ? $0 - 1 : nil }
    let found = names.indices.filter { names[$0].contains(wanted) }
    guard
      let index = byNumber ?? names.firstIndex(of: wanted) ?? (found.count == 1 ? found[0] : nil)
    else { throw ShowError.unknownFigure(paper: paper.paper.id, name, names: names) }
    let terminal = Terminal.standardOutput
    if let svg { try write(FigureDrawing(drawn[index]).file, to: svg) }
    if let png {
      try Rasterizer.write(
        FigureDrawing(drawn[index], scale: scale).file, to: png, scale: scale)
    }
    if svg != nil || png != nil { return }
    if json {
      terminal.print(
        try Canonical.text(
          FiguresJSON(id: paper.paper.id, tier: tier, run: run, figures: [drawn[index]])))
    } else {
      for line in TerminalFigure(drawn[index], width: terminal.width).lines { terminal.print(line) }
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw ShowError.unwritable(path: path, reason: error.localizedDescription)
    }
  }

  private func drawnFigures(
    of paper: any Replication.Type, from registry: ResultRegistry
  ) throws -> (run: Digest, figures: [DrawnFigure]) {
    let id = paper.paper.id
    guard
      let run = try registry.latestRuns().first(where: {
        $0.paper == id && $0.tier == tier.rawValue
      })
    else { throw ShowError.noRun(paper: id, tier: tier) }
    let drawn = try paper.drawnFigures(at: tier, from: registry.results(of: run.id))
    if drawn.isEmpty { throw ShowError.noFigure(paper: id, tier: tier) }
    return (run.id, drawn)
  }
}

/// Why there is no figure to show.
enum ShowError: Diagnosable, Equatable {
  /// The tier has never been run to its end.
  case noRun(paper: String, tier: Tier)
  /// The paper declares no figure at the tier.
  case noFigure(paper: String, tier: Tier)
  /// No figure of the paper, or more than one, is meant by the name.
  case unknownFigure(paper: String, String, names: [String])
  /// The figure's file cannot be written.
  case unwritable(path: String, reason: String)

  /// What is wrong, and where.
  var problem: String {
    switch self {
    case .noRun(let paper, let tier): "\(paper): no complete run of the \(tier) tier is recorded"
    case .noFigure(let paper, let tier): "\(paper) declares no figure at the \(tier) tier"
    case .unknownFigure(let paper, let name, _): "\(paper): no one figure is meant by '\(name)'"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    }
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .noRun(let paper, let tier): "Run `replicate \(paper) --tier \(tier)`."
    case .noFigure: "Try another tier."
    case .unknownFigure(_, _, let names): "Its figures are: \(names.joined(separator: ", "))."
    case .unwritable: "Name a file in a folder that may be written."
    }
  }
}

/// The object that `show --figures --json` prints.
private struct FiguresJSON: Encodable {
  var schema = "replicate.figures/1"
  var id: String
  var tier: Tier
  var run: Digest
  var figures: [DrawnFigure]
}
