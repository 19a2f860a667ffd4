import Digests
import Evidence
import Registry
import Runner

/// The claims as a JUnit report, after the strictest schema in use, that of Ant's tasks.
///
/// A paper is a suite, a claim a test case. An undecided claim is skipped, one that was never judged
/// an error, so that nothing passes silently.
package struct JUnitReport {
  let selection: ExportSelection
  /// Whether an undecided claim is a failure.
  let isStrict: Bool

  /// A report on some claims.
  package init(_ selection: ExportSelection, strict: Bool = false) {
    self.selection = selection
    isStrict = strict
  }

  /// The document.
  package var text: String {
    let suites = selection.papers.enumerated().markup { suite($1, id: $0) }
    let document: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites>
      \(suites)</testsuites>

      """
    return document.text
  }

  private func suite(_ paper: ExportSelection, id: Int) -> Markup {
    let runs = paper.runs
    let cases = paper.claims.map { ($0, Element($0.finding, isStrict: isStrict)) }
    func count(_ kind: Element.Kind) -> Int { cases.count { $0.1.kind == kind } }
    // The moment of a suite that never ran must be one all the same.
    let moment =
      (runs.last?.startedAt).map { String($0.description.prefix(19)) } ?? "1970-01-01T00:00:00"
    let seconds = runs.compactMap(\.seconds).filter { $0.isFinite && $0 >= 0 }.reduce(0, +)
    return """
      <testsuite id="\(id)" package="papers" name="\(name(of: paper))" timestamp="\(moment)" \
      hostname="localhost" tests="\(cases.count)" failures="\(count(.failure))" \
      errors="\(count(.error))" skipped="\(count(.skipped))" \
      time="\(numberText(seconds, decimals: 3))">
      <properties>
      \(properties(of: paper).markup(property))</properties>
      \(cases.markup { testCase($0, $1, in: paper) })<system-out/>
      <system-err/>
      </testsuite>

      """
  }

  private func name(of paper: ExportSelection) -> String {
    "paper.\(paper.claims.first?.paper.singleLine ?? "")"
  }

  private func testCase(
    _ claim: ExportedClaim, _ element: Element, in paper: ExportSelection
  ) -> Markup {
    """
    <testcase name="\(claim.claim.singleLine)" classname="\(name(of: paper))" time="0">\
    \(element.markup(of: claim))</testcase>

    """
  }

  private func property(_ pair: (name: String, value: String)) -> Markup {
    """
    <property name="\(pair.name.singleLine)" value="\(pair.value.singleLine)"/>

    """
  }

  private func properties(of paper: ExportSelection) -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = [("title", paper.claims.first?.title ?? "")]
    for run in paper.runs {
      pairs += [
        ("run", run.id.description), ("tier", run.tier),
        ("commit", run.commit ?? "unknown"),
        ("clean", run.isClean.map { $0 ? "true" : "false" } ?? "unknown"),
      ]
      if let digest = run.outcomeDigest { pairs.append(("outcomeDigest", digest.description)) }
    }
    for claim in paper.claims {
      func add(_ name: String, _ value: String) { pairs.append(("\(claim.claim)/\(name)", value)) }
      guard let judgement = claim.judgement else {
        add("verdict", "not judged")
        continue
      }
      add("verdict", judgement.verdict.rawValue)
      add("estimate", judgement.estimate.map { numberText($0) } ?? "none")
      add("interval", text(judgement.interval))
      add("band", text(judgement.band))
      add("unit", judgement.unit)
      add("seeds", "\(judgement.n)")
    }
    return pairs
  }

  private func text(_ interval: VerdictRecord.Interval?) -> String {
    interval.map { "[\(numberText($0.low)), \(numberText($0.high))]" } ?? "none"
  }

  /// What stands inside a test case.
  private struct Element {
    enum Kind { case passed, skipped, failure, error }
    let kind: Kind
    let finding: Finding

    init(_ finding: Finding, isStrict: Bool) {
      self.finding = finding
      kind =
        switch finding.level {
        case .error: .error
        case .failure: .failure
        case .undecided: isStrict ? .failure : .skipped
        case .aside: .skipped
        case .pass: .passed
        }
    }

    func markup(of claim: ExportedClaim) -> Markup {
      let message = finding.message.singleLine
      let place = claim.source.map { "\ndeclared at \($0.file):\($0.line)" } ?? ""
      let text = "\(claim.statement)\n(\(claim.place))\n\(finding.message)\(place)"
      return switch kind {
      case .passed: ""
      case .skipped: "<skipped message=\"\(finding.kind): \(message)\">\(text)</skipped>"
      case .failure:
        "<failure type=\"\(finding.kind)\" message=\"\(message)\">\(text)</failure>"
      case .error: "<error type=\"\(finding.kind)\" message=\"\(message)\">\(text)</error>"
      }
    }
  }
}
