internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// What a visitor may cost.
package struct VisitorLimits: Hashable, Sendable {
  /// The most connections at a time.
  package var connections = 1024
  /// How many seconds a request may take to come, counted from the answer before it.
  package var patience = 15
  /// How slowly an answer may be taken in beyond that time, in bytes a second.
  package var slowest = 64 * 1024

  /// The limits of a server for people.
  package init() {}

  /// The most that the head of a request may hold.
  var headers: NIOHTTPDecoderLimitConfiguration {
    var limits = NIOHTTPDecoderLimitConfiguration()
    limits.maxHeaderFieldSize = 16 * 1024
    limits.maxHeaderListSize = 32 * 1024
    limits.maxHeaderFieldCount = 100
    return limits
  }

  /// How long an answer of so many bytes may take to be taken in.
  func time(for bytes: Int) -> TimeAmount { .seconds(Int64(patience + bytes / slowest)) }

  /// Raises how many files may be open to what the connections need, as far as the system lets.
  func allowConnections() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    let needed = rlim_t(connections + 256)
    guard limit.rlim_cur < needed else { return }
    limit.rlim_cur = min(limit.rlim_max, needed)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
