import Replication

/// Finds what the command line names, or says what it may have meant.
enum Selection {
  /// A paper of the catalogue.
  static func paper(_ id: String) throws -> any Replication.Type {
    let catalogue = Replicate.catalogue
    guard let paper = catalogue.first(where: { $0.paper.id == id }) else {
      throw SelectionError.unknownPaper(
        id, nearest: nearest(to: id, of: catalogue.map { $0.paper.id }))
    }
    return paper
  }

  /// A paper and, after a slash, one of its claims.
  static func claim(_ path: String) throws -> (paper: any Replication.Type, claim: String?) {
    guard let slash = path.firstIndex(of: "/") else { return (try paper(path), nil) }
    let paper = try paper(String(path[..<slash]))
    let claim = String(path[path.index(after: slash)...])
    guard paper.claimKeys.contains(claim) else {
      throw SelectionError.unknownClaim(
        paper: paper.paper.id, claim, nearest: nearest(to: claim, of: paper.claimKeys))
    }
    return (paper, claim)
  }

  /// The candidate with the least edit distance, where it is near enough to be meant.
  static func nearest(to text: String, of candidates: [String]) -> String? {
    let scored = candidates.map { candidate in
      let distance =
        candidate.hasPrefix(text) && text.count >= 3 ? 1 : distance(text, candidate)
      return (distance, candidate)
    }
    guard let best = scored.min(by: { $0 < $1 }) else { return nil }
    return best.0 <= max(2, text.count / 3) ? best.1 : nil
  }

  /// The Levenshtein distance.
  private static func distance(_ a: String, _ b: String) -> Int {
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
