public import Foundation

/// A moment in UTC with milliseconds, written `2026-11-21T09:14:17.123Z`.
///
/// The text is computed from the calendar's arithmetic: no locale and no time zone reaches it.
public struct Timestamp: Hashable, Sendable {
  /// Milliseconds since 1970 in UTC.
  public let milliseconds: Int

  /// A moment given in milliseconds since 1970, within the years 0 to 9999.
  public init(milliseconds: Int) {
    self.milliseconds = min(max(milliseconds, Self.first), Self.last)
  }

  /// The moment of a date, cut to milliseconds.
  public init(_ date: Date) {
    let exact = (date.timeIntervalSince1970 * 1000).rounded(.down)
    self.init(milliseconds: Int(exactly: exact) ?? 0)
  }

  /// The present moment.
  public static func now() -> Timestamp { Timestamp(Date()) }

  private static let day = 86_400_000
  private static let first = -62_167_219_200_000
  private static let last = 253_402_300_799_999
}

extension Timestamp: Comparable {
  /// Orders moments in time.
  public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
    lhs.milliseconds < rhs.milliseconds
  }
}

extension Timestamp: LosslessStringConvertible {
  /// The 24 characters of ISO 8601 in UTC.
  public var description: String {
    let days = Int((Double(milliseconds) / Double(Self.day)).rounded(.down))
    let rest = milliseconds - days * Self.day
    let (year, month, date) = Self.civil(days)
    let time = [
      Self.pad(rest / 3_600_000, 2), Self.pad(rest / 60_000 % 60, 2),
      Self.pad(rest / 1000 % 60, 2),
    ]
    return "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(date, 2))T"
      + time.joined(separator: ":") + ".\(Self.pad(rest % 1000, 3))Z"
  }

  /// Parses exactly what `description` writes; nil for any other text or impossible date.
  public init?(_ description: String) {
    let text = Array(description.utf8)
    let mask = Array("dddd-dd-ddTdd:dd:dd.dddZ".utf8)
    guard text.count == mask.count else { return nil }
    for (byte, kind) in zip(text, mask) {
      guard kind == UInt8(ascii: "d") ? (0x30...0x39).contains(byte) : byte == kind
      else { return nil }
    }
    func field(_ range: Range<Int>) -> Int {
      text[range].reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
    let days = Self.days(field(0..<4), field(5..<7), field(8..<10))
    let time = (field(11..<13) * 60 + field(14..<16)) * 60_000 + field(17..<19) * 1000
    self.init(milliseconds: days * Self.day + time + field(20..<23))
    guard self.description == description else { return nil }
  }

  private static func pad(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  /// Days since 1970 of a Gregorian date, years starting in March so that leap days come last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func civil(_ days: Int) -> (Int, Int, Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let march = (5 * dayOfYear + 2) / 153
    let month = march < 10 ? march + 3 : march - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * march + 2) / 5 + 1)
  }
}

extension Timestamp: Codable {
  /// Decodes the text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let moment = Timestamp(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no time in UTC")
    }
    self = moment
  }

  /// Encodes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
