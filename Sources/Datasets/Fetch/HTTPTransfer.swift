import Foundation
private import FoundationNetworking
import Synchronization

/// One GET request whose body is appended to a partial file.
struct HTTPTransfer {
  /// Where the file is.
  let address: URL

  /// The largest size the file can have.
  let limit: Int

  /// Continues `part` from its size, or starts it again where the server cannot continue.
  ///
  /// - Parameters:
  ///   - part: The partial file.
  ///   - progress: Called with the size on disk after each piece.
  /// - Returns: The fault that stopped the transfer, if any.
  func run(into part: inout PartialFile, progress: (Int) -> Void) -> DataError? {
    var request = URLRequest(
      url: address, cachePolicy: .reloadIgnoringLocalCacheData, timeoutInterval: 30)
    // A transparent recoding would make offsets meaningless.
    request.setValue("identity", forHTTPHeaderField: "Accept-Encoding")
    let offset = part.size
    if offset > 0 { request.setValue("bytes=\(offset)-", forHTTPHeaderField: "Range") }

    let receiver = Receiver()
    let session = URLSession(configuration: .ephemeral, delegate: receiver, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    session.dataTask(with: request).resume()

    var expected: Int?
    while true {
      switch receiver.next() {
      case .answered(let status, let start, let length):
        if let fault = begin(status: status, start: start, into: &part) { return fault }
        expected = length.map { part.size + $0 }
      case .received(let bytes):
        if part.size + bytes.count > limit {
          return .overlong(address: address.absoluteString, limit: limit)
        }
        if let fault = part.append(bytes) { return fault }
        progress(part.size)
      case .ended(let code, let reason):
        return outcome(code: code, reason: reason, size: part.size, expected: expected)
      }
    }
  }

  /// Checks an answer's head, and drops what the answer does not continue.
  private func begin(status: Int, start: Int?, into part: inout PartialFile) -> DataError? {
    switch status {
    case 206 where start == part.size: nil
    case 200: part.empty()
    default: .httpStatus(address: address.absoluteString, status: status)
    }
  }

  /// Judges how a transfer ended: without an error of its own it may still be short.
  private func outcome(code: Int?, reason: String, size: Int, expected: Int?) -> DataError? {
    let text = address.absoluteString
    if let code, Self.unreachable.contains(code) {
      return .noNetwork(address: text, reason: reason)
    }
    if code != nil { return .interrupted(address: text, received: size, reason: reason) }
    if let expected, size != expected {
      return .interrupted(
        address: text, received: size, reason: "\(expected) bytes were announced")
    }
    return nil
  }

  private static let unreachable: Set<Int> = [
    NSURLErrorNotConnectedToInternet, NSURLErrorCannotFindHost, NSURLErrorDNSLookupFailed,
    NSURLErrorCannotConnectToHost,
  ]
}

/// Turns the session's callbacks into a queue that one caller empties.
private final class Receiver: NSObject, URLSessionDataDelegate, Sendable {
  enum Event: Sendable {
    /// The answer's head: its status, the offset it continues at and how many bytes it announces.
    case answered(status: Int, start: Int?, length: Int?)
    case received(Data)
    case ended(code: Int?, reason: String)
  }

  private let events = Mutex<[Event]>([])
  private let available = DispatchSemaphore(value: 0)

  /// The next event, waiting for it.
  func next() -> Event {
    available.wait()
    return events.withLock { $0.removeFirst() }
  }

  private func add(_ event: Event) {
    events.withLock { $0.append(event) }
    available.signal()
  }

  func urlSession(
    _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
    completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
  ) {
    let answer = response as? HTTPURLResponse
    let length = answer?.value(forHTTPHeaderField: "Content-Length").flatMap { Int($0) }
    // "bytes 500-999/1000" continues at 500.
    let start = answer?.value(forHTTPHeaderField: "Content-Range").flatMap { text in
      text.split(whereSeparator: { $0 == " " || $0 == "-" }).dropFirst().first.flatMap { Int($0) }
    }
    add(.answered(status: answer?.statusCode ?? 0, start: start, length: length))
    completionHandler(.allow)
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    add(.received(data))
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    add(.ended(code: (error as? URLError)?.errorCode, reason: error?.localizedDescription ?? ""))
  }
}
