package import Evidence
package import Registry
import Replication
package import Runner

/// A claim with its latest judgement, as every export tells it.
package struct ExportedClaim: Sendable {
  /// The paper's id.
  package let paper: String
  /// The paper's title; its id where the catalogue does not have it.
  package let title: String
  /// The claim's key.
  package let claim: String
  /// The tier.
  package let tier: String
  /// The claim as a sentence.
  package let statement: String
  /// Where the paper makes it.
  package let place: String
  /// How seeds become a verdict; nil where the declaration is not legible.
  package let rule: SeedRule?
  /// How the verdict counts.
  package let standing: Standing
  /// The judgement; nil where the claim was never judged at the tier.
  package let judgement: JudgementSummary?
  /// The run whose results were judged.
  package let run: RunSummary?
  /// The run's own judgement of the claim, where the one told was made later.
  let original: JudgementSummary?
  /// What the claim demands differently from the run's own judgement, where it was judged again.
  let moved: GoalpostMove?
  /// What the claim demands differently since it was judged; nil where nothing does.
  package let demand: GoalpostMove?
  /// Whether the judgement is of the declaration that stands now, or there is none.
  package let isCurrent: Bool
  /// Where it is declared, or was when it was judged; nil where that is not known.
  package let source: SourcePlace?
  /// What it accepts as far as that is declared, for one that was never judged.
  let declared: ClaimDeclaration.Part?

  /// How the verdict of a claim counts.
  package enum Standing: Hashable, Sendable {
    /// It counts.
    case judged
    /// The numbers are recorded only, for a reason.
    case recorded(String)
    /// The claim is known to fail here, for a reason.
    case expectedToFail(String)

    /// The standing that a declaration states; one that cannot be read counts.
    init(_ text: String?) {
      func reason(after start: String) -> String? {
        text.flatMap { $0.hasPrefix(start) ? String($0.dropFirst(start.count)) : nil }
      }
      if let reason = reason(after: "recorded: ") {
        self = .recorded(reason)
      } else if let reason = reason(after: "expected to fail: ") {
        self = .expectedToFail(reason)
      } else {
        self = .judged
      }
    }
  }

  /// The paper and the claim, as the command line names them.
  package var path: String { "\(paper)/\(claim)" }

  /// The verdict; nil where the claim was never judged.
  package var verdict: Verdict? { judgement.map { Verdict($0.verdict) } }

  /// The judgement on the scale on which it was made.
  private var judged: JudgedInterval? { judgement.map { JudgedInterval($0, by: rule) } }

  /// The measured number with its interval in words.
  var measured: String { judged?.measuredText ?? "not run" }

  /// What is accepted, in words.
  var accepted: String {
    judged?.acceptedText ?? declared.map { acceptedText($0.band, unit: $0.unit) } ?? ""
  }
}
