/// A remote's address without anything secret.
struct RemoteAddress: CustomStringConvertible {
  let description: String

  /// Strips user name, password, query and fragment from `scheme://` and `user@host:path` forms.
  ///
  /// Nil for a folder of this machine, which is no address to anyone else.
  init?(_ address: String) {
    if ["/", ".", "~", "file:"].contains(where: address.hasPrefix) { return nil }
    guard let scheme = address.firstRange(of: "://") else {
      description = Self.withoutUser(address)
      return
    }
    let rest = address[scheme.upperBound...]
    let end = rest.firstIndex { "?#".contains($0) } ?? rest.endIndex
    let place = rest[..<end]
    let slash = place.firstIndex(of: "/") ?? place.endIndex
    let host = place[..<slash]
    let bare = host.lastIndex(of: "@").map { host[host.index(after: $0)...] } ?? host
    description = String(address[..<scheme.upperBound] + bare + place[slash...])
  }

  /// `user@host:path` without its user.
  private static func withoutUser(_ address: String) -> String {
    let head = address.prefix { $0 != "/" }
    guard head.contains(":"), let at = head.lastIndex(of: "@") else { return address }
    return String(address[address.index(after: at)...])
  }
}
