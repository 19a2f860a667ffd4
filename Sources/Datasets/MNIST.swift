/// MNIST: grey 28 × 28 images of handwritten digits, 60 000 for training and 10 000 for testing.
///
/// - Source: LeCun, Bottou, Bengio and Haffner, 1998; the four IDX files as published.
public struct MNIST: Sendable {
  /// The training part, in file order.
  public let train: LabelledImages

  /// The test part, in file order.
  public let test: LabelledImages

  /// Loads and checks all four files.
  ///
  /// - Throws: ``DataError`` when a file is absent, unreadable or not the published one.
  public init(from store: DataStore) throws(DataError) {
    self = try store.loaded.mnist { () throws(DataError) in
      try MNIST(reading: store)
    }
  }

  private init(reading store: DataStore) throws(DataError) {
    let files = DatasetName.mnist.files
    train = try Self.part(images: files[0], labels: files[1], from: store)
    test = try Self.part(images: files[2], labels: files[3], from: store)
  }

  private static func part(
    images: DatasetFile, labels: DatasetFile, from store: DataStore
  ) throws(DataError) -> LabelledImages {
    let stack = try IDX.images(
      try store.contents(of: images, in: .mnist), file: images.name)
    let classes = try IDX.labels(
      try store.contents(of: labels, in: .mnist), classes: 10, file: labels.name)
    guard stack.pixels.count == classes.count * stack.rows * stack.columns else {
      throw .malformed(
        file: labels.name, reason: "its \(classes.count) labels are not one an image")
    }
    return LabelledImages(
      images: stack.pixels, labels: classes, rows: stack.rows, columns: stack.columns,
      maximum: 255, classes: 10)
  }
}
