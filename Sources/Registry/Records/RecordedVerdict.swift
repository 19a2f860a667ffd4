/// A verdict as it is stored: the word that the judge's verdict has as raw value.
public enum RecordedVerdict: String, Codable, CaseIterable, Hashable, Sendable {
  /// The claim holds.
  case pass
  /// The claim is refuted.
  case fail
  /// The evidence decides neither way.
  case inconclusive
  /// Something is missing, not finite, or the declaration shows nothing.
  case error
}
