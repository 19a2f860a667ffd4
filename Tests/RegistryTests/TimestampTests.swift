import Foundation
import Registry
import Testing

struct `A timestamp` {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"),
    (4_107_542_400_001, "2100-03-01T00:00:00.001Z"),
    (1_700_000_000_123, "2023-11-14T22:13:20.123Z"),
    (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
  ]) func `is written in UTC and read back`(milliseconds: Int, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test func `agrees with an independent calendar over four centuries`() {
    let formatter = ISO8601DateFormatter()
    formatter.formatOptions = [.withInternetDateTime, .withFractionalSeconds]
    for step in 0..<5000 {
      let milliseconds = -5_000_000_000_000 + step * 2_531_234_567
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
      #expect(Timestamp(milliseconds: milliseconds).description == formatter.string(from: date))
    }
  }

  @Test(arguments: [
    "", "2023-02-29T00:00:00.000Z", "2023-13-01T00:00:00.000Z", "2023-01-01T24:00:00.000Z",
    "2023-01-01T00:00:60.000Z", "2023-01-01T00:00:00Z", "2023-01-01T00:00:00.000+00:00",
    "2023-01-01 00:00:00.000Z", "２023-01-01T00:00:00.000Z", "2023-00-10T00:00:00.000Z",
  ]) func `refuses any other text`(text: String) {
    #expect(Timestamp(text) == nil)
  }
}
