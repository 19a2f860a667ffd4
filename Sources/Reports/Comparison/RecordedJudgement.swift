import Diagnostics
package import Digests
package import Registry
package import Replication

extension ClaimResult {
  /// Reads a judgement back from the record.
  ///
  /// - Parameters:
  ///   - recorded: The judgement as the judge wrote it.
  ///   - run: The run that was judged.
  ///   - claim: The version of the claim.
  /// - Throws: ``UnreadableJudgement`` where it is of a form that this program does not know.
  package init(recorded: CanonicalJSON, run: Digest, claim: Digest) throws {
    do {
      self = try Canonical.decode(from: recorded.text)
    } catch {
      throw UnreadableJudgement(run: run, claim: claim, reason: "\(error)")
    }
  }
}

/// A recorded judgement is of a form that this program does not know.
package struct UnreadableJudgement: Diagnosable, Equatable {
  let run: Digest
  let claim: Digest
  let reason: String

  /// A judgement of a version of a claim in a run.
  package init(run: Digest, claim: Digest, reason: String) {
    self.run = run
    self.claim = claim
    self.reason = reason
  }

  /// What is wrong, and where.
  package var problem: String {
    "run \(run.short): the record of claim version \(claim.short) cannot be read: \(reason)"
  }

  /// What to do about it.
  package var remedy: String { "Judge it with the program that recorded it." }
}
