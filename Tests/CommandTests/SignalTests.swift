import Foundation
import Testing

struct `A run that is asked to stop` {
  static let run = "$fixtures run nobody2021-slow --tier smoke --jobs 2 --registry r.sqlite"

  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func `ends with the code of its signal, and so do its workers`(signal: String, code: Int) throws {
    let shell = try Shell()
    let output = try shell.line("timeout --preserve-status -s \(signal) 0.4 \(Self.run)")
    #expect(Int(output.status) == code)
    // A worker notices that nobody feeds it when its trial is done.
    let left = try shell.line(
      "for i in $(seq 100); do "
        + "pgrep -f \"$PWD/r.sqlite-spool\" > /dev/null || exit 0; sleep 0.5; done; exit 1")
    #expect(left.status == 0, "workers outlive the run")
    let resumed = try shell.line(Self.run)
    #expect(resumed.status == 0, "\(resumed.errors)")
    let doctor = try shell.run(["doctor", "--registry", "r.sqlite", "--data", "none"])
    #expect(doctor.text.contains("structure   sound"))
  }
}

struct `A run that is killed` {
  @Test func `takes its workers with it, in the middle of a trial`() throws {
    let shell = try Shell()
    let output = try shell.line(
      "timeout -s KILL 1 $fixtures run nobody2003-hanging --tier smoke --registry r.sqlite; "
        + "for i in $(seq 100); do "
        + "pgrep -f \"$PWD/r.sqlite-spool\" > /dev/null || exit 0; sleep 0.5; done; exit 1")
    #expect(output.status == 0, "a worker outlives the run")
  }
}

struct `Two runs at once on one registry` {
  @Test func `both complete and lose nothing`() throws {
    let shell = try Shell()
    let run = "$fixtures run nobody2021-slow --tier smoke --registry r.sqlite --json"
    let output = try shell.line("\(run) & first=$!; \(run); b=$?; wait $first; echo $? $b")
    #expect(output.text.hasSuffix("\n0 0\n"), "\(output.errors)")
    let doctor = try shell.run(["doctor", "--registry", "r.sqlite", "--data", "none"])
    #expect(doctor.text.contains("\n  runs        2\n  structure   sound\n"))
    let history = try shell.run(
      ["history", "nobody2021-slow/holds", "--csv", "--registry", "r.sqlite"])
    #expect(history.text.split(separator: "\n").count == 3)
  }
}

struct `The registry of a run` {
  static let run = ["nobody2011-printing", "--tier", "smoke"]

  private func exists(_ path: String, in shell: Shell) -> Bool {
    FileManager.default.fileExists(atPath: shell.folder.appending(path: path).path)
  }

  @Test func `is the option's, else the environment's, else the repository's, else the user's`()
    throws
  {
    let shell = try Shell()
    _ = try shell.line("git init -q repo && mkdir repo/inside")
    let environment = ["REPLICATE_REGISTRY": "\(shell.folder.path)/environment.sqlite"]
    #expect(
      try shell.run(Self.run + ["--registry", "option.sqlite"], environment: environment).status
        == 0)
    #expect(exists("option.sqlite", in: shell) && !exists("environment.sqlite", in: shell))
    #expect(try shell.run(Self.run, in: "repo", environment: environment).status == 0)
    #expect(exists("environment.sqlite", in: shell))
    #expect(!exists("repo/registry/registry.sqlite", in: shell))
    #expect(try shell.run(Self.run, in: "repo/inside").status == 0)
    #expect(exists("repo/registry/registry.sqlite", in: shell))
    #expect(!exists(".local", in: shell))
    #expect(try shell.run(Self.run).status == 0)
    #expect(exists(".local/share/replicate/registry.sqlite", in: shell))
  }

  @Test func `keeps what is recorded apart from another one beside it`() throws {
    let shell = try Shell()
    #expect(try shell.run(Self.run + ["--registry", "a.sqlite"]).status == 0)
    let other = try shell.run(Self.run + ["--registry", "b.sqlite"])
    #expect(other.text.contains("\n6 trials executed, 0 recorded before, "))
    let again = try shell.run(Self.run + ["--registry", "a.sqlite"])
    #expect(again.text.contains("\n0 trials executed, 6 recorded before, "))
    let fresh = try shell.run(Self.run + ["--registry", "a.sqlite", "--fresh"])
    #expect(fresh.text.contains("\n6 trials executed, 0 recorded before, "))
  }

  @Test func `holds a run over fewer seeds than declared as undecided`() throws {
    let output = try Shell().run(Self.run + ["--seeds", "1", "--no-record"])
    #expect(output.status == 2)
    #expect(output.text.contains("\n     1 of the declared 2 seeds were run\n"))
  }
}

struct `A terminal` {
  static let hasScript = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

  private func screen(_ variables: String) throws -> String {
    // A terminal of 60 columns, whose two streams are one.
    let line =
      "\(variables) TERM=xterm script -qec 'stty cols 60; $fixtures nobody2002-throwing "
      + "--tier smoke --no-record' /dev/null"
    return try Shell().line(line).text
  }

  @Test(.enabled(if: hasScript, "there is no program to make a terminal"))
  func `sees colour and a line of progress that is removed again`() throws {
    let screen = try screen("")
    #expect(screen.contains("\u{1b}[32mPASS\u{1b}[0m \u{1b}[1munaffected\u{1b}[0m"))
    #expect(screen.contains("\r\u{1b}[Knobody2002-throwing  6/6 trials  2 claims ready"))
    #expect(screen.contains("2 claims ready\r\u{1b}[K"))
    // The only sequences are the program's own.
    let rest = screen.replacing(/\u{1b}\[(K|[0-9]+m)/, with: "")
    #expect(!rest.contains("\u{1b}") && !rest.contains("\u{7}"))
  }

  @Test(.enabled(if: hasScript, "there is no program to make a terminal"))
  func `that wants no colour gets none`() throws {
    #expect(try !screen("NO_COLOR=1").contains("\u{1b}[32m"))
  }
}
