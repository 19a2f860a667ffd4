import Reports
import Testing

struct `Notes of a replication` {
  private func texts(_ notes: String) -> (account: String, questions: String?) {
    let notes = ReplicationNotes(notes)
    func text(_ notes: NotesMarkup) -> String {
      String(decoding: notes.markup.bytes, as: UTF8.self)
    }
    return (text(notes.account), notes.openQuestions.map(text))
  }

  @Test func `give their open questions apart from the rest`() {
    let (account, questions) = texts(
      "# A\n\nDone.\n\n## Open questions\n\n- Why?\n\n### More\n\n- How?\n\n## Seen\n\nIt.\n")
    #expect(account == "<h3>A</h3>\n<p>Done.</p>\n<h3>Seen</h3>\n<p>It.</p>\n")
    #expect(questions == "<ul><li>Why?</li></ul>\n<h4>More</h4>\n<ul><li>How?</li></ul>\n")
  }

  @Test func `have none where the section is missing, empty or inside code`() {
    #expect(texts("# A\n\nOpen questions\n").questions == nil)
    #expect(texts("# A\n\n## Open questions\n \n").questions == nil)
    let (account, questions) = texts("```\n## Open questions\nx\n```\n")
    #expect(questions == nil)
    #expect(account == "<pre tabindex=\"0\">## Open questions\nx</pre>\n")
  }
}
