internal import Foundation
internal import NIOHTTP1
internal import Reports

/// Says what a request is answered.
struct Responder: Sendable {
  let site: LiveSite
  let address: ListeningAddress
  /// Hears of a registry that cannot be read.
  let complain: @Sendable (any Error) -> Void

  /// The longest address of a page that is looked at, in bytes.
  static let longestTarget = 2048

  /// An answer, or the work that finds it.
  enum Answer {
    case now(Reply)
    /// Reads the registry, and so belongs on a thread that may wait.
    case later(@Sendable () -> Reply)
  }

  /// The answer to the head of a request.
  func answer(to head: HTTPRequestHead, hasBody: Bool) -> Answer {
    guard head.method == .GET || head.method == .HEAD else {
      return .now(
        Reply(.methodNotAllowed, "these pages can be read and nothing else", isLast: true))
    }
    guard !hasBody else { return .now(Reply(.badRequest, "it came with a body", isLast: true)) }
    let hosts = head.headers["Host"]
    guard hosts.count == 1 else {
      return .now(Reply(.badRequest, "it must name one host", isLast: true))
    }
    guard address.isNamed(hosts[0]) else {
      return .now(
        Reply(
          .misdirectedRequest, "these pages have another name; --host NAME allows one more",
          isLast: true))
    }
    guard head.uri.utf8.count <= Self.longestTarget else {
      return .now(Reply(.uriTooLong, "no page has so long an address", isLast: true))
    }
    guard head.uri.hasPrefix("/") else {
      return .now(Reply(.badRequest, "the address must begin with /", isLast: true))
    }
    return answer(to: Target(head.uri), known: head.headers["If-None-Match"])
  }

  private func answer(to target: Target, known: [String]) -> Answer {
    let isFollowed = !target.isStill
    if target.search == nil, let file = site.keptFile(at: target.path) {
      return .now(Reply(file, known: known, isFollowed: isFollowed))
    }
    return .later { [site, complain] in
      do {
        let file = try site.madeFile(
          at: target.path, search: target.search, isFollowed: isFollowed)
        return file.map { Reply($0, known: known, isFollowed: isFollowed) }
          ?? Reply(.notFound, "there is no such page")
      } catch {
        // Where the registry lies is no visitor's business.
        complain(error)
        return Reply(.serviceUnavailable, "the registry cannot be read at this moment")
      }
    }
  }
}

/// What an address asks for.
struct Target: Hashable {
  /// The path of a file of the site.
  let path: String
  /// The words of `?q=`; nil where there are none.
  let search: String?
  /// Whether the page is to stay as it is.
  let isStill: Bool

  init(_ uri: String) {
    let parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    // No file's name needs an escape, so that an escaped path is simply none.
    let path = String(parts[0].dropFirst())
    self.path = path.isEmpty || path.hasSuffix("/") ? path + "index.html" : path
    let fields = parts.count < 2 ? [] : parts[1].split(separator: "&")
    isStill = fields.contains("still")
    let words = fields.first { $0.hasPrefix("q=") }?.dropFirst(2)
      .replacing("+", with: " ").removingPercentEncoding
    search = words?.allSatisfy(\.isWhitespace) == false ? words : nil
  }
}
