/// What a fetch is doing, for a progress display.
public enum FetchEvent: Hashable, Sendable {
  /// The file was there and intact.
  case kept(file: String)
  /// A transfer begins; `offset` bytes of an earlier one are kept.
  case started(file: String, address: String, offset: Int)
  /// So many bytes are on disk.
  case received(file: String, bytes: Int)
  /// The file is whole, verified and in its place.
  case finished(file: String)
  /// A source failed and the next one is tried.
  case failed(file: String, fault: DataError)
}
