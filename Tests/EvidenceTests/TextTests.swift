import Evidence
import Testing

struct `Numbers as text` {
  @Test(
    arguments: [
      (0.0, "0"), (-0.0, "0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (0.001, "0.001"),
      (1e-4, "1e-4"), (1.25e-7, "1.25e-7"), (123_456, "123456"), (1e6, "1e6"),
      (12_345_678, "1.2345678e7"), (1e22, "1e22"), (.leastNonzeroMagnitude, "5e-324"),
      (.infinity, "inf"),
      (-.infinity, "-inf"), (.nan, "nan"), (100, "100"), (99_999.5, "99999.5"),
    ] as [(Double, String)])
  func `are short and keep every digit`(number: Double, text: String) {
    #expect(numberText(number) == text)
  }

  @Test(
    arguments: [
      (0.123456, 3, "0.123"), (0.9996, 3, "1"), (0.9994, 3, "0.999"), (2.675, 3, "2.68"),
      (-0.0098765, 2, "-0.0099"), (999_999.9, 3, "1e6"), (123_456, 2, "120000"), (0.0, 3, "0"),
      (9.99e-5, 2, "1e-4"), (9.99e-4, 2, "0.001"), (.leastNonzeroMagnitude, 1, "5e-324"),
      (0.25, 0, "0.3"),
    ] as [(Double, Int, String)])
  func `round half away from zero`(number: Double, digits: Int, text: String) {
    #expect(numberText(number, significant: digits) == text)
  }

  @Test(
    arguments: [
      (0.41, 3, "0.410"), (0.0004, 2, "0.00"), (-0.0004, 2, "0.00"), (0.006, 2, "0.01"),
      (9.999, 2, "10.00"), (1234.5, 0, "1235"), (0.5, 0, "1"), (0.4, 0, "0"), (-3, 1, "-3.0"),
    ] as [(Double, Int, String)])
  func `keep a fixed count of decimals`(number: Double, decimals: Int, text: String) {
    #expect(numberText(number, decimals: decimals) == text)
  }

  @Test func `read back as the same number when nothing was rounded`() {
    var number = 1.0
    for _ in 0..<2000 {
      number = (number * 1.7320508 + 0.1234567).truncatingRemainder(dividingBy: 97)
      for power in [1e-200, 1e-5, 1, 1e9, 1e290] {
        #expect(Double(numberText(number * power)) == number * power)
      }
    }
  }

  @Test func `carry their unit and their interval`() {
    #expect(numberText(0.25, unit: "bit") == "0.25 bit")
    #expect(numberText(0.25, unit: "") == "0.25")
    #expect(bandText(.atMost(3), unit: "steps") == "<= 3 steps")
    #expect(bandText(.between(1, 2), unit: "nats") == "[1, 2] nats")
    let interval = Interval(lower: 0.4051, upper: 0.4209)
    #expect(measuredText(0.41304, interval: interval, unit: "bit") == "0.413 [0.405, 0.421] bit")
    #expect(measuredText(0.41304) == "0.41304")
    #expect(measuredText(2, interval: Interval(lower: 2, upper: 2)) == "2")
    #expect(intervalText(Interval(lower: 1234.5, upper: 5678.9)) == "[1235, 5679]")
    #expect(intervalText(Interval(lower: 1.23456e-9, upper: 1.24e-9)) == "[1.2346e-9, 1.24e-9]")
    #expect(intervalText(Interval(lower: -.infinity, upper: 2)) == "[-inf, 2]")
  }
}
