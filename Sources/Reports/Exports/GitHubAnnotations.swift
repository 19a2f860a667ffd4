import Runner

/// The claims that do not hold as workflow commands, which GitHub shows at their declarations.
package struct GitHubAnnotations {
  /// How many annotations of a kind GitHub shows of one step.
  package static let limit = 10

  let selection: ExportSelection

  /// Annotations of some claims.
  package init(_ selection: ExportSelection) { self.selection = selection }

  /// The commands, a line each, the gravest first; the last tells how many are left out.
  package var text: String {
    let claims = selection.claims.enumerated().map { ($1.finding, $0, $1) }.sorted {
      ($0.0.level.rawValue, $0.1) < ($1.0.level.rawValue, $1.1)
    }
    let errors = claims.filter { $0.0.level == .error || $0.0.level == .failure }
    let warnings = claims.filter { $0.0.level == .undecided }
    var lines = errors.prefix(Self.limit).map { Self.command("error", $0.2, $0.0) }
    lines += warnings.prefix(Self.limit).map { Self.command("warning", $0.2, $0.0) }
    let left = (
      max(0, errors.count - Self.limit), max(0, warnings.count - Self.limit)
    )
    if left.0 + left.1 > 0 {
      lines.append(
        "::notice title=replicate::left out, because GitHub shows \(Self.limit) of a kind: "
          + "\(left.0) in error or failing, \(left.1) undecided")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func command(
    _ name: String, _ claim: ExportedClaim, _ finding: Finding
  ) -> String {
    var properties: [String] = []
    if let source = claim.source {
      properties += ["file=\(property(source.file))", "line=\(source.line)"]
    }
    properties.append("title=\(property("\(claim.path) \(word(of: finding))"))")
    let message = "\(claim.statement) (\(claim.place))\n\(finding.message)"
    return "::\(name) \(properties.joined(separator: ","))::\(data(message))"
  }

  private static func word(of finding: Finding) -> String {
    switch finding.level {
    case .error: "error"
    case .failure: "fails"
    case .undecided: "undecided"
    case .aside, .pass: finding.kind
    }
  }

  /// A message, in which a line break is one for GitHub too.
  static func data(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { String($0).inert.replacing("%", with: "%25") }.joined(separator: "%0A")
  }

  /// The value of a property, which a colon or a comma would end.
  static func property(_ text: String) -> String {
    data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
  }
}
