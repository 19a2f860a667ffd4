internal import NIOCore
internal import Synchronization

/// The open connections, at most so many: one more takes the place of the one that idled longest.
final class Connections: Sendable {
  private let most: Int
  private let open = Mutex<[ObjectIdentifier: Connection]>([:])

  private struct Connection {
    let channel: any Channel
    /// Since when it waits for a request; nil while it is answered.
    var idleSince: NIODeadline?
  }

  init(most: Int) { self.most = most }

  /// Takes in a connection, and closes the one that idled longest where there are too many.
  func add(_ channel: any Channel) {
    let closed: (any Channel)? = open.withLock { open in
      var victim: (any Channel)?
      if open.count >= most {
        let idle = open.values.filter { $0.idleSince != nil }
        victim = idle.min { ($0.idleSince ?? .now()) < ($1.idleSince ?? .now()) }?.channel
        guard let victim else { return channel }
        open[ObjectIdentifier(victim)] = nil
      }
      open[ObjectIdentifier(channel)] = Connection(channel: channel, idleSince: .now())
      return victim
    }
    closed?.close(promise: nil)
  }

  /// Notes that a connection is answered, or waits again.
  func note(_ channel: any Channel, isIdle: Bool) {
    open.withLock { $0[ObjectIdentifier(channel)]?.idleSince = isIdle ? .now() : nil }
  }

  /// Forgets a connection that was closed.
  func remove(_ channel: any Channel) {
    open.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
  }

  /// Closes all of them.
  func closeAll() {
    for connection in open.withLock({ Array($0.values) }) {
      connection.channel.close(promise: nil)
    }
  }
}
