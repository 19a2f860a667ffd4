/// Optdigits: handwritten digits as 8 × 8 counts from 0 to 16, 3823 for training, 1797 for testing.
///
/// - Source: Alpaydin and Kaynak, UCI Machine Learning Repository, 1998. The test part is what
///   scikit-learn calls digits.
public struct Optdigits: Sendable {
  /// The training part, in file order.
  public let train: LabelledImages

  /// The test part, in file order, by other writers than the training part.
  public let test: LabelledImages

  /// Loads and checks both files.
  ///
  /// - Throws: ``DataError`` when a file is absent, unreadable or not the published one.
  public init(from store: DataStore) throws(DataError) {
    self = try store.loaded.optdigits { () throws(DataError) in
      try Optdigits(reading: store)
    }
  }

  private init(reading store: DataStore) throws(DataError) {
    let files = DatasetName.optdigits.files
    train = try Self.part(files[0], from: store)
    test = try Self.part(files[1], from: store)
  }

  private static func part(
    _ file: DatasetFile, from store: DataStore
  ) throws(DataError) -> LabelledImages {
    let table = try CountsCSV.table(
      try store.contents(of: file, in: .optdigits), columns: 64, maximum: 16, classes: 10,
      file: file.name)
    return LabelledImages(
      images: table.values, labels: table.labels, rows: 8, columns: 8, maximum: 16, classes: 10)
  }
}
