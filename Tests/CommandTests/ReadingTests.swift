import Foundation
import Testing

/// A registry into which the coin has been run once at smoke.
private func shellWithCoin() throws -> Shell {
  let shell = try Shell()
  let output = try shell.run([
    "run", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite",
  ])
  guard output.status == 3 else { throw Unexpected(text: output.errors) }
  return shell
}

struct Unexpected: Error {
  var text: String
}

struct `The result screen` {
  @Test func `shows each claim with its number, band, seeds, verdict and reason`() throws {
    let output = try Shell().run(
      ["run", "nobody2012-refuted", "--tier", "smoke", "--jobs", "1", "--registry", "r.sqlite"])
    #expect(output.status == 1)
    let lines = output.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(13).joined(separator: "\n") == """
        nobody2012-refuted
          On refuted (2012)

        PASS unaffected
             The sound arm shows it.
             measured 1  accepted >= 0.5  2 seeds
             all 2 seeds lie in the accepted >= 0.5, the nearest to its edge at 1
        FAIL affected
             The troubled arm shows it.
             measured 0.25  accepted >= 0.5  2 seeds
             seeds 0 and 1 of 2 lie outside the accepted >= 0.5, the furthest at 0.25

        2 claims: 1 pass, 1 fail
        """)
    #expect(lines[13].hasPrefix("smoke tier at no commit (state unknown), run "))
    #expect(lines[14].hasPrefix("6 trials executed, 0 recorded before, "))
    #expect(lines[15] == "next: replicate explain nobody2012-refuted/affected --tier smoke")
    #expect(
      output.errors == """
        nobody2012-refuted: 6 trials, 0 recorded before
        nobody2012-refuted: seed 0 done, 3 of 6 trials, 0 claims ready
        nobody2012-refuted: seed 1 done, 6 of 6 trials, 2 claims ready

        """)
  }

  @Test(arguments: [
    (["nobody2011-printing"], 0), (["nobody2012-refuted"], 1), (["nobody2013-undecided"], 2),
    (["nobody2002-throwing"], 3), (["nobody2012-refuted", "nobody2013-undecided"], 1),
    (["nobody2013-undecided", "nobody2012-refuted", "nobody2011-printing"], 1),
    (["nobody2002-throwing", "nobody2012-refuted", "nobody2013-undecided"], 3),
  ])
  func `ends with the gravest verdict's exit code`(papers: [String], status: Int) throws {
    let output = try Shell().run(["run"] + papers + ["--tier", "smoke", "--no-record"])
    #expect(Int(output.status) == status, "\(output.errors)")
  }

  @Test func `of a run that nothing keeps leaves nothing`() throws {
    let shell = try Shell()
    let output = try shell.run(
      ["nobody2011-printing", "--tier", "smoke", "--no-record", "--registry", "r.sqlite"])
    #expect(output.status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: shell.folder.path)
    #expect(left.isEmpty)
  }
}

