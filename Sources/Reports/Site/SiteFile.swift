import Digests

/// A file of the site as it is answered.
public struct SiteFile: Hashable, Sendable {
  /// Its content.
  public let bytes: [UInt8]
  /// What kind of content that is.
  public let kind: Kind
  /// A name of the content: other bytes have another.
  public let tag: String
  /// Whether it tells of a run under way, so that it is worth asking for again.
  public let isUnderWay: Bool

  /// A kind of content.
  public enum Kind: String, Hashable, Sendable {
    case page = "html"
    case style = "css"
    case script = "js"
    case feed = "xml"
    case drawing = "svg"
    case table = "csv"
    case document = "json"

    /// The media type.
    public var mediaType: String {
      switch self {
      case .page: "text/html; charset=utf-8"
      case .style: "text/css; charset=utf-8"
      case .script: "text/javascript; charset=utf-8"
      case .feed: "application/atom+xml; charset=utf-8"
      case .drawing: "image/svg+xml"
      case .table: "text/csv; charset=utf-8"
      case .document: "application/json"
      }
    }

    /// Whether it is for keeping, not for reading in place.
    public var isDownload: Bool { self == .table || self == .document }
  }

  init(_ bytes: [UInt8], at location: SiteLocation, isUnderWay: Bool = false) {
    self.bytes = bytes
    self.isUnderWay = isUnderWay
    kind = location.path.split(separator: ".").last.flatMap { Kind(rawValue: String($0)) } ?? .page
    tag = String(Digest(of: bytes).description.prefix(32))
  }
}
