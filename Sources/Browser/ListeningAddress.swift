internal import NIOCore

/// Where pages are served, and under which names they may be asked for.
public struct ListeningAddress: Hashable, Sendable {
  /// The IP address.
  public let address: String
  /// The port; 0 takes a free one.
  public let port: Int
  /// The names that a request may address, in lower case.
  ///
  /// A page of elsewhere can have its own name lead to this machine; it still asks by that name.
  let names: Set<String>

  /// An address that only this machine reaches, unless told otherwise.
  ///
  /// - Parameters:
  ///   - address: an IP address, or `localhost`.
  ///   - port: the port; 0 takes a free one.
  ///   - names: further names under which the address is asked for.
  ///   - isPublic: whether other machines may reach it.
  /// - Throws: where the address is none, or is public without being told.
  public init(
    _ address: String = "localhost", port: Int, names: [String] = [], isPublic: Bool = false
  ) throws(BrowserError) {
    let literal = address.lowercased() == "localhost" ? "127.0.0.1" : address
    guard (0...65535).contains(port) else {
      throw .unavailable(address: address, port: port, reason: "ports end at 65535")
    }
    guard let parsed = try? SocketAddress(ipAddress: literal, port: port) else {
      throw .badAddress(address)
    }
    let plain = parsed.ipAddress ?? literal
    let isLoopback = plain.hasPrefix("127.") || plain == "::1"
    let isWildcard = plain == "0.0.0.0" || plain == "::"
    guard isLoopback || isPublic else { throw .publicAddress(address) }
    guard !isWildcard || !names.isEmpty else { throw .namelessAddress(address) }
    self.address = plain
    self.port = port
    var allowed = Set(names.map { $0.lowercased() })
    if isLoopback || isWildcard { allowed.formUnion(["localhost", "127.0.0.1", "::1"]) }
    if !isWildcard { allowed.insert(plain) }
    self.names = allowed
  }

  /// Whether a `Host` header names this address; the port may be that of a tunnel.
  func isNamed(_ host: String) -> Bool {
    var name = host[...]
    if name.hasPrefix("[") {
      guard let end = name.firstIndex(of: "]") else { return false }
      let rest = name[name.index(after: end)...]
      guard rest.isEmpty || Self.isPort(rest) else { return false }
      name = name[name.index(after: name.startIndex)..<end]
    } else if let colon = name.firstIndex(of: ":") {
      guard Self.isPort(name[colon...]) else { return false }
      name = name[..<colon]
    }
    return names.contains(name.lowercased())
  }

  private static func isPort(_ text: Substring) -> Bool {
    let digits = text.dropFirst()
    return text.hasPrefix(":") && (1...5).contains(digits.utf8.count)
      && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The address of a page to open.
  func link(port: Int) -> String {
    address.contains(":") ? "http://[\(address)]:\(port)/" : "http://\(address):\(port)/"
  }
}
