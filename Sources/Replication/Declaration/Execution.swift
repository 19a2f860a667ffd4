public import Diagnostics

extension Replication {
  /// Executes one trial from the text of its setup.
  ///
  /// - Parameters:
  ///   - setup: The canonical text of the setup.
  ///   - trial: The seed and what else the trial may read.
  /// - Returns: The canonical text of the outcome.
  /// - Throws: What the method throws; ``OutcomeError`` where a number is not finite.
  public static func execute(setup: String, in trial: Trial) throws -> String {
    let outcome = try run(try Canonical.decode(Setup.self, from: setup), in: trial)
    let data = try Canonical.data(outcome)
    let leaves = try Canonical.decode(JSONValue.self, from: data).leaves()
    for leaf in leaves {
      // Read back, the texts that stand for such numbers are numbers again.
      if case .number(let number) = leaf.value, !number.isFinite {
        throw OutcomeError.notFinite(paper: paper.id, path: leaf.path, value: "\(number)")
      }
    }
    return String(decoding: data, as: UTF8.self)
  }
}

/// An outcome that is no result.
public enum OutcomeError: Diagnosable, Equatable {
  /// A number in it is not finite.
  case notFinite(paper: String, path: String, value: String)

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .notFinite(let paper, let path, let value): "\(paper): outcome \(path) is \(value)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    "Return `.diverged` or `.notReached(by:)` where that is what happened, else mend the method."
  }
}
