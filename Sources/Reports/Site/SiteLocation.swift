import Digests

/// Where a page or file of the site lies.
enum SiteLocation: Hashable {
  case overview
  case claims
  case changes
  case about
  case feed
  case style
  case icon
  case script
  case paper(String)
  case comparison(paper: String)
  case figures(paper: String)
  case history(paper: String)
  case figure(paper: String, name: String)
  case claim(paper: String, String)
  case run(Digest)
  case ledgerEntry(Digest)
  case trials(Digest)
  case commit(String)

  /// The path below the site's folder, of harmless names only.
  var path: String {
    switch self {
    case .overview: "index.html"
    case .claims: "claims.html"
    case .changes: "changes.html"
    case .about: "about.html"
    case .feed: "feed.xml"
    case .style: "assets/site.css"
    case .icon: "assets/icon.svg"
    case .script: "assets/site.js"
    case .paper(let id): "papers/\(fileName(id))/index.html"
    case .comparison(let id): "papers/\(fileName(id))/comparison.html"
    case .figures(let id): "papers/\(fileName(id))/figures.csv"
    case .history(let id): "papers/\(fileName(id))/history.csv"
    case .figure(let id, let name): "papers/\(fileName(id))/figures/\(fileName(name)).svg"
    case .claim(let id, let claim): "papers/\(fileName(id))/claims/\(fileName(claim)).html"
    case .run(let run): "runs/\(run.description.prefix(2))/\(run).html"
    case .ledgerEntry(let run): "runs/\(run.description.prefix(2))/\(run).json"
    case .trials(let run): "runs/\(run.description.prefix(2))/\(run).csv"
    case .commit(let commit): "commits/\(fileName(commit)).html"
    }
  }

  /// How many folders deep it lies.
  var depth: Int { path.utf8.count { $0 == UInt8(ascii: "/") } }

  /// The address of another place as seen from this one.
  func link(to other: SiteLocation) -> String {
    String(repeating: "../", count: depth) + other.path
  }
}

/// A text as the name of a file: itself where it is harmless on every file system, else its digest.
///
/// Upper case goes by digest too, because some file systems do not tell it from lower case.
package func fileName(_ text: String) -> String {
  let isHarmless =
    !text.isEmpty && text.utf8.count <= 100
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
  return isHarmless ? text : "_" + Digest(of: text).description.prefix(32)
}

/// The name under which a figure is asked for and filed: its title in lower case with hyphens.
public func figureName(_ title: String) -> String {
  let words = title.lowercased().unicodeScalars.split { scalar in
    !("a"..."z").contains(scalar) && !("0"..."9").contains(scalar)
  }
  let name = words.map { String($0) }.joined(separator: "-")
  return name.isEmpty ? fileName(title) : name
}
