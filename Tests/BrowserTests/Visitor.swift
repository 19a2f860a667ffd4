import Foundation

/// A connection to a server on this machine, which sends whatever a test wants.
final class Visitor {
  private let socket: Int32

  /// What came back.
  struct Answer {
    var status: Int
    var headers: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
  }

  struct Refused: Error {}

  /// Connects; waits for an answer for at most so many seconds.
  init(port: Int, patience: Int = 20) throws {
    socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var wait = timeval(tv_sec: patience, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Refused() }
  }

  deinit { close(socket) }

  /// Sends bytes; false where the server has closed the connection.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Sends text.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Everything until the server closes; nil where it does not in time.
  func rest() -> [UInt8]? {
    var bytes: [UInt8] = []
    while let part = receive() {
      if part.isEmpty { return bytes }
      bytes += part
    }
    return nil
  }

  /// One answer, or nil where none comes.
  func answer(hasBody: Bool = true) -> Answer? {
    var bytes: [UInt8] = []
    let end = Array("\r\n\r\n".utf8)
    var split = bytes.firstRange(of: end)
    while split == nil {
      guard let part = receive(), !part.isEmpty else { return nil }
      bytes += part
      split = bytes.firstRange(of: end)
    }
    guard let split else { return nil }
    let lines = String(decoding: bytes[..<split.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
    }
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) }
    var body = Array(bytes[split.upperBound...])
    let length = hasBody ? headers["content-length"].flatMap { Int($0) } ?? 0 : 0
    while body.count < length {
      guard let part = receive(), !part.isEmpty else { return nil }
      body += part
    }
    return status.map { Answer(status: $0, headers: headers, body: body) }
  }

  /// Asks for an address and reads the answer.
  func ask(
    _ target: String, method: String = "GET", host: String = "localhost", headers: String = ""
  ) -> Answer? {
    send("\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\n\(headers)\r\n")
    return answer(hasBody: method != "HEAD")
  }

  private func receive() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    let count = recv(socket, &buffer, buffer.count, 0)
    return count < 0 ? (errno == ECONNRESET ? [] : nil) : Array(buffer[..<count])
  }
}
