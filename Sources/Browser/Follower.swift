internal import Reports
internal import Synchronization

/// Follows a registry that others write.
final class Follower: Sendable {
  private let site: LiveSite
  private let complain: @Sendable (any Error) -> Void
  private let state = Mutex(State())

  private struct State {
    /// When to look again at the earliest.
    var next = ContinuousClock.now
    var isFailing = false
  }

  /// How much longer the pages are left alone than it takes to make them.
  private static let rest = 9

  init(site: LiveSite, complain: @escaping @Sendable (any Error) -> Void) {
    self.site = site
    self.complain = complain
  }

  /// Makes anew what changed; after an error the pages stay as they were.
  func look() {
    state.withLock { state in
      let start = ContinuousClock.now
      guard start >= state.next else { return }
      do {
        try site.refresh()
        state.isFailing = false
      } catch {
        if !state.isFailing { complain(error) }
        state.isFailing = true
      }
      let end = ContinuousClock.now
      state.next = end + (end - start) * Self.rest
    }
  }
}
