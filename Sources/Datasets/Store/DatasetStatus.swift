/// Whether a dataset lies in a store and is what it must be.
public enum DatasetStatus: Hashable, Sendable {
  /// None of its files is there, or only some are: the missing ones.
  case absent(missing: [String])
  /// Every file is there and its content has the expected digest.
  case present
  /// Every file is there and at least one is damaged: the first fault.
  case corrupt(DataError)
}
