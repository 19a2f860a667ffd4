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
    let fields = [
      (year, 0, 4), (month, 5, 2), (date, 8, 2), (rest / 3_600_000, 11, 2),
      (rest / 60_000 % 60, 14, 2), (rest / 1000 % 60, 17, 2), (rest % 1000, 20, 3),
    ]
    return String(unsafeUninitializedCapacity: 24) { buffer in
      _ = buffer.initialize(from: Self.form)
      for (value, start, width) in fields {
        var digits = value
        for index in (start..<start + width).reversed() {
          buffer[index] = UInt8(ascii: "0") + UInt8(digits % 10)
          digits /= 10
        }
      }
      return Self.form.count
    }
  }

  /// Reads that text and nothing else.
  public init?(_ description: String) {
    var text = description
    let moment: Int? = text.withUTF8 { bytes in
      guard bytes.count == Self.form.count else { return nil }
      for (byte, sign) in zip(bytes, Self.form) {
        let isDigit = UInt8(ascii: "0") <= byte && byte <= UInt8(ascii: "9")
        guard sign == UInt8(ascii: "0") ? isDigit : byte == sign else { return nil }
      }
      func field(_ range: Range<Int>) -> Int {
        range.reduce(0) { $0 * 10 + Int(bytes[$1] - UInt8(ascii: "0")) }
      }
      let date = (field(0..<4), field(5..<7), field(8..<10))
      let (hour, minute, second) = (field(11..<13), field(14..<16), field(17..<19))
      let days = Self.days(date.0, date.1, date.2)
      // A day that the calendar does not have is another one when it is written again.
      guard Self.civil(days) == date, hour < 24, minute < 60, second < 60 else { return nil }
      return days * Self.day + ((hour * 60 + minute) * 60 + second) * 1000 + field(20..<23)
    }
    guard let moment else { return nil }
    self.init(milliseconds: moment)
  }

  private static let form = Array("0000-00-00T00:00:00.000Z".utf8)

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
