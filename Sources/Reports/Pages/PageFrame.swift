/// What surrounds the content of every page.
struct PageFrame {
  /// Where the page lies.
  let location: SiteLocation
  /// Its title, without the site's name.
  let title: String
  /// The pages above it.
  let trail: [(name: String, at: SiteLocation)]
  /// The way from the page up to the site's folder.
  private let up: String

  init(
    location: SiteLocation, title: String, trail: [(name: String, at: SiteLocation)] = []
  ) {
    self.location = location
    self.title = title
    self.trail = trail
    up = String(repeating: "../", count: location.depth)
  }

  /// The address of another page or file.
  func link(_ other: SiteLocation) -> String { up + other.path }

  /// The whole page.
  ///
  /// The policy in its head lets it load files beside it and nothing else, so that even a text
  /// that passed for markup could neither run nor tell anybody.
  func page(_ content: Markup) -> [UInt8] {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"/><meta name="viewport" \
      content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>\
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' file:; \
      script-src 'self' file:; img-src 'self' file: data:; form-action 'self'; base-uri 'none'"/>\
      <title>\(title) · replicate</title><link rel="stylesheet" href="\(link(.style))"/>\
      <link rel="icon" type="image/svg+xml" href="\(link(.icon))"/>\
      <link rel="alternate" type="application/atom+xml" title="Changes of verdicts" \
      href="\(link(.feed))"/><script src="\(link(.script))" defer="defer"></script></head>
      <body><a class="skip" href="#main">Skip to content</a>
      <header class="top"><nav aria-label="Site"><a class="brand" href="\(link(.overview))">replicate</a>\
      \(entry("Papers", .overview))\(entry("Claims", .claims))\(entry("Changes", .changes))\
      \(entry("About", .about))</nav></header>
      <main id="main">\(crumbs)
      \(content)
      </main>
      <footer>Every number on these pages comes from recorded runs. <a href="\(link(.about))">What \
      the verdicts mean</a></footer></body></html>

      """
    return page.bytes
  }

  private func entry(_ name: String, _ place: SiteLocation) -> Markup {
    location == place
      ? "<a href=\"\(link(place))\" aria-current=\"page\">\(name)</a>"
      : "<a href=\"\(link(place))\">\(name)</a>"
  }

  private var crumbs: Markup {
    if trail.isEmpty { return "" }
    return """
      <nav class="trail" aria-label="Where you are">\(trail.map { step -> Markup in
        "<a href=\"\(link(step.at))\">\(step.name)</a>"
      }.joined(separator: "<span aria-hidden=\"true\"> / </span>"))</nav>
      """
  }

  /// A link to a run by the beginning of its id.
  func runLink(_ run: SiteLocation, _ text: String) -> Markup {
    "<a class=\"id\" href=\"\(link(run))\">\(text)</a>"
  }

  /// A link to a commit, with a sign where the tree differed from it; one at which nothing was run
  /// has no page.
  func commitLink(_ commit: String?, isClean: Bool?, hasPage: Bool = true) -> Markup {
    guard let commit else { return "<span class=\"mute\">no commit</span>" }
    let mark: Markup =
      switch isClean {
      case true?: ""
      case false?: "<span class=\"mute\"> with changes</span>"
      case nil: "<span class=\"mute\"> state unknown</span>"
      }
    guard hasPage else { return "<span class=\"id\">\(commit.prefix(10))</span>\(mark)" }
    return """
      <a class="id" href="\(link(.commit(commit)))">\(commit.prefix(10))</a>\(mark)
      """
  }
}

/// A table with a header, scrolled by itself where it is wider than the page.
func table(
  _ caption: String, _ header: [Markup], _ rows: Markup, name: Markup = "", isSortable: Bool = false
) -> Markup {
  """
  <div class="scroll" role="group" aria-label="\(caption)" tabindex="0"><table class="\(name)\
  \(isSortable ? " sort" : "")"><caption class="off">\(caption)</caption><thead><tr>\
  \(header.markup { "<th scope=\"col\">\($0)</th>" })</tr></thead><tbody>\(rows)</tbody></table></div>
  """
}
