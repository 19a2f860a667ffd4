import Testing

struct `A command line that names nothing` {
  struct Line: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var status: Int32
    var errors: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let lines = [
    Line(
      arguments: ["run", "fisher1935-con"], status: 64,
      errors: """
        error: no paper 'fisher1935-con'
        help: Did you mean 'fisher1935-coin'?

        """),
    Line(
      arguments: ["fisher1935-coim"], status: 64,
      errors: """
        error: no paper 'fisher1935-coim'
        help: Did you mean 'fisher1935-coin'?

        """),
    Line(
      arguments: ["show", "somebody1900-else"], status: 64,
      errors: """
        error: no paper 'somebody1900-else'
        help: `replicate list` names the papers.

        """),
    Line(
      arguments: ["run", "fisher1935-coin", "--claim", "raisesShar"], status: 64,
      errors: """
        error: fisher1935-coin: no claim 'raisesShar'
        help: Did you mean 'raisesShare'?

        """),
    Line(
      arguments: ["explain", "fisher1935-coin/nothing-like-it"], status: 64,
      errors: """
        error: fisher1935-coin: no claim 'nothing-like-it'
        help: `replicate show fisher1935-coin` names its claims.

        """),
    Line(
      arguments: ["history", "nope"], status: 64,
      errors: """
        error: no paper 'nope'
        help: `replicate list` names the papers.

        """),
    Line(
      arguments: ["run"], status: 5,
      errors: """
        error: nothing selected
        help: Name a paper, or --all; `replicate list` names the papers.

        """),
    Line(
      arguments: ["run", "Malformed", "--tier", "full", "--claim", "unsaid"], status: 5,
      errors: """
        error: Malformed: nothing to judge at full: no claim of unsaid
        help: `replicate show Malformed --tier full` names the claims of that tier.

        """),
    Line(
      arguments: ["explain", "Malformed/unsaid", "--tier", "full"], status: 64,
      errors: """
        error: --tier full: expected a tier that judges Malformed/unsaid: smoke
        help: See `replicate help`.

        """),
    Line(
      arguments: ["data", "verify", "cifar"], status: 64,
      errors: """
        error: no data set 'cifar'
        help: `replicate data list` names the data sets.

        """),
  ]

  @Test(arguments: lines)
  func `says so in one line, with what to do`(line: Line) throws {
    let shell = try Shell()
    let output = try shell.run(line.arguments)
    #expect(output.errors == line.errors)
    #expect(output.text.isEmpty)
    #expect(output.status == line.status)
  }

  struct Misuse: Sendable, CustomTestStringConvertible {
    var arguments: [String]
    var says: String
    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let misuses = [
    Misuse(
      arguments: ["run", "fisher1935-coin", "--tier", "smok"],
      says: "The value 'smok' is invalid for '--tier <tier>'. Please provide one of 'smoke', "
        + "'standard' or 'full'."),
    Misuse(arguments: ["run", "fisher1935-coin", "--bogus"], says: "Unknown option '--bogus'"),
    Misuse(
      arguments: ["run", "fisher1935-coin", "--seeds", "0"], says: "--seeds must be at least 1"),
    Misuse(
      arguments: ["run", "fisher1935-coin", "--jobs", "0"], says: "--jobs must be at least 1"),
    Misuse(
      arguments: ["run", "fisher1935-coin", "--threads", "0"],
      says: "--threads must be at least 1"),
    Misuse(
      arguments: ["run", "fisher1935-coin", "--all"], says: "Name papers or --all, not both."),
    Misuse(
      arguments: ["explain", "fisher1935-coin"], says: "Name a claim as <paper-id>/<claim-id>."),
    Misuse(
      arguments: ["history", "fisher1935-coin", "--json", "--csv"],
      says: "Choose --json or --csv, not both."),
  ]

  @Test(arguments: misuses)
  func `in a form that no command has is usage`(misuse: Misuse) throws {
    let shell = try Shell()
    let output = try shell.run(misuse.arguments)
    #expect(output.status == 64)
    #expect(output.errors.hasPrefix("error: \(misuse.says)"))
    #expect(output.errors.contains("\nUsage: replicate "))
    #expect(output.text.isEmpty)
  }

  @Test func `because it is empty prints the help`() throws {
    let shell = try Shell()
    let output = try shell.run([])
    #expect(output.status == 0)
    #expect(output.text.hasPrefix("OVERVIEW: Check whether published claims still hold.\n"))
    for command in ["run", "list", "show", "explain", "history", "data", "check", "doctor"] {
      #expect(output.text.contains("\n  \(command) "), "\(command)")
    }
    #expect(output.text.contains("Exit codes: 0 all pass, 1 a claim failed"))
    #expect(!output.text.contains("worker"))
    #expect(try shell.run(["--help"]).text == output.text)
    #expect(try shell.run(["--version"]).text == "0.1.0\n")
  }
}

struct `A bad declaration` {
  static let problems = """
    error: Malformed: the id is not of the form firstauthorYEAR-slug
    error: Malformed: the id does not hold the year 2024
    error: Malformed: title or authors are missing
    error: Malformed: '24' is not an arXiv number
    error: Malformed: has fewer than two arms; nothing to compare
    error: Malformed/unjudged: no tier judges it; return an expectation
    error: Malformed arm only at smoke: two of its setups are equal
    error: Malformed/unsaid at smoke: the statement is not a sentence that ends in a full stop
    error: Malformed/unsaid at smoke: `because:` does not say where the band comes from
    error: Malformed/unsaid at smoke: the seeds rule mean of 1 seed: a mean over 1 seed has no \
    interval: it needs 2
    error: Malformed/unsaid at smoke: smoke judges exact claims and effects that every seed must \
    show: use .every or .once
    error: Malformed/unsaid at smoke: has no control and does not say why
    error: Malformed arm only at standard: two of its setups are equal
    error: Malformed arm only at full: two of its setups are equal
    help: Mend the declaration; `replicate check` reads it without running it.

    """

  @Test(arguments: [["check"], ["check", "Malformed"], ["run", "Malformed", "--tier", "smoke"]])
  func `is refused with all its problems`(arguments: [String]) throws {
    let output = try Shell().run(arguments)
    #expect(output.errors == Self.problems)
    #expect(output.status == 65)
    #expect(output.text.isEmpty)
  }

  @Test func `is not found in sound ones`() throws {
    let output = try Shell().run(["check", "fisher1935-coin", "nobody2012-refuted"])
    #expect(output.text == "2 papers with 9 claims: no problems\n")
    #expect(output.status == 0)
  }
}
