import Foundation
import Testing

struct `Pages` {
  @Test func `are written for what was run, and only anew where it changed`() throws {
    let shell = try Shell()
    _ = try shell.run(["run", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite"])
    let first = try shell.run(["site", "pages", "--registry", "r.sqlite"])
    #expect(first.status == 0)
    #expect(first.text.contains(" written, 0 unchanged, 0 removed"))
    let again = try shell.run(
      ["site", "pages", "--registry", "r.sqlite"],
      environment: ["LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"])
    #expect(again.text.contains(": 0 files written, "))
    let page = try String(
      contentsOf: shell.folder.appending(path: "pages/papers/fisher1935-coin/index.html"),
      encoding: .utf8)
    #expect(page.contains("A Coin") && !page.contains(shell.folder.path))
  }

  @Test func `are refused in a folder that holds something else`() throws {
    let shell = try Shell()
    let output = try shell.line("mkdir pages && touch pages/thesis.tex && $fixtures site pages")
    #expect(output.status == 64)
    #expect(output.errors.contains("is not empty and not a site of this program"))
  }
}

struct `One figure` {
  @Test func `that a paper does not declare names those it does`() throws {
    let shell = try Shell()
    _ = try shell.run(["run", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite"])
    let output = try shell.run([
      "show", "fisher1935-coin", "--tier", "smoke", "--figure", "x", "--registry", "r.sqlite",
    ])
    #expect(output.status == 5)
    #expect(output.errors.contains("declares no figure at the smoke tier"))
  }

  @Test func `as SVG must be named`() throws {
    let output = try Shell().run(["show", "fisher1935-coin", "--svg", "x.svg"])
    #expect(output.status == 64)
    #expect(output.errors.contains("Name the figure with --figure."))
  }

  @Test func `is meant by its number or by words that no other title has`() throws {
    let shell = try Shell()
    func shown(_ figure: String) throws -> Shell.Output {
      try shell.figure("--figure '\(figure)' --json")
    }
    let list = try shown("no such figure")
    #expect(list.status == 64)
    let names = try #require(list.errors.firstMatch(of: /Its figures are: (.*)\./)).1
      .split(separator: ", ").map(String.init)
    #expect(names.count > 1)
    for (index, name) in names.enumerated().prefix(2) {
      let (named, numbered) = (try shown(name), try shown("\(index + 1)"))
      #expect(named.status == 0 && named.text == numbered.text, "\(name)")
    }
    #expect(try shown(names[0]).text != shown(names[1]).text)
    let common = try #require(
      "aeinorst".first { letter in names.allSatisfy { $0.contains(letter) } })
    #expect(try shown(String(common)).status == 64)
  }

  @Test func `as PNG names what is missing where nothing can draw it`() throws {
    let output = try Shell().picture(environment: ["PATH": "/nowhere"])
    #expect(output.status == 3)
    #expect(output.errors.contains("rsvg-convert is not installed, and PNG is drawn by it"))
    #expect(output.errors.contains("Install librsvg2-bin"))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/rsvg-convert")))
  func `as PNG has the size that was asked for`() throws {
    let shell = try Shell()
    #expect(try shell.picture().status == 0)
    let file = [UInt8](try Data(contentsOf: shell.folder.appending(path: "f.png")))
    #expect(Array(file[..<4]) == [0x89, 0x50, 0x4E, 0x47])
    #expect(Int(file[18]) << 8 | Int(file[19]) == 680 * 3 / 2)
    let output = try shell.picture(to: "nowhere/f.png")
    #expect(output.status != 0 && output.errors.contains("could not draw the figure"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: shell.folder.path).allSatisfy {
        !$0.contains("part")
      })
  }

  @Test(arguments: ["0", "-1", "1000", "nan"])
  func `has no pixels at a scale such as that`(scale: String) throws {
    let output = try Shell().run([
      "show", "fisher1935-coin", "--figure", "1", "--png", "x.png", "--scale=\(scale)",
    ])
    #expect(output.status == 64)
  }
}

extension Shell {
  /// Draws a figure of a paper whose results are committed.
  fileprivate func picture(
    to path: String = "f.png", environment: [String: String] = [:]
  ) throws -> Output {
    try figure(
      "--figure 1 --scale 1.5 --png '\(folder.path)/\(path)'", environment: environment)
  }

  /// Shows a paper whose results are committed.
  fileprivate func figure(
    _ options: String, environment: [String: String] = [:]
  ) throws -> Output {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try line(
      "cd '\(root.path)' && '\(Self.products.path)/replicate' show woodruff2023-lp-sensitivity "
        + "\(options) --registry '\(folder.path)/none.sqlite'", environment: environment)
  }
}
