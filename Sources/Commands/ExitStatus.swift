import ArgumentParser
import Browser
import Datasets
import Diagnostics
import Evidence
import Provenance
import Registry
import Replication
import Reports
import Runner

/// The fixed exit codes: scripts depend on them.
enum ExitStatus: Int32 {
  case pass = 0
  case claimFailed = 1
  case inconclusive = 2
  case infrastructure = 3
  case nothingSelected = 5
  case usage = 64
  case badInput = 65
  case registryUnavailable = 69

  /// What a run's verdicts amount to: an error outweighs a failure, that an undecided claim.
  init(of verdicts: [Verdict]) {
    switch verdicts.max() {
    case nil: self = .nothingSelected
    case .pass: self = .pass
    case .inconclusive: self = .inconclusive
    case .fail: self = .claimFailed
    case .error: self = .infrastructure
    }
  }

  /// What an error of the world amounts to.
  init(of error: any Diagnosable) {
    switch error {
    case let error as SelectionError: self = error.selectsNothing ? .nothingSelected : .usage
    case let error as RegistryError: self = error.isInputFault ? .badInput : .registryUnavailable
    case is DeclarationErrors: self = .badInput
    case ShowError.unwritable: self = .infrastructure
    case ShowError.unknownFigure: self = .usage
    case is ShowError: self = .nothingSelected
    case SiteError.foreignFolder: self = .usage
    case BrowserError.publicAddress, BrowserError.namelessAddress, BrowserError.badAddress:
      self = .usage
    case ExportError.nothing, ExportError.noLedger: self = .nothingSelected
    case let error as CompareError: self = error.isUsage ? .usage : .nothingSelected
    default: self = .infrastructure
    }
  }

  /// Ends the command with this code.
  func exit() throws {
    if self != .pass { throw ExitCode(rawValue) }
  }
}

/// A selection on the command line that names nothing.
enum SelectionError: Diagnosable, Equatable {
  case unknownPaper(String, nearest: String?)
  case unknownClaim(paper: String, String, nearest: String?)
  case notJudged(paper: String, claims: String, tier: String)
  case unknownDataset(String)
  case badValue(option: String, String, expected: String)
  case nothing
  /// No paper's outcomes can have changed since a revision.
  case unchanged(since: String)
  /// The sources of a paper do not lie in the repository whose changes are asked for.
  case elsewhere(paper: String, repository: String)
  /// A revision names no commit.
  case unknownRevision(String)

  var selectsNothing: Bool {
    switch self {
    case .nothing, .notJudged, .unchanged: true
    default: false
    }
  }

  var problem: String {
    switch self {
    case .unknownPaper(let id, _): "no paper '\(id)'"
    case .unknownClaim(let paper, let id, _): "\(paper): no claim '\(id)'"
    case .notJudged(let paper, let claims, let tier):
      "\(paper): nothing to judge at \(tier): no claim of \(claims)"
    case .unknownDataset(let name): "no data set '\(name)'"
    case .badValue(let option, let value, let expected): "\(option) \(value): expected \(expected)"
    case .nothing: "nothing selected"
    case .unchanged(let base): "nothing that outcomes depend on has changed since \(base)"
    case .elsewhere(let paper, let repository):
      "the sources of \(paper) do not lie in the repository \(repository)"
    case .unknownRevision(let revision): "'\(revision)' names no commit of this repository"
    }
  }

  var remedy: String {
    switch self {
    case .unknownPaper(_, let nearest?): "Did you mean '\(nearest)'?"
    case .unknownPaper: "`replicate list` names the papers."
    case .unknownClaim(let paper, _, let nearest):
      nearest.map { "Did you mean '\($0)'?" } ?? "`replicate show \(paper)` names its claims."
    case .notJudged(let paper, _, let tier):
      "`replicate show \(paper) --tier \(tier)` names the claims of that tier."
    case .unknownDataset: "`replicate data list` names the data sets."
    case .badValue: "See `replicate help`."
    case .nothing: "Name a paper, or --all; `replicate list` names the papers."
    case .unchanged: "Name a paper, --all, or an earlier revision with --since."
    case .elsewhere: "Stand in the repository that has them, or name what to run."
    case .unknownRevision: "Fetch it, or name another; `git log` shows what is there."
    }
  }
}

/// The problems that `check` found, all of them.
struct DeclarationErrors: Diagnosable {
  var problems: [DeclarationProblem]

  var problem: String {
    problems.map { "\($0.place): \($0.problem)" }.joined(separator: "\nerror: ")
  }

  var remedy: String { "Mend the declaration; `replicate check` reads it without running it." }
}
