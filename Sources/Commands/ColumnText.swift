extension Character {
  /// The columns that a terminal gives the character: two for wide ones of East Asia and pictures,
  /// none for a mark that stands alone.
  var columns: Int {
    guard let first = unicodeScalars.first, first.value >= 0x300 else { return 1 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: break
    }
    if first.properties.isEmojiPresentation { return 2 }
    switch first.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3,
      0xf900...0xfaff, 0xfe30...0xfe6f, 0xff00...0xff60, 0xffe0...0xffe6, 0x1f300...0x1f64f,
      0x1f900...0x1f9ff, 0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// The columns that a terminal gives the text.
  var columns: Int {
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.columns }
  }

  /// The text broken at spaces into lines of at most `width` columns, where its words allow it.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    var used = 0
    for word in split(separator: " ") {
      let length = String(word).columns
      if !lines.isEmpty, used + 1 + length <= width {
        lines[lines.count - 1] += " " + word
        used += 1 + length
      } else {
        lines.append(String(word))
        used = length
      }
    }
    return lines.isEmpty ? [""] : lines
  }

  /// The text in lines of at most `width` columns; words that are longer are broken, too.
  func folded(to width: Int) -> [String] {
    wrapped(to: width).flatMap { line -> [String] in
      var (parts, rest) = ([String](), Substring(line))
      while String(rest).columns > width, let head = rest.head(width), !head.isEmpty {
        parts.append(String(head))
        rest = rest.dropFirst(head.count)
      }
      return parts + [String(rest)]
    }
  }

  /// The text, of which no more than `width` columns are left; an ellipsis stands for the rest.
  func shortened(to width: Int) -> String {
    columns <= width ? self : String(Substring(self).head(width - 1) ?? "") + "…"
  }

  /// The text filled with spaces, or cut, to exactly `width` columns.
  func padded(to width: Int) -> String {
    let text = shortened(to: width)
    return text + String(repeating: " ", count: max(0, width - text.columns))
  }
}

extension Substring {
  /// As much of the start as fits into some columns; nil without any.
  fileprivate func head(_ width: Int) -> Substring? {
    var (used, end) = (0, startIndex)
    while end < endIndex, used + self[end].columns <= width {
      used += self[end].columns
      end = index(after: end)
    }
    return width > 0 ? self[..<end] : nil
  }
}
