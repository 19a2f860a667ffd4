/// CIFAR-10: colour 32 × 32 photographs of ten classes, 50 000 for training and 10 000 for testing.
///
/// The images of a part are ordered by the SHA-256 of their records, a label byte and three colour
/// planes, so that the published archive and every other copy of it load alike. The first n
/// images are therefore a sample without any order of classes.
///
/// - Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; the binary
///   version as published.
public struct CIFAR10: Sendable {
  /// The training part.
  public let train: LabelledImages

  /// The test part.
  public let test: LabelledImages

  /// The names of the classes, by label.
  public static let classNames = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
  ]

  /// The mean of each colour over the training part, from 0 to 1.
  public static let channelMeans = [0.49139968, 0.48215841, 0.44653091]

  /// The deviation of each colour over the training part.
  public static let channelDeviations = [0.24703223, 0.24348513, 0.26158784]

  static let archive = RecordArchive(
    recordSize: 1 + 3 * 32 * 32,
    parts: [
      (1...5).map { "cifar-10-batches-bin/data_batch_\($0).bin" },
      ["cifar-10-batches-bin/test_batch.bin"],
    ])

  /// Loads and checks the archive.
  ///
  /// - Throws: ``DataError`` when it is absent, unreadable or not the published set.
  public init(from store: DataStore) throws(DataError) {
    self = try store.loaded.cifar10 { () throws(DataError) in
      try CIFAR10(reading: store)
    }
  }

  private init(reading store: DataStore) throws(DataError) {
    let file = DatasetName.cifar10.files[0]
    let content = try store.contents(of: file, in: .cifar10)
    let trained = 50_000 * Self.archive.recordSize
    train = try Self.part(content[..<trained], file: file.name)
    test = try Self.part(content[trained...], file: file.name)
  }

  private static func part(
    _ records: ArraySlice<UInt8>, file: String
  ) throws(DataError) -> LabelledImages {
    let size = archive.recordSize
    var images: [UInt8] = []
    var labels: [UInt8] = []
    images.reserveCapacity(records.count)
    for start in stride(from: records.startIndex, to: records.endIndex, by: size) {
      let label = records[start]
      guard label < 10 else {
        throw .malformed(file: file, reason: "a label is \(label), and there are 10 classes")
      }
      labels.append(label)
      images += records[start + 1..<start + size]
    }
    return LabelledImages(
      images: images, labels: labels, rows: 32, columns: 32, channels: 3, maximum: 255,
      classes: 10)
  }
}
