import Diagnostics

/// Why nothing is exported.
enum ExportError: Diagnosable, Equatable {
  /// No claim is meant by the selection.
  case nothing
  /// A file cannot be written.
  case unwritable(path: String, reason: String)
  /// There is no ledger to write a page of.
  case noLedger
  /// Judging a run again gave another verdict although neither claim nor rules moved.
  case unexplained(run: String, claim: String)

  /// What is wrong, and where.
  var problem: String {
    switch self {
    case .nothing: "no claim is selected"
    case .unwritable(let path, let reason): "\(path) cannot be written: \(reason)"
    case .noLedger: "no run is in a ledger here"
    case .unexplained(let run, let claim):
      "run \(run): \(claim) is judged otherwise than recorded, by the same declaration and rules"
    }
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .nothing: "Name a paper, another tier or another run; `replicate list` names the papers."
    case .unwritable: "Name a file in a folder that may be written."
    case .noLedger: "Stand in a repository whose registry/ledger holds runs."
    case .unexplained: "Execute the run again: `replicate run` with --fresh."
    }
  }
}
