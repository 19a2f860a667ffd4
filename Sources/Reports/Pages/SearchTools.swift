/// The field to search in a table of a page, and the choice of which rows are shown.
///
/// With scripts, typing narrows the rows. Without, a server that answers the form does, and on
/// pages that are files the field is left out and the page says where any word can be found.
/// The choice of rows works by the style sheet alone.
struct SearchTools {
  /// The class of the table, and the rows in words.
  let rows: Markup
  /// The words that were searched for; nil where nothing was.
  var search: String?
  /// Whether somebody answers the form when no script runs.
  var isAnswered = false
  /// What rows can be chosen, by the class of the rows.
  let choices: [(name: Markup, words: String)]
  let frame: PageFrame

  var markup: Markup {
    """
    <div class="tools">\(form)<fieldset class="filter"><legend class="off">Show \(rows)</legend>\
    \(filters)</fieldset></div>\(isAnswered ? nil : advice)
    """
  }

  private var form: Markup {
    let state: Markup =
      isAnswered ? "" : " hidden=\"hidden\" data-file=\"yes\""
    let value: Markup = search.map { " value=\"\(shortened($0, to: 200))\"" } ?? ""
    return """
      <form class="find" role="search" method="get" action="\(frame.link(frame.location))"\(state)>\
      <label>Search <input type="search" name="q" maxlength="200" autocomplete="off" \
      data-rows="\(rows)"\(value)/></label> <button>Search</button></form>
      """
  }

  private var advice: Markup {
    frame.location == .claims
      ? """
      <noscript><p class="key">Every claim is on this page: the browser’s own search finds any word of \
      them.</p></noscript>
      """
      : """
      <noscript><p class="key">To search for words, open <a href="\(frame.link(.claims))">all claims on \
      one page</a> and use the browser’s own search.</p></noscript>
      """
  }

  private var filters: Markup {
    ([(name: "all", words: "all")] + choices).enumerated().markup { index, choice in
      let state: Markup = index == 0 ? " checked=\"checked\"" : ""
      return """
        <label><input type="radio" name="show" id="show-\(choice.name)"\(state)/> \
        \(choice.words)</label>
        """
    }
  }
}
