/// Comma-separated values as RFC 4180 has them, read back.
struct Records {
  private(set) var rows: [[String]] = []

  /// What is no such text.
  struct Malformed: Error {}

  init(_ text: String) throws {
    var (row, cell, isQuoted, wasQuoted) = ([String](), "", false, false)
    var characters = text.unicodeScalars.makeIterator()
    var next = characters.next()
    while let scalar = next {
      next = characters.next()
      if isQuoted {
        if scalar != "\"" {
          cell.unicodeScalars.append(scalar)
        } else if next == "\"" {
          cell.append("\"")
          next = characters.next()
        } else {
          (isQuoted, wasQuoted) = (false, true)
        }
      } else if scalar == "\"" {
        guard cell.isEmpty, !wasQuoted else { throw Malformed() }
        isQuoted = true
      } else if scalar == "," || scalar == "\n" {
        row.append(cell)
        (cell, wasQuoted) = ("", false)
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      } else {
        guard !wasQuoted, scalar != "\r" else { throw Malformed() }
        cell.unicodeScalars.append(scalar)
      }
    }
    guard !isQuoted, row.isEmpty, cell.isEmpty, Set(rows.map(\.count)).count <= 1 else {
      throw Malformed()
    }
  }
}
