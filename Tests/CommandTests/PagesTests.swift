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
}
