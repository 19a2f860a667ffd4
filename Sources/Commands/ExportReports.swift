import ArgumentParser
import Foundation
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The exports that continuous integration reads.
enum ExportReports {
  struct JUnit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "junit", abstract: "A JUnit report, valid by the schema of Ant's tasks.",
      discussion: "A claim is a test case; an undecided one is skipped, one never judged an error.")

    @Flag(help: "Let undecided claims be failures.") var strict = false
    @OptionGroup var options: ExportOptions

    func run() throws {
      try options.target.write(JUnitReport(options.claims(), strict: strict).text)
    }
  }

  struct GitHub: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "github", abstract: "Annotations at the claims' lines, and a step's summary.",
      discussion: """
        Workflow commands for the claims that fail, are in error or undecided, at most ten errors and \
        ten warnings. The summary is appended to the file that --summary or $GITHUB_STEP_SUMMARY names.
        """)

    @Option(help: "The file of the summary.", completion: .file()) var summary: String?
    @OptionGroup var options: ExportOptions

    func run() throws {
      let claims = try options.claims()
      let variable = ProcessInfo.processInfo.environment["GITHUB_STEP_SUMMARY"]
      if let path = summary ?? variable, !path.isEmpty {
        try SummaryFile(path: path).append(StepSummary(claims))
      }
      try options.target.write(GitHubAnnotations(claims).text)
    }
  }

  struct GitLab: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gitlab", abstract: "A code quality report of GitLab, at the claims' lines.",
      discussion: "GitLab reads `export junit` as its unit test report.")

    @OptionGroup var options: ExportOptions

    func run() throws { try options.target.write(GitLabReport(options.claims()).text) }
  }

  struct BadgeFile: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "badge", abstract: "A badge: JSON for the endpoint of Shields, or SVG.")

    @Flag(help: "Draw it as SVG, as into a file whose name ends in .svg.") var svg = false
    @OptionGroup var options: ExportOptions

    func run() throws {
      let badge = try Badge(options.claims())
      let isDrawn = svg || options.target.output?.hasSuffix(".svg") == true
      try options.target.write(isDrawn ? badge.svg : badge.json)
    }
  }
}

/// The file to which the steps of a job append their summaries.
private struct SummaryFile {
  let path: String

  /// Appends as much of a summary as the file has room for; all that fits, or nothing.
  func append(_ summary: StepSummary) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure() }
    let size = Int(status.st_size)
    let text = summary.text(within: StepSummary.limit - size)
    if text.isEmpty {
      Terminal.standardError.print("warning: \(path.inert) has no room for a summary")
    }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let error = failure()
        _ = ftruncate(file, off_t(size))
        throw error
      }
      rest = rest.dropFirst(count)
    }
  }

  private func failure() -> ExportError {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
