import Evidence
import Foundation
import Testing

func json(_ value: some Encodable) throws -> String {
  String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
}

func decoded<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}

struct `A reading` {
  @Test(arguments: [
    (Reading.value(0.25), "0.25"), (.notReached(by: 300), #"{"notReached":300}"#),
    (.diverged, #""diverged""#), (.value(.infinity), #""inf""#),
    (.value(-.infinity), #""-inf""#), (.below(-3), #"{"below":-3}"#),
  ])
  func `survives JSON`(reading: Reading, text: String) throws {
    #expect(try json(reading) == text)
    #expect(try decoded(text) == reading)
  }

  @Test func `that is not a number survives JSON and is not sound`() throws {
    #expect(try json(Reading.value(.nan)) == #""nan""#)
    let back: Reading = try decoded(#""nan""#)
    #expect(back.number?.isNaN == true)
    #expect(!back.isSound)
    #expect(!Reading.notReached(by: .nan).isSound)
    #expect(Reading.diverged.isSound)
  }

  @Test(arguments: [0.1, 1e-300, .leastNonzeroMagnitude, -0.0, 1.7976931348623157e308, 0.1 + 0.2])
  func `keeps every bit through JSON`(number: Double) throws {
    let back: Reading = try decoded(try json(Reading.value(number)))
    #expect(back.number?.bitPattern == number.bitPattern)
  }

  @Test(arguments: [
    "null", "true", #""NaN""#, #""converged""#, "{}", #"{"reached":3}"#, "[1]",
    #"{"notReached":"soon"}"#, #"{"notReached":3,"by":4}"#, #"{"notReached":3,"below":4}"#,
    #"{"notReached":null}"#,
  ])
  func `refuses other JSON`(text: String) {
    #expect(throws: DecodingError.self) { try decoded(text, as: Reading.self) }
  }

  @Test func `ranks what was not reached above numbers and what lies below under them`() {
    let sorted: [Reading] = [
      .below(-5), .below(7), .value(-1), .value(1e300), .notReached(by: 10), .notReached(by: 300),
      .diverged,
    ]
    #expect(sorted.reversed().sorted() == sorted)
  }

  @Test func `lies in a band only where the scale was long enough to tell`() {
    #expect(Reading.value(2).lies(in: .atMost(2)) == true)
    #expect(Reading.value(2.1).lies(in: .atMost(2)) == false)
    #expect(Reading.value(.nan).lies(in: .atMost(2)) == false)
    #expect(Reading.notReached(by: 300).lies(in: .atLeast(200)) == true)
    #expect(Reading.notReached(by: 300).lies(in: .atLeast(500)) == nil)
    #expect(Reading.notReached(by: 300).lies(in: .atMost(300)) == false)
    #expect(Reading.notReached(by: 300).lies(in: .atMost(301)) == nil)
    #expect(Reading.below(3).lies(in: .atMost(4)) == true)
    #expect(Reading.below(3).lies(in: .atLeast(3)) == false)
    #expect(Reading.below(3).lies(in: .atLeast(2)) == nil)
    #expect(Reading.diverged.lies(in: .atMost(1e300)) == false)
    #expect(Reading.diverged.lies(in: .atLeast(0)) == true)
  }
}

struct `A band` {
  @Test(arguments: [
    (Band.atLeast(0.1), "[0.1,null]", ">= 0.1"), (.atMost(1e-4), "[null,0.0001]", "<= 1e-4"),
    (.between(0.84, 0.86), "[0.84,0.86]", "[0.84, 0.86]"), (.exactly(-0.0), "[0,0]", "= 0"),
    (.within(0.5, of: 2), "[1.5,2.5]", "[1.5, 2.5]"),
  ])
  func `survives JSON and reads well`(band: Band, text: String, shown: String) throws {
    #expect(try decoded(text) == band)
    #expect(try decoded(try json(band)) == band)
    #expect(bandText(band) == shown)
  }

  @Test(arguments: ["[null,null]", "[2,1]", "[1]", "[1,2,3]", "{}", "1", #"["0",1]"#])
  func `refuses other JSON`(text: String) {
    #expect(throws: DecodingError.self) { try decoded(text, as: Band.self) }
  }

  @Test func `includes its ends and excludes what is no number`() {
    let band = Band.between(1, 2)
    #expect(band.contains(1) && band.contains(2))
    #expect(!band.contains(1.0.nextDown) && !band.contains(2.0.nextUp))
    #expect(!band.contains(.nan) && !Band.atLeast(0).contains(.nan))
  }

  @Test func `stops on ends that bound nothing`() async {
    await #expect(processExitsWith: .failure) { _ = Band(lower: 2, upper: 1) }
    await #expect(processExitsWith: .failure) { _ = Band(lower: .nan, upper: 1) }
    await #expect(processExitsWith: .failure) { _ = Band(lower: -.infinity, upper: .infinity) }
    await #expect(processExitsWith: .failure) { _ = Band.within(-1, of: 0) }
    await #expect(processExitsWith: .failure) { _ = Band.atLeast(.infinity) }
  }
}

struct `A rule over seeds` {
  @Test(arguments: [
    (SeedRule.once, "one deterministic value", 1), (.every(3), "every one of 3 seeds", 3),
    (.mean(of: 5), "mean of 5 seeds", 5), (.median(of: 9), "median of 9 seeds", 9),
    (.share(of: 20, atLeast: 0.8), "at least 0.8 of 20 seeds", 20),
  ])
  func `speaks and survives JSON`(rule: SeedRule, words: String, seeds: Int) throws {
    #expect(rule.description == words)
    #expect(rule.seeds == seeds)
    #expect(try decoded(try json(rule)) == rule)
    #expect(rule.problem == nil)
  }

  @Test(arguments: [
    SeedRule.mean(of: 1), .every(0), .median(of: -1), .share(of: 5, atLeast: 0),
    .share(of: 5, atLeast: 1.1), .share(of: 5, atLeast: .nan),
  ])
  func `says what is wrong with it`(rule: SeedRule) {
    #expect(rule.problem != nil)
    let many = (0..<9).map { SeedReading(seed: $0, reading: .value(1)) }
    #expect(judge(many, by: rule, against: .atLeast(0)).verdict == .error)
  }
}

struct `Verdicts` {
  @Test func `order by gravity and none at all is an error`() {
    #expect(Verdict.allCases.sorted() == [.pass, .inconclusive, .fail, .error])
    #expect(Verdict.worst(of: [.pass, .fail, .inconclusive]) == .fail)
    #expect(Verdict.worst(of: []) == .error)
    #expect(Verdict.pass.worst(.inconclusive) == .inconclusive)
  }
}
