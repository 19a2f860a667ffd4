import Foundation
import Testing

struct `A data set` {
  static let run = [
    "run", "nobody2010-reading", "--tier", "smoke", "--registry", "r.sqlite", "--data", "data",
  ]
  static let file = "data/mnist/train-images-idx3-ubyte.gz"

  @Test func `that is absent is an error that names it and the command`() throws {
    try expect(
      "mnist: train-images-idx3-ubyte.gz is not in",
      "Run `replicate data fetch mnist`, or point --data or $REPLICATE_DATA", in: try Shell())
  }

  @Test func `that is cut short is an error that names it and the command`() throws {
    let shell = try Shell()
    _ = try shell.line(
      "mkdir -p data/mnist; for name in train-images-idx3 train-labels-idx1 t10k-images-idx3 "
        + "t10k-labels-idx1; do head -c 1000 /dev/zero | gzip > data/mnist/$name-ubyte.gz; done")
    try expect(
      "mnist: train-images-idx3-ubyte.gz is truncated: it holds 1000 of 47040016 bytes",
      "Run `replicate data fetch mnist`, which replaces the damaged file", in: shell)
  }

  @Test func `whose compressed file is cut short is an error`() throws {
    let shell = try Shell()
    _ = try shell.line(
      "mkdir -p data/mnist; for name in train-images-idx3 train-labels-idx1 t10k-images-idx3 "
        + "t10k-labels-idx1; do head -c 100000 /dev/urandom | gzip | head -c 5000 "
        + "> data/mnist/$name-ubyte.gz; done")
    try expect(
      "mnist: train-images-idx3-ubyte.gz", "Run `replicate data fetch mnist`", in: shell)
  }

  @Test func `with other bytes is an error that names both digests`() throws {
    let shell = try Shell()
    _ = try shell.line(
      "mkdir -p data/mnist; head -c 47040016 /dev/zero | gzip -1 > \(Self.file); "
        + "for name in train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do "
        + "echo | gzip > data/mnist/$name-ubyte.gz; done")
    try expect(
      "mnist: the content of train-images-idx3-ubyte.gz has SHA-256 ",
      "expected ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", in: shell)
    let verified = try shell.run(["data", "verify", "mnist", "--data", "data"])
    #expect(verified.status == 3)
    #expect(verified.text.hasPrefix("mnist: corrupt: mnist: the content of train-images"))
  }

  @Test(.enabled(if: canIsolate, "no process can be kept from the network here"))
  func `that is fetched without a network says so and what to do`() throws {
    let output = try Shell().line("unshare -n $fixtures data fetch optdigits --data data")
    #expect(output.status == 3)
    #expect(output.errors.contains("\nerror: "))
    #expect(output.errors.contains("optdigits.tra cannot be reached: "))
    #expect(
      output.errors.hasSuffix(
        "\nhelp: Connect to the network and run the command again, or copy the files into the data "
          + "folder.\n"))
    #expect(output.text.isEmpty)
  }

  private func expect(_ problem: String, _ remedy: String, in shell: Shell) throws {
    let output = try shell.run(Self.run + ["--json"])
    #expect(output.status == 3)
    let run = try JSONSerialization.jsonObject(with: Data(output.text.utf8)) as? [String: Any]
    let claims = try #require(run?["claims"] as? [[String: Any]])
    #expect(claims.map { $0["verdict"] as? String } == ["pass", "error"])
    let reason = try #require(claims[1]["reason"] as? String)
    #expect(reason.contains(problem))
    #expect(reason.contains(remedy))
  }
}

struct `A registry` {
  static let run = ["run", "nobody2011-printing", "--tier", "smoke", "--registry", "r.sqlite"]

  /// A shell whose registry holds a run, with bytes of its file replaced.
  private func shell(replacing offset: Int, by bytes: [UInt8]) throws -> Shell {
    let shell = try Shell()
    #expect(try shell.run(Self.run).status == 0)
    let file = shell.folder.appending(path: "r.sqlite")
    var data = try Data(contentsOf: file)
    data.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    try data.write(to: file)
    return shell
  }

