import Datasets
import Tensors
import Testing

private let row =
  "39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, Male, "
  + "2174, 0, 40, United-States, <=50K"

struct `A file of the census` {
  private func table(
    _ text: String, _ part: CensusCSV.Part = .training
  ) throws(DataError) -> LabelledTable {
    try CensusCSV.table(Array(text.utf8), part: part, file: "x")
  }

  @Test(arguments: ["\n\n", "\n", ""]) func `is read with any end`(end: String) throws {
    let table = try table(row + "\n" + row.replacing("State-gov", with: "?") + end)
    #expect(table.count == 2 && table.labels == [0, 0] && table.columns.count == 14)
    #expect(table["age"].values == .numbers([39, 39]))
    guard case .categories(let places, let names) = table["workclass"].values else {
      Issue.record("no categories")
      return
    }
    #expect(places == [6, nil] && names[6] == "State-gov")
    #expect(table.completeRows == [0])
  }

  @Test func `for testing opens with a line of its own and ends classes in a dot`() throws {
    let table = try table("|1x3\n" + row.replacing("<=50K", with: ">50K.") + "\n", .test)
    #expect(table.labels == [1])
  }

  @Test(arguments: [
    ("", CensusCSV.Part.training, "it is empty"),
    ("\n\n", .training, "it has no row"),
    ("|\n", .test, "it has no row"),
    (row, .test, "line 1 does not open with '|'"),
    ("|\n" + row, .test, "line 2, column 15 is '<=50K', expected <=50K. or >50K."),
    (row + ".", .training, "line 1, column 15 is '<=50K.', expected <=50K or >50K"),
    (row + "\n\n" + row, .training, "line 2 has 1 columns, expected 15"),
    (row + ", 1", .training, "line 1 has 16 columns, expected 15"),
    ("x" + row, .training, "line 1, column 1 is 'x39', expected a whole number"),
    ("?" + row.dropFirst(2), .training, "line 1, column 1 is '?', expected a whole number"),
    ("-1" + row.dropFirst(2), .training, "line 1, column 1 is '-1', expected a whole number"),
    (
      "9999999999" + row.dropFirst(2), .training,
      "line 1, column 1 is '9999999999', expected a whole number"
    ),
    (
      row.replacing("White", with: "white"), .training,
      "line 1, column 9 is 'white', expected a category of race"
    ),
    (row + "\r", .training, "line 1, column 15 is '<=50K\r', expected <=50K or >50K"),
  ])
  func `with a fault is refused with its place`(
    text: String, part: CensusCSV.Part, expected: String
  ) {
    let found = fault { () throws(DataError) in _ = try table(text, part) }
    #expect(found == .malformed(file: "x", reason: expected))
  }

  @Test func `that is not text is refused`() {
    let bytes = [UInt8](repeating: 0xff, count: 1000)
    let found = fault { () throws(DataError) in
      _ = try CensusCSV.table(bytes, part: .training, file: "x")
    }
    #expect(found == .malformed(file: "x", reason: "line 1 has 1 columns, expected 15"))
  }
}

struct `An encoding of a table` {
  private let table = LabelledTable(
    columns: [
      TableColumn(name: "age", values: .numbers([1, 3, 5, 7])),
      TableColumn(name: "kind", values: .categories([1, nil, 0, 1], names: ["a", "b"])),
      TableColumn(name: "same", values: .numbers([0.1, 0.1, 0.1, 0.1])),
    ], labels: [0, 1, 0, 1], classNames: ["no", "yes"])

  @Test func `standardises numbers and has an entry a category`() {
    let encoding = TableEncoding(fitting: table)
    #expect(encoding.names == ["age", "kind=a", "kind=b", "kind=?", "same"])
    let x: Tensor<Double> = encoding(table)
    let root = 5.0.squareRoot()
    #expect(x[0, 0] == -3 / root && x[3, 0] == 3 / root)
    #expect(x.sliced(along: 1, 1..<4).scalars == [0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0])
    #expect((0..<4).allSatisfy { abs(x[$0, 4]) < 1e-15 })
  }

  @Test func `takes means from the rows it is fitted to`() {
    let encoding = TableEncoding(fitting: table, rows: [0, 1], missing: .zeros)
    #expect(encoding(table, rows: [3, 1], of: Float.self).scalars == [5, 0, 1, 0, 1, 0, 0, 0])
  }

  @Test func `stops at a category missing where none was`() async {
    await #expect(processExitsWith: .failure) {
      func table(_ places: [Int?]) -> LabelledTable {
        LabelledTable(
          columns: [TableColumn(name: "kind", values: .categories(places, names: ["a"]))],
          labels: [0], classNames: ["no"])
      }
      _ = TableEncoding(fitting: table([0]))(table([nil]), of: Float.self)
    }
  }

  @Test func `stops at a table of other columns`() async {
    await #expect(processExitsWith: .failure) {
      let column = TableColumn(name: "kind", values: .categories([0], names: ["a"]))
      let other = TableColumn(name: "kind", values: .categories([0], names: ["a", "b"]))
      let tables = [column, other].map {
        LabelledTable(columns: [$0], labels: [0], classNames: ["no"])
      }
      _ = TableEncoding(fitting: tables[0])(tables[1], of: Float.self)
    }
  }
}
