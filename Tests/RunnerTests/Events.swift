import Runner
import Synchronization

/// Keeps the events of a run.
final class Events: Sendable {
  private let events = Mutex<[RunEvent]>([])

  var all: [RunEvent] { events.withLock { $0 } }

  func append(_ event: RunEvent) { events.withLock { $0.append(event) } }
}
