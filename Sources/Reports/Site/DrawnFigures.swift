import Digests
import Registry
import Replication
import Runner

/// The figures of a paper as its youngest complete run measured them.
struct DrawnFigures {
  /// The figures, in the order of the declaration.
  private(set) var figures: [DrawnFigure] = []
  /// The run that measured them.
  private(set) var run: Digest?
  /// What stands where there is none.
  private(set) var absence: Markup = ""

  init(of paper: PaperReport, from registry: ResultRegistry) throws {
    guard let declared = paper.declared else { return }
    guard let headline = paper.headline, let tier = Tier(rawValue: headline.tier) else {
      absence = "<p class=\"absent\">No figure: no run of the paper was complete.</p>"
      return
    }
    run = headline.id
    let results = try registry.results(of: headline.id)
    do {
      figures = try declared.drawnFigures(at: tier, from: results)
      if figures.isEmpty {
        absence =
          "<p class=\"absent\">The paper declares no figure at the \(headline.tier) tier.</p>"
      }
    } catch {
      // Drawing follows the declaration of today, which an older run may not have measured.
      absence = """
        <p class="absent">The figures cannot be drawn from run \(headline.id.short): \("\(error)")</p>
        """
    }
  }
}
