import Foundation
import Testing

/// A shell in which the coin's standard tier was run.
private func shellWithCoin() throws -> Shell {
  let shell = try Shell()
  _ = try shell.run(["run", "fisher1935-coin", "--registry", "r.sqlite"])
  return shell
}

private func object(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

struct `Planning` {
  @Test func `forecasts from the recorded spread, and says what is exact`() throws {
    let output = try shellWithCoin().run(["plan", "fisher1935-coin", "--registry", "r.sqlite"])
    #expect(output.status == 0)
    #expect(output.text.hasPrefix("fisher1935-coin at standard\n  "))
    #expect(output.text.contains("core minutes"))
    let rows = output.text.split(separator: "\n")
    let mean = try #require(rows.first { $0.contains("raisesShare") })
    #expect(mean.contains("mean of 8 seeds") && mean.hasSuffix("seeds"))
    let exact = try #require(rows.first { $0.contains("exactIdentity") })
    #expect(exact.hasSuffix("exact"))
  }

  @Test func `without a run says that spread and cost are unknown`() throws {
    let output = try Shell().run(["plan", "fisher1935-coin"])
    #expect(output.status == 0)
    #expect(output.text.contains("of unknown cost: never run to its end"))
    #expect(output.text.contains("unknown spread"))
    let plan = try object(try Shell().run(["plan", "--all", "--json"]).text)
    #expect(plan["schema"] as? String == "replicate.plan/1")
  }
}

struct `Judging again` {
  @Test func `moves nothing where nothing was amended, and exits as the run did`() throws {
    let shell = try shellWithCoin()
    let run = try shell.run(["run", "fisher1935-coin", "--registry", "r.sqlite"])
    let output = try shell.run(["judge", "fisher1935-coin", "--registry", "r.sqlite"])
    #expect(output.status == run.status)
    #expect(output.text.contains(": no verdict moved\n"))
    #expect(!output.text.contains("(was ") && !output.text.contains("amended"))
    let judged = try object(
      try shell.run(["judge", "fisher1935-coin", "--registry", "r.sqlite", "--json"]).text)
    #expect(judged["schema"] as? String == "replicate.judge/1")
  }

  @Test func `is the same to the byte in another locale and time zone`() throws {
    let shell = try shellWithCoin()
    let arguments = ["judge", "fisher1935-coin", "--registry", "r.sqlite", "--json"]
    let plain = try shell.run(arguments)
    let other = try shell.run(
      arguments, environment: ["LC_ALL": "de_DE.UTF-8", "TZ": "Asia/Kathmandu"])
    #expect(plain.text == other.text && !plain.text.isEmpty)
  }

  @Test func `of a paper that was never run says so`() throws {
    let output = try Shell().run(["judge", "fisher1935-coin"])
    #expect(output.status == 5)
    #expect(output.errors.contains("no complete run of the standard tier is recorded"))
  }
}

struct `Running until decided` {
  @Test func `is refused beside a number of seeds`() throws {
    let output = try Shell().run(
      ["run", "fisher1935-coin", "--seeds", "3", "--until-decided", "--no-record"])
    #expect(output.status == 64)
    #expect(output.errors.contains("Choose --seeds or --until-decided, not both."))
  }

  @Test func `stops before the declared number where the effect is clear`() throws {
    let shell = try Shell()
    let output = try shell.run(
      [
        "run", "fisher1935-coin", "--claim", "raisesShare", "--until-decided", "--registry",
        "r.sqlite", "--json",
      ])
    let run = try object(output.text)
    let claim = try #require((run["claims"] as? [[String: Any]])?.first)
    #expect(claim["verdict"] as? String == "pass")
    #expect((claim["n"] as? Int).map { $0 >= 4 && $0 < 8 } == true)
  }
}

struct `The plot of an interval` {
  @Test func `stands below the measured number, with the accepted part drawn through`() throws {
    let output = try shellWithCoin().run(
      ["explain", "fisher1935-coin/exactIdentity", "--registry", "r.sqlite"])
    let line = try #require(output.text.split(separator: "\n").first { $0.contains("●") })
    #expect(line.count { $0 == "|" } == 2)
    // Of a rule that asks every seed the one furthest out is an end of the interval.
    #expect(line.contains("├") != line.contains("┤"))
    #expect(line.contains("·") && line.contains("─"))
  }
}

struct `Falsifying` {
  @Test func `finds that every claim notices what is taken from it`() throws {
    let output = try shellWithCoin().run(
      ["check", "fisher1935-coin", "--falsify", "--registry", "r.sqlite"])
    #expect(output.status == 0)
    #expect(output.text.contains("alterations, 0 unnoticed"))
    #expect(!output.text.contains("coin: 0 alterations"))
  }

  @Test func `of a paper that was never run says so`() throws {
    let output = try Shell().run(["check", "fisher1935-coin", "--falsify"])
    #expect(output.status == 5)
  }
}