  private func expectUnavailable(_ shell: Shell, _ problem: String, _ remedy: String) throws {
    for arguments in [Self.run, ["list", "--registry", "r.sqlite"]] {
      let output = try shell.run(arguments)
      #expect(output.status == 69)
      #expect(output.text.isEmpty)
      let path = shell.folder.appending(path: "r.sqlite").path
      let lines = output.errors.replacing(path, with: "r.sqlite").split(separator: "\n")
      #expect(lines.count == 2)
      #expect(lines.first?.hasPrefix("error: \(problem)") == true, "\(output.errors)")
      #expect(lines.last?.hasPrefix("help: \(remedy)") == true, "\(output.errors)")
    }
  }

  @Test func `of a newer version is left alone`() throws {
    // The user version stands in the header, big-endian, at byte 60.
    let shell = try shell(replacing: 60, by: [0, 0, 0, 99])
    try expectUnavailable(
      shell, "the registry r.sqlite was written by a newer version: schema 99, known ",
      "Update replicate, or name another file with --registry.")
  }

  @Test func `of another program is left alone`() throws {
    // The application id stands at byte 68.
    let shell = try shell(replacing: 68, by: [1, 2, 3, 4])
    try expectUnavailable(
      shell, "r.sqlite is a database of another program, not a registry",
      "Name another file with --registry.")
  }

  @Test func `that is no database is told to be damaged`() throws {
    let shell = try shell(replacing: 0, by: Array("no database file".utf8))
    try expectUnavailable(
      shell, "the registry r.sqlite is damaged: ", "Move r.sqlite away with its -wal and -shm files"
    )
  }

  @Test func `with a damaged page is told to be damaged, by the doctor at the latest`() throws {
    let shell = try Shell()
    #expect(try shell.run(Self.run).status == 0)
    let file = shell.folder.appending(path: "r.sqlite")
    var data = try Data(contentsOf: file)
    for offset in stride(from: 4096, to: data.count, by: 4096) {
      data.replaceSubrange(offset..<offset + 64, with: [UInt8](repeating: 0xa5, count: 64))
    }
    try data.write(to: file)
    let run = try shell.run(Self.run)
    #expect(run.status == 69)
    #expect(run.errors.contains("is damaged: "))
    let doctor = try shell.run(["doctor", "--registry", "r.sqlite", "--data", "none"])
    #expect(doctor.status == 3)
    #expect(doctor.text.contains("is damaged: ") || doctor.text.contains("structure   "))
  }

  @Test(arguments: ["/proc/r.sqlite", "/proc/none/r.sqlite"])
  func `where nothing can be written is told before anything is run`(path: String) throws {
    let output = try Shell().run(
      ["run", "nobody2011-printing", "--tier", "smoke", "--registry", path])
    #expect(output.status == 69)
    #expect(output.errors.hasPrefix("error: the registry \(path) cannot be written: "))
    #expect(
      output.errors.hasSuffix(
        "\nhelp: Check the permissions of file and folder, or name another with --registry.\n"))
    #expect(output.text.isEmpty)
  }

  @Test(.enabled(if: canMount, "no small disk can be mounted here"))
  func `on a disk that is full says so and keeps what it had`() throws {
    let shell = try Shell()
    let mount = try shell.line("mkdir small && mount -t tmpfs -o size=1m tmpfs small")
    #expect(mount.status == 0)
    defer { _ = try? shell.line("umount -l small") }
    let run = [
      "run", "nobody2022-idle", "--tier", "smoke", "--registry", "small/r.sqlite",
    ]
    let output = try shell.run(run)
    #expect(output.status == 69 || output.status == 3)
    #expect(output.errors.contains("No space left") || output.errors.contains("no space is left"))
    #expect(output.errors.contains("help: "))
    #expect(output.text.isEmpty)

    _ = try shell.line("mount -o remount,size=64m small")
    let resumed = try shell.run(run)
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(!resumed.errors.contains(" 0 recorded before"))
    let doctor = try shell.run(["doctor", "--registry", "small/r.sqlite", "--data", "none"])
    #expect(doctor.text.contains("structure   sound"))
  }
}

struct `A repository` {
  static let run = ["run", "fisher1935-coin", "--claim", "levels", "--registry", "../r.sqlite"]
  static let make =
    "git init -q -b main repo && cd repo && echo a > a && git add a && "
    + "git -c user.name=A -c user.email=a@b.c commit -qm first && git rev-parse HEAD"

