import Foundation
import Glibc
import Synchronization

/// A web server on the loopback interface that answers by script.
final class LoopbackServer: Sendable {
  /// What was asked: the path and the first byte of a range.
  struct Request: Hashable, Sendable {
    var path: String
    var offset: Int?
  }

  /// What to answer; `sent` less than the body cuts the connection.
  struct Answer: Sendable {
    var status = 200
    var headers: [String] = []
    var body: [UInt8] = []
    var sent: Int?

    /// A file, continued where the request asks for it.
    static func file(_ bytes: [UInt8], for request: Request, cutAfter: Int? = nil) -> Answer {
      guard let offset = request.offset else { return Answer(body: bytes, sent: cutAfter) }
      guard offset < bytes.count else { return Answer(status: 416) }
      return Answer(
        status: 206,
        headers: ["Content-Range: bytes \(offset)-\(bytes.count - 1)/\(bytes.count)"],
        body: Array(bytes[offset...]), sent: cutAfter)
    }
  }

  private let socket: Int32
  private let seen = Mutex<[Request]>([])

  /// The port it listens on.
  let port: Int

  /// The folder to fetch from.
  var source: String { "http://127.0.0.1:\(port)/" }

  /// Everything asked so far.
  var requests: [Request] { seen.withLock { $0 } }

  init(answer: @escaping @Sendable (Request, Int) -> Answer) throws {
    let (socket, port) = try Self.listen()
    self.socket = socket
    self.port = port
    Thread.detachNewThread { [self] in
      while true {
        let connection = accept(socket, nil, nil)
        if connection < 0 && errno == EINTR { continue }
        guard connection >= 0 else {
          // Closed here alone: a number closed by another thread could by now be the socket of
          // another test, whose visitors this thread would then answer.
          close(socket)
          return
        }
        if let request = Self.request(on: connection) {
          let index = seen.withLock { list in
            list.append(request)
            return list.count - 1
          }
          Self.send(answer(request, index), on: connection)
        }
        close(connection)
      }
    }
  }

  /// Stops listening, which ends the thread.
  func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// A port where nobody listens.
  static func unusedPort() throws -> Int {
    let (socket, port) = try listen()
    close(socket)
    return port
  }

  private static func listen() throws -> (socket: Int32, port: Int) {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let ready = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && Glibc.listen(socket, 8) == 0
          && getsockname(socket, $0, &length) == 0
      }
    }
    guard ready else { throw POSIXError(.EADDRNOTAVAIL) }
    return (socket, Int(UInt16(bigEndian: address.sin_port)))
  }

  private static func request(on connection: Int32) -> Request? {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 4096)
    while !text.contains("\r\n\r\n") {
      let count = read(connection, &buffer, buffer.count)
      guard count > 0 else { return nil }
      text += String(decoding: buffer[..<count], as: UTF8.self)
    }
    let lines = text.components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count == 3 else { return nil }
    var request = Request(path: String(words[1]), offset: nil)
    for line in lines where line.lowercased().hasPrefix("range: bytes=") {
      request.offset = Int(line.dropFirst(13).prefix(while: \.isNumber))
    }
    return request
  }

  private static func send(_ answer: Answer, on connection: Int32) {
    let head =
      (["HTTP/1.1 \(answer.status) Status", "Content-Length: \(answer.body.count)"]
      + answer.headers + ["Connection: close", "", ""]).joined(separator: "\r\n")
    let bytes = Array(head.utf8) + answer.body.prefix(answer.sent ?? answer.body.count)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.send(
          connection, buffer.baseAddress.map { $0 + written }, buffer.count - written,
          Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      written += count
    }
  }
}
