import Testing

struct `Output` {
  static let run = ["run", "nobody2012-refuted", "--tier", "smoke", "--no-record"]

  @Test func `without a terminal has no escape sequences`() throws {
    let output = try Shell().run(Self.run)
    #expect(!output.text.contains("\u{1b}"))
    #expect(!output.errors.contains("\u{1b}"))
  }

  @Test func `has colour where it is forced, and the words are the same`() throws {
    let plain = try Shell().run(["show", "nobody2012-refuted"])
    let forced = try Shell().run(
      ["show", "nobody2012-refuted"], environment: ["CLICOLOR_FORCE": "1"])
    #expect(forced.text.contains("\u{1b}[1mnobody2012-refuted\u{1b}[0m"))
    #expect(forced.text.replacing(/\u{1b}\[[0-9]+m/, with: "") == plain.text)
  }

  @Test(arguments: [
    ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], ["CLICOLOR_FORCE": "0"], ["CLICOLOR_FORCE": ""],
  ])
  func `has no colour where it is refused`(environment: [String: String]) throws {
    let output = try Shell().run(Self.run, environment: environment)
    #expect(!output.text.contains("\u{1b}"))
  }

  @Test func `cannot be steered by what a trial says`() throws {
    let shell = try Shell()
    let run = ["run", "nobody2002-throwing", "--tier", "smoke", "--registry", "r.sqlite"]
    let outputs = [
      try shell.run(run),
      try shell.run([
        "explain", "nobody2002-throwing/affected", "--tier", "smoke", "--registry", "r.sqlite",
      ]),
      try shell.run(["history", "nobody2002-throwing", "--registry", "r.sqlite"]),
    ]
    for output in outputs {
      #expect(!output.text.contains("\u{1b}") && !output.text.contains("\u{7}"))
      #expect(!output.errors.contains("\u{1b}") && !output.errors.contains("\u{7}"))
    }
    #expect(outputs[0].text.contains("the solver gave up \u{fffd}[31mred\u{fffd}[0m \u{fffd}"))
  }

  @Test func `cannot be steered by what the command line says`() throws {
    for arguments in [["run", "\u{1b}[31mred"], ["run", "--tier", "\u{1b}[31mred"]] {
      let output = try Shell().run(arguments)
      #expect(output.errors.contains("\u{fffd}[31mred"))
      #expect(!output.errors.contains("\u{1b}"))
      #expect(output.status == 64)
    }
  }

  @Test func `into a pipe that nobody reads is quiet`() throws {
    let output = try Shell().line(
      "{ sleep 0.3; $fixtures list --json; echo status $? >&2; } | true")
    #expect(output.errors == "status 141\n")
  }
}
