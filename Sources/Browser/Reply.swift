internal import Foundation
internal import NIOHTTP1
internal import Reports

/// What is answered to a request.
struct Reply {
  let status: HTTPResponseStatus
  let headers: HTTPHeaders
  let body: [UInt8]

  /// What every answer says: to load nothing from elsewhere, to be framed by nobody, to be asked for
  /// again before it is shown again.
  private static func headers(_ type: String, count: Int, styles: String) -> HTTPHeaders {
    [
      "Content-Type": type,
      "Content-Length": "\(count)",
      "Cache-Control": "no-cache",
      "Content-Security-Policy":
        "default-src 'none'; style-src \(styles); script-src 'self'; img-src 'self' data:; "
        + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      "X-Content-Type-Options": "nosniff",
      "X-Frame-Options": "DENY",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Date": httpDate(),
    ]
  }

  /// A file, or only that the visitor's copy of it is right.
  init(_ file: SiteFile, known: [String], isFollowed: Bool) {
    let tag = "\"\(file.tag)\""
    // A drawing has its styles in itself.
    let styles = file.kind == .drawing ? "'unsafe-inline'" : "'self'"
    var headers = Self.headers(file.kind.mediaType, count: file.bytes.count, styles: styles)
    headers.add(name: "ETag", value: tag)
    if file.kind.isDownload { headers.add(name: "Content-Disposition", value: "attachment") }
    if isFollowed, file.isUnderWay { headers.add(name: "Refresh", value: "5") }
    let tags = known.flatMap { $0.split(separator: ",") }.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    if tags.contains(where: { $0 == tag || $0 == "W/\(tag)" || $0 == "*" }) {
      headers.remove(name: "Content-Length")
      self.init(status: .notModified, headers: headers, body: [])
    } else {
      self.init(status: .ok, headers: headers, body: file.bytes)
    }
  }

  /// A refusal in words.
  init(_ status: HTTPResponseStatus, _ words: String, isLast: Bool = false) {
    let body = Array("\(status.code) \(status.reasonPhrase): \(words)\n".utf8)
    var headers = Self.headers("text/plain; charset=utf-8", count: body.count, styles: "'none'")
    if status == .methodNotAllowed { headers.add(name: "Allow", value: "GET, HEAD") }
    if isLast { headers.add(name: "Connection", value: "close") }
    self.init(status: status, headers: headers, body: body)
  }

  private init(status: HTTPResponseStatus, headers: HTTPHeaders, body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// The time of day as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT`.
private func httpDate() -> String {
  var now = time(nil)
  var parts = tm()
  gmtime_r(&now, &parts)
  return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
    // No locale is ever set in this program, so that the names are English.
    guard let start = buffer.baseAddress,
      strftime(start, buffer.count, "%a, %d %b %Y %H:%M:%S GMT", &parts) > 0
    else { return "" }
    return String(cString: start)
  }
}
