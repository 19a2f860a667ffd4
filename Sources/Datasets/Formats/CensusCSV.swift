/// The two files of Adult: fields separated by a comma and a space, the class last.
///
/// The test file opens with a line that is no row and ends its classes in a dot; both end in an
/// empty line.
package enum CensusCSV {
  /// Which of the two files it is.
  package enum Part: Sendable {
    case training
    case test
  }

  /// Parses a file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - part: Which of the two it is.
  ///   - file: The file's name, for messages.
  /// - Returns: The rows in order.
  /// - Throws: ``DataError/malformed(file:reason:)`` with the line of the first fault.
  package static func table(
    _ bytes: [UInt8], part: Part, file: String
  ) throws(DataError) -> LabelledTable {
    guard !bytes.isEmpty else { throw .malformed(file: file, reason: "it is empty") }
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    var first = 0
    if part == .test {
      guard lines.first?.first == UInt8(ascii: "|") else {
        throw .malformed(file: file, reason: "line 1 does not open with '|'")
      }
      first = 1
    }
    var numbers = [[Double]](repeating: [], count: columns.count)
    var places = [[Int?]](repeating: [], count: columns.count)
    var labels: [UInt8] = []
    for index in first..<max(first, lines.count) {
      let fields = fields(lines[index])
      guard fields.count == columns.count + 1 else {
        throw .malformed(
          file: file,
          reason: "line \(index + 1) has \(fields.count) columns, expected \(columns.count + 1)")
      }
      func fault(_ column: Int, _ expected: String) -> DataError {
        let text = String(decoding: fields[column].prefix(32), as: UTF8.self)
        return .malformed(
          file: file,
          reason: "line \(index + 1), column \(column + 1) is '\(text)', expected \(expected)")
      }
      for (column, (name, names)) in columns.enumerated() {
        if names.isEmpty {
          guard let value = number(fields[column]) else { throw fault(column, "a whole number") }
          numbers[column].append(value)
        } else {
          let text = String(decoding: fields[column], as: UTF8.self)
          let place = names.firstIndex(of: text)
          guard place != nil || text == "?" else { throw fault(column, "a category of \(name)") }
          places[column].append(place)
        }
      }
      let ending = part == .test ? "." : ""
      let text = String(decoding: fields[columns.count], as: UTF8.self)
      guard let label = Adult.classNames.firstIndex(where: { $0 + ending == text }) else {
        throw fault(columns.count, Adult.classNames.map { $0 + ending }.joined(separator: " or "))
      }
      labels.append(UInt8(label))
    }
    guard !labels.isEmpty else { throw .malformed(file: file, reason: "it has no row") }
    return LabelledTable(
      columns: columns.enumerated().map { index, column in
        TableColumn(
          name: column.name,
          values: column.names.isEmpty
            ? .numbers(numbers[index]) : .categories(places[index], names: column.names))
      }, labels: labels, classNames: Adult.classNames)
  }

  /// The fields between commas, without the space that opens all but the first.
  private static func fields(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map {
      $0.first == UInt8(ascii: " ") ? $0.dropFirst() : $0
    }
  }

  /// One to nine decimal digits as a number.
  private static func number(_ field: ArraySlice<UInt8>) -> Double? {
    guard (1...9).contains(field.count) else { return nil }
    var value = 0
    for digit in field {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return Double(value)
  }

  /// The columns in file order; no names where they are numbers.
  private static let columns: [(name: String, names: [String])] = [
    ("age", []),
    (
      "workclass",
      [
        "Federal-gov", "Local-gov", "Never-worked", "Private", "Self-emp-inc", "Self-emp-not-inc",
        "State-gov", "Without-pay",
      ]
    ),
    ("fnlwgt", []),
    (
      "education",
      [
        "10th", "11th", "12th", "1st-4th", "5th-6th", "7th-8th", "9th", "Assoc-acdm", "Assoc-voc",
        "Bachelors", "Doctorate", "HS-grad", "Masters", "Preschool", "Prof-school", "Some-college",
      ]
    ),
    ("education-num", []),
    (
      "marital-status",
      [
        "Divorced", "Married-AF-spouse", "Married-civ-spouse", "Married-spouse-absent",
        "Never-married", "Separated", "Widowed",
      ]
    ),
    (
      "occupation",
      [
        "Adm-clerical", "Armed-Forces", "Craft-repair", "Exec-managerial", "Farming-fishing",
        "Handlers-cleaners", "Machine-op-inspct", "Other-service", "Priv-house-serv",
        "Prof-specialty", "Protective-serv", "Sales", "Tech-support", "Transport-moving",
      ]
    ),
    (
      "relationship",
      ["Husband", "Not-in-family", "Other-relative", "Own-child", "Unmarried", "Wife"]
    ),
    ("race", ["Amer-Indian-Eskimo", "Asian-Pac-Islander", "Black", "Other", "White"]),
    ("sex", ["Female", "Male"]),
    ("capital-gain", []), ("capital-loss", []), ("hours-per-week", []),
    (
      "native-country",
      [
        "Cambodia", "Canada", "China", "Columbia", "Cuba", "Dominican-Republic", "Ecuador",
        "El-Salvador", "England", "France", "Germany", "Greece", "Guatemala", "Haiti",
        "Holand-Netherlands", "Honduras", "Hong", "Hungary", "India", "Iran", "Ireland", "Italy",
        "Jamaica", "Japan", "Laos", "Mexico", "Nicaragua", "Outlying-US(Guam-USVI-etc)", "Peru",
        "Philippines", "Poland", "Portugal", "Puerto-Rico", "Scotland", "South", "Taiwan",
        "Thailand", "Trinadad&Tobago", "United-States", "Vietnam", "Yugoslavia",
      ]
    ),
  ]
}
