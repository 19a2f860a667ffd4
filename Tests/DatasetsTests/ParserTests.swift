import Datasets
import Testing

/// A fault of a format, as the text of its reason.
private func reason(_ work: () throws(DataError) -> Void) -> String? {
  guard case .malformed(_, let reason) = fault(of: work) else { return nil }
  return reason
}

private func bigEndian(_ words: [UInt32]) -> [UInt8] {
  words.flatMap { word in (0..<4).map { UInt8(word >> (24 - 8 * $0) & 255) } }
}

struct `IDX images` {
  private let header = bigEndian([0x803, 2, 2, 3])
  private let pixels = [UInt8](0..<12)

  private func reason(_ bytes: [UInt8]) -> String? {
    DatasetsTests.reason { () throws(DataError) in _ = try IDX.images(bytes, file: "x") }
  }

  @Test func `are read row by row`() throws {
    let images = try IDX.images(header + pixels, file: "x")
    #expect(images.rows == 2 && images.columns == 3)
    #expect(images.pixels == pixels)
  }

  @Test func `of another magic number are refused`() {
    #expect(
      reason(bigEndian([0x801, 2, 2, 3]) + pixels)
        == "its magic number is 0x00000801, expected 0x00000803")
  }

  @Test(arguments: [0, 1, 4, 15]) func `without a whole header are refused`(count: Int) {
    #expect(
      reason(Array(header.prefix(count))) == "its header needs 16 bytes and it has \(count)")
  }

  @Test(arguments: [11, 13]) func `of another length than promised are refused`(count: Int) {
    #expect(
      reason(header + [UInt8](repeating: 0, count: count))
        == "dimensions [2, 2, 3] need 12 bytes and \(count) follow")
  }

  @Test func `with dimensions beyond all memory are refused`() {
    let all = UInt32.max
    #expect(
      reason(bigEndian([0x803, all, all, all]) + pixels)
        == "its dimensions [4294967295, 4294967295, 4294967295] are impossible")
    #expect(reason(bigEndian([0x803, 0, 2, 3])) == "its dimensions [0, 2, 3] are impossible")
  }
}

struct `IDX labels` {
  private func labels(_ bytes: [UInt8]) throws(DataError) -> [UInt8] {
    try IDX.labels(bytes, classes: 10, file: "x")
  }

  @Test func `are read in order`() throws {
    #expect(try labels(bigEndian([0x801, 3]) + [9, 0, 4]) == [9, 0, 4])
  }

  @Test func `out of range are refused with their place`() {
    let found = reason { () throws(DataError) in
      _ = try labels(bigEndian([0x801, 3]) + [9, 10, 255])
    }
    #expect(found == "label 1 is 10, and there are 10 classes")
  }

  @Test func `of images are refused`() {
    let found = reason { () throws(DataError) in
      _ = try labels(bigEndian([0x803, 1, 1, 1]) + [0])
    }
    #expect(found == "its magic number is 0x00000803, expected 0x00000801")
  }
}

struct `A table of counts` {
  private func table(_ text: String) throws(DataError) -> (values: [UInt8], labels: [UInt8]) {
    try CountsCSV.table(
      Array(text.utf8), columns: 2, maximum: 16, classes: 10, file: "x")
  }

  @Test(arguments: ["0,16,3\n5,6,9\n", "0,16,3\n5,6,9", "0,16,3\r\n5,6,9\r\n"])
  func `is read with either line end and without the last`(text: String) throws {
    let table = try table(text)
    #expect(table.values == [0, 16, 5, 6])
    #expect(table.labels == [3, 9])
  }

  @Test(arguments: [
    ("", "it is empty"),
    ("1,2\n", "line 1 has 2 columns, expected 3"),
    ("1,2,3\n1,2,3,4\n", "line 2 has 4 columns, expected 3"),
    ("1,2,3\n\n1,2,3\n", "line 2 has 1 columns, expected 3"),
    ("\n", "line 1 has 1 columns, expected 3"),
    ("1,17,3\n", "line 1, column 2 is '17', expected a whole number from 0 to 16"),
    ("1,2,10\n", "line 1, column 3 is '10', expected a whole number from 0 to 9"),
    ("1,-2,1\n", "line 1, column 2 is '-2', expected a whole number from 0 to 16"),
    ("1, 2,1\n", "line 1, column 2 is ' 2', expected a whole number from 0 to 16"),
    ("1,,1\n", "line 1, column 2 is '', expected a whole number from 0 to 16"),
    ("1,2.5,1\n", "line 1, column 2 is '2.5', expected a whole number from 0 to 16"),
    (
      "1,9999999999999999999999,1\n",
      "line 1, column 2 is '9999999999999999', expected a whole number from 0 to 16"
    ),
    ("1,2\r,1\n", "line 1, column 2 is '2\r', expected a whole number from 0 to 16"),
  ])
  func `with a fault is refused with its place`(text: String, expected: String) {
    #expect(reason { () throws(DataError) in _ = try table(text) } == expected)
  }
}