  @Test func `gives a run its commit, and says when the tree had changes`() throws {
    let shell = try Shell()
    let commit = try shell.line(Self.make).text.prefix(12)
    let clean = try shell.run(Self.run, in: "repo")
    #expect(clean.text.contains("\nstandard tier at \(commit), run "), "\(clean.errors)")
    try shell.write("b\n", to: "repo/a")
    let changed = try shell.run(Self.run, in: "repo")
    #expect(changed.text.contains("\nstandard tier at \(commit) with changes, run "))
  }

  @Test(.enabled(if: isSuperuser, "only the superuser gives files away"))
  func `of somebody else is not trusted, and the run goes on without it`() throws {
    let shell = try Shell()
    _ = try shell.line(Self.make)
    _ = try shell.line("chown -R 12345 repo")
    let output = try shell.run(Self.run, in: "repo")
    #expect(output.status == 0)
    #expect(output.text.contains("\nstandard tier at no commit (state unknown), run "))
    let doctor = try shell.run(["doctor", "--registry", "../r.sqlite"], in: "repo")
    #expect(doctor.text.contains("  commit      unknown\n"))
    #expect(doctor.text.contains("belongs to another user"), "\(doctor.text)")
  }

  @Test func `keeps a whole run in its ledger, which fills a new registry`() throws {
    let shell = try Shell()
    _ = try shell.line(Self.make)
    let output = try shell.run(
      ["run", "nobody2011-printing", "--registry", "../r.sqlite"], in: "repo")
    #expect(output.status == 0)
    #expect(output.text.contains("\nledger entry: "))
    let filled = try shell.run(
      ["history", "nobody2011-printing", "--csv", "--registry", "../new.sqlite"], in: "repo")
    #expect(filled.text.split(separator: "\n").count == 3)
  }

  @Test func `has its ledger taken in once, by the first command that reads`() throws {
    let shell = try Shell()
    _ = try shell.line(Self.make)
    _ = try shell.run(["run", "nobody2011-printing", "--registry", "../r.sqlite"], in: "repo")
    let file = shell.folder.appending(path: "repo/registry/registry.sqlite").path
    // A file that was named is not made by reading, since the name may be a slip.
    let named = try shell.run(["list", "--registry", "../slip.sqlite"], in: "repo")
    #expect(named.text.contains("PASS  nobody2011-printing"))
    #expect(
      !FileManager.default.fileExists(atPath: shell.folder.appending(path: "slip.sqlite").path))
    #expect(!FileManager.default.fileExists(atPath: file))
    let first = try shell.run(["list"], in: "repo")
    #expect(first.text == named.text && first.status == 0)
    #expect(FileManager.default.fileExists(atPath: file))
    // What is committed later, or elsewhere, is taken in as well.
    _ = try shell.line("rm -r repo/registry/ledger && mkdir repo/registry/ledger")
    #expect(try shell.run(["list"], in: "repo").text == first.text)
  }
}

struct `A program that is older than its sources` {
  @Test func `records nothing under their name`() throws {
    let shell = try Shell()
    let output = try shell.line(
      "cp $fixtures old && touch -d 2001-01-01 old && "
        + "./old nobody2012-refuted --tier smoke --registry r.sqlite")
    #expect(output.status == 3)
    #expect(output.errors.hasPrefix("error: the program is older than the sources in "))
    #expect(
      output.errors.hasSuffix(
        "\nhelp: Build again with `swift build -c release`, or run with `swift run -c release`.\n"))
    #expect(output.text.isEmpty)
  }
}

struct `A level of instructions` {
  @Test(arguments: ["mmx", "AVX2", " "])
  func `that does not exist is usage`(level: String) throws {
    for arguments in [["fisher1935-coin", "--tier", "smoke", "--no-record"], ["doctor"]] {
      let output = try Shell().run(arguments, environment: ["REPLICATE_SIMD": level])
      #expect(output.status == 64)
      #expect(
        output.errors.hasPrefix("error: REPLICATE_SIMD is '\(level)', which is no SIMD level.\n"))
      #expect(output.errors.contains("help: Set REPLICATE_SIMD to one of portable, scalar"))
      #expect(output.text.isEmpty)
    }
  }
}
