import Synchronization

/// Files that were made for a request and are likely asked for again, up to so many bytes.
///
/// The one that was made first goes first.
final class MadeFiles: Sendable {
  private let most: Int
  private let state = Mutex(State())

  private struct State {
    var files: [String: SiteFile] = [:]
    /// The paths in the order in which they came, from ``first`` on.
    var order: [String] = []
    var first = 0
    var bytes = 0
  }

  init(bytes most: Int) { self.most = most }

  subscript(path: String) -> SiteFile? { state.withLock { $0.files[path] } }

  /// Keeps a file, unless it would take a large part of the room.
  func keep(_ file: SiteFile, at path: String) {
    guard file.bytes.count <= most / 16 else { return }
    state.withLock { state in
      guard state.files.updateValue(file, forKey: path) == nil else { return }
      state.order.append(path)
      state.bytes += file.bytes.count
      while state.bytes > most, state.first < state.order.count {
        let oldest = state.files.removeValue(forKey: state.order[state.first])
        state.bytes -= oldest?.bytes.count ?? 0
        state.first += 1
      }
      if state.first > state.order.count / 2 {
        state.order.removeFirst(state.first)
        state.first = 0
      }
    }
  }

  /// Forgets everything.
  func clear() { state.withLock { $0 = State() } }
}
