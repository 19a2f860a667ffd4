import FixturePapers
import Foundation
import Registry
import Reports
import Testing

struct `The search of a page` {
  @Test(arguments: ["index.html", "claims.html"])
  func `that is a file waits for a script and says what to do without`(path: String) throws {
    let place = try Workplace()
    try place.build(Workplace.registry(), catalogue: [CoinPaper.self])
    let page = Parsed(try #require(try place.files()[path]))
    let form = page.attributes.filter { $0.element == "form" }
    #expect(form.contains { $0.name == "hidden" } && form.contains { $0.name == "data-file" })
    #expect(form.contains { $0.name == "method" && $0.value == "get" })
    #expect(form.contains { $0.name == "action" && $0.value == path })
    #expect(page.attributes.contains { $0.element == "input" && $0.value == "q" })
    #expect(page.elements["noscript"] == 1)
    #expect(page.text.contains("own search"))
  }

  @Test func `leaves the choice of rows to the style sheet`() throws {
    let place = try Workplace()
    try place.build(Workplace.registry())
    let files = try place.files()
    let style = String(decoding: try #require(files["assets/site.css"]), as: UTF8.self)
    for path in ["index.html", "claims.html"] {
      let page = Parsed(try #require(files[path]))
      let choices = page.identifiers.filter { $0.hasPrefix("show-") }
      #expect(choices.count > 4)
      for choice in choices where choice != "show-all" {
        #expect(
          style.contains("main:has(#\(choice):checked) tbody tr:not(.\(choice.dropFirst(5)))"))
      }
    }
  }

  @Test func `is said where a run has no files`() throws {
    let place = try Workplace()
    try place.build(Workplace.registry())
    let pages = try place.files().filter { $0.key.hasPrefix("runs/") && $0.key.hasSuffix(".html") }
    var without = 0
    for (path, data) in pages {
      let text = Parsed(data).text
      let hasFiles = text.contains("The whole run as JSON")
      #expect(hasFiles != text.contains("sqlite3 -json registry.sqlite"), "\(path)")
      without += hasFiles ? 0 : 1
    }
    #expect(without > 0 && without < pages.count)
  }
}
