/// Adult: rows of the census of 1994 with an income above or below 50 000 dollars, 32 561 for
/// training and 16 281 for testing.
///
/// The classes are `<=50K` and `>50K`, and the categories of a column are in the order of their
/// characters; `?` is missing. Fourteen columns: six of whole numbers, eight of categories.
///
/// - Source: Becker and Kohavi, UCI Machine Learning Repository, 1996; the two files as published.
public struct Adult: Sendable {
  /// The training part, in file order.
  public let train: LabelledTable

  /// The test part, in file order.
  public let test: LabelledTable

  /// The names of the classes, by label.
  public static let classNames = ["<=50K", ">50K"]

  /// Loads and checks both files.
  ///
  /// - Throws: ``DataError`` when a file is absent, unreadable or not the published one.
  public init(from store: DataStore) throws(DataError) {
    self = try store.loaded.adult { () throws(DataError) in
      try Adult(reading: store)
    }
  }

  private init(reading store: DataStore) throws(DataError) {
    let files = DatasetName.adult.files
    train = try CensusCSV.table(
      try store.contents(of: files[0], in: .adult), part: .training, file: files[0].name)
    test = try CensusCSV.table(
      try store.contents(of: files[1], in: .adult), part: .test, file: files[1].name)
  }
}
