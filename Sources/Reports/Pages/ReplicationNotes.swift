import Foundation

/// The notes beside a paper's sources, with what they leave open apart from the rest.
package struct ReplicationNotes {
  /// What was done, departed from and seen.
  package let account: NotesMarkup
  /// What the paper or the replication leaves open; nil where the notes do not say.
  package let openQuestions: NotesMarkup?

  /// The heading of the section with the open questions.
  package static let questionsHeading = "## Open questions"

  /// The largest file that is read.
  private static let most = 1 << 20

  /// The notes of a paper's folder; nil where its sources are not at hand.
  init?(folder: String) {
    let path = "\(folder)/NOTES.md"
    guard let data = FileManager.default.contents(atPath: path), data.count <= Self.most
    else { return nil }
    self.init(String(decoding: data, as: UTF8.self))
  }

  /// Notes as they are written: the section reaches to the next heading of its depth or above.
  package init(_ text: String) {
    var account: [Substring] = []
    var questions: [Substring] = []
    var (isOpen, isFenced) = (false, false)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") { isFenced.toggle() }
      let isHeading = !isFenced && (line.hasPrefix("# ") || line.hasPrefix("## "))
      if isHeading { isOpen = line == Self.questionsHeading }
      if isHeading && isOpen { continue }
      if isOpen { questions.append(line) } else { account.append(line) }
    }
    self.account = NotesMarkup(account.joined(separator: "\n"))
    let isEmpty = questions.allSatisfy { $0.allSatisfy(\.isWhitespace) }
    openQuestions = isEmpty ? nil : NotesMarkup(questions.joined(separator: "\n"))
  }
}