struct `A reading command` {
  @Test func `list shows every paper with its latest verdict`() throws {
    let output = try shellWithCoin().run(["list", "--registry", "r.sqlite"])
    #expect(output.status == 0)
    #expect(
      output.text.hasPrefix(
        """
              paper                  claims  stand                            passes  tier   commit  title
        ERR!  fisher1935-coin        7       5 pass, 1 undecided, 1 in error  ▄       smoke  none*   A Coin
        –     nobody2001-trapping    2                                                               On trapping

        """))
  }

  @Test func `list tells of the tier that says most, and counts each verdict by its name`() throws {
    let shell = try Shell()
    for (paper, tier) in [
      ("nobody2014-amended", "standard"), ("nobody2014-amended", "smoke"),
      ("nobody2012-refuted", "smoke"), ("nobody2013-undecided", "smoke"),
      ("nobody2007-undefined", "smoke"),
    ] {
      _ = try shell.run(["run", paper, "--tier", tier, "--registry", "r.sqlite"])
    }
    let rows = try Records(try shell.run(["list", "--csv", "--registry", "r.sqlite"]).text).rows
    let header = try #require(rows.first)
    let papers = Dictionary(uniqueKeysWithValues: rows.dropFirst().map { ($0[0], $0) })
    func field(_ paper: String, _ name: String) throws -> String {
      try #require(papers[paper])[try #require(header.firstIndex(of: name))]
    }
    #expect(try field("nobody2014-amended", "tier") == "standard")
    for (paper, name) in [
      ("nobody2012-refuted", "fail"), ("nobody2013-undecided", "undecided"),
      ("nobody2007-undefined", "error"),
    ] {
      for verdict in ["undecided", "fail", "error"] {
        #expect(try field(paper, verdict) == (verdict == name ? "1" : "0"), "\(paper) \(verdict)")
      }
    }
  }

  @Test func `list counts an error of a claim whose verdict does not count`() throws {
    let shell = try Shell()
    let recorded = ["STANDING": "recorded"]
    for paper in ["nobody2007-undefined", "nobody2012-refuted"] {
      _ = try shell.run(
        ["run", paper, "--tier", "smoke", "--registry", "r.sqlite"], environment: recorded)
    }
    let list = try shell.run(["list", "--registry", "r.sqlite"], environment: recorded).text
    let lines = list.split(separator: "\n")
    let undefined = try #require(lines.first { $0.contains("nobody2007-undefined") })
    #expect(undefined.contains("1 in error, 1 not counted"))
    let refuted = try #require(lines.first { $0.contains("nobody2012-refuted") })
    #expect(refuted.contains("2 not counted") && !refuted.contains("fail"))
  }

  @Test func `show as values has the ends of what is accepted in their columns`() throws {
    let output = try shellWithCoin().run(
      ["show", "fisher1935-coin", "--tier", "smoke", "--csv", "--registry", "r.sqlite"])
    let rows = try Records(output.text).rows
    let header = try #require(rows.first)
    let low = try #require(header.firstIndex(of: "band_low"))
    let high = try #require(header.firstIndex(of: "band_high"))
    for (claim, ends) in [("vacuous", ["-inf", "10.0"]), ("raisesShare", ["0.1", "inf"])] {
      let row = try #require(rows.first { $0[1] == claim })
      #expect([row[low], row[high]] == ends)
    }
  }

  @Test func `shows a run that measured no number as such`() throws {
    let shell = try Shell()
    _ = try shell.run(["run", "nobody2007-undefined", "--tier", "smoke", "--registry", "r.sqlite"])
    let show = try shell.run(
      ["show", "nobody2007-undefined", "--tier", "smoke", "--registry", "r.sqlite"]
    ).text.split(separator: "\n")
    let row = try #require(show.first { $0.hasPrefix("ERR!  affected ") })
    #expect(row.contains("  no number  ") && row.contains("  !  "))
  }

  @Test func `history knows no moved goalposts between tiers`() throws {
    let shell = try Shell()
    for tier in ["smoke", "standard"] {
      _ = try shell.run(["run", "nobody2014-amended", "--tier", tier, "--registry", "r.sqlite"])
    }
    let json = try shell.run(["history", "nobody2014-amended", "--json", "--registry", "r.sqlite"])
    #expect(json.text.matches(of: /"goalposts":null/).count == 2)
  }

  @Test func `list without a registry makes none`() throws {
    let shell = try Shell()
    let output = try shell.run(["list"])
    #expect(output.status == 0)
    let spaces = String(repeating: " ", count: 36)
    #expect(output.text.contains("–     fisher1935-coin        7\(spaces)A Coin\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: shell.folder.path).isEmpty)
  }

  @Test func `show tells the citation, the claims and the departures`() throws {
    let output = try Shell().run(["show", "nobody2012-refuted"])
    #expect(
      output.text == """
        nobody2012-refuted
          On refuted. A. Nobody, 2012.
          https://arxiv.org/abs/2012.00001

              claim       measured   accepted  seeds  trend  note  place     statement
        –     unaffected  never run  >= 0.5                        Abstract  The sound arm shows it.
        –     affected    never run  >= 0.5                        Abstract  The troubled arm shows it.

        departures from the paper: none

        """)
    #expect(output.status == 0)
  }

  @Test func `explain tells what is accepted, why, and what was found`() throws {
    let output = try shellWithCoin().run(
      ["explain", "fisher1935-coin/raisesShare", "--tier", "smoke", "--registry", "r.sqlite"])
    let head = output.text.split(separator: "\n", omittingEmptySubsequences: false).prefix(11)
    #expect(
      head.joined(separator: "\n") == """
        fisher1935-coin/raisesShare at smoke
          The treated coin shows heads more often.
          Abstract, A Coin

          accepted  value at 1(share of treated − share of fair, over weight) >= 0.1
          because   half of the effect that the paper reports
          rule      every one of 3 seeds: all in the band pass, one outside fails
          control   null for treated

          PASS      all 3 seeds lie in the accepted >= 0.1, the nearest to its edge at 0.2
          measured  0.2
        """)
  }

  @Test func `explain of a claim that was never run says how to run it`() throws {
    let output = try Shell().run(["explain", "fisher1935-coin/raisesShare"])
    #expect(
      output.text.hasSuffix(
        "\nnever run at this tier; run: replicate fisher1935-coin --tier standard\n"))
    #expect(output.text.contains("mean of 8 seeds: 90 % interval in the band passes"))
  }

  @Test func `history lists judgements, and only moves when asked`() throws {
    let shell = try shellWithCoin()
    _ = try shell.run(["run", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite"])
    let all = try shell.run(["history", "fisher1935-coin/levels", "--registry", "r.sqlite"]).text
    let lines = all.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0] == "when              commit  tier         claim   measured  trend  version")
    #expect(lines[1].contains("  none*   smoke  PASS  levels  5         ▄      "))
    #expect(lines[2].contains("  none*   smoke  PASS  levels  5         ▄▄     "))
    let moves = try shell.run(
      ["history", "fisher1935-coin/levels", "--changes", "--registry", "r.sqlite"])
    #expect(moves.text.split(separator: "\n").count == 2)
  }

  @Test func `history of nothing says how to get some`() throws {
    let output = try Shell().run(["history", "fisher1935-coin"])
    #expect(output.text == "fisher1935-coin: nothing recorded; run: replicate fisher1935-coin\n")
    #expect(output.status == 0)
  }

  @Test func `history as values has a line a judgement and a fixed header`() throws {
    let output = try shellWithCoin().run(
      ["history", "fisher1935-coin", "--csv", "--registry", "r.sqlite"])
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 8)
    #expect(
      lines[0] == "run,claim,version,tier,started_at,commit,clean,verdict,estimate,low,high,unit,n,"
        + "reason,edition,judged_at,goalposts")
  }

  @Test func `data lists what is there and what is not`() throws {
    let shell = try Shell()
    let output = try shell.run(["data", "list", "--data", "none"])
    #expect(output.status == 0)
    #expect(
      output.text.hasPrefix(
        "name              status  licence        title\nmnist             absent  "))
    let verified = try shell.run(["data", "verify", "optdigits", "--data", "none"])
    #expect(verified.text == "optdigits: absent\n")
    #expect(verified.status == 3)
  }

  @Test func `doctor finds a sound registry sound`() throws {
    let output = try shellWithCoin().run(["doctor", "--registry", "r.sqlite", "--data", "none"])
    #expect(output.status == 0)
    for line in [
      "machine\n", "\n  toolchain   Swift ", "\nrepository\n  commit      unknown\n",
      "\n  runs        1\n  structure   sound\n", "every repeated trial gave the same bits\n",
      "\n  mnist       absent\n",
    ] {
      #expect(output.text.contains(line), "\(line)")
    }
  }
}
