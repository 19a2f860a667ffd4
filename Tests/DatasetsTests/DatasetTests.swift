import Datasets
import Digests
import Foundation
import Tensors
import Testing

/// The store named by `$REPLICATE_DATA`, which the tests of real data need.
private let realData: DataStore? = ProcessInfo.processInfo.environment["REPLICATE_DATA"]
  .map { DataStore(option: $0, environment: [:]) }

/// Whether a dataset lies in the real store, intact or not: damage must fail, not skip.
private func lies(_ name: DatasetName) -> Bool {
  guard let realData else { return false }
  if case .absent = realData.status(of: name) { return false }
  return true
}

private let absence: Comment = "$REPLICATE_DATA does not name a folder that has the dataset"

struct `A dataset's name` {
  @Test func `is its folder and its word on the command line`() {
    #expect(
      DatasetName.allCases.map(\.rawValue)
        == ["mnist", "optdigits", "cifar10", "adult", "tiny-shakespeare"])
  }

  @Test(arguments: DatasetName.allCases)
  func `knows licence, citation, sources and files`(name: DatasetName) {
    #expect(!name.title.isEmpty && !name.licence.isEmpty && !name.citation.isEmpty)
    #expect(!name.files.isEmpty && Set(name.files.map(\.name)).count == name.files.count)
    #expect(!name.sources.isEmpty && name.sources.allSatisfy { $0.hasSuffix("/") })
  }

  @Test func `has a digest that no edit changes unnoticed`() {
    #expect(
      DatasetName.mnist.digest.description
        == "bc9b3156c0baa7645495c2610c6d736b137ecc632c9d6e918d6b34e4162defcb")
    #expect(
      DatasetName.optdigits.digest.description
        == "6d6c2a28d85443cc70efcb9dd0b2a1ddf63e645d5d276a379df60c0a986aaa0c")
    #expect(
      DatasetName.cifar10.digest.description
        == "fd4e0a5f62d8133038232346c8f080cb7263d846a4a9c6eb5a4af17bcc060332")
    #expect(
      DatasetName.adult.digest.description
        == "72b59a262e0ae71a466f877f9a21b85151069a7a19f369849ad106c87e990dfc")
    #expect(
      DatasetName.tinyShakespeare.digest.description
        == "b0c58987676634e13fb08561f27c1977d4ef7eef9aad03ffbe5205c82c20fccc")
  }
}

@Suite(.enabled(if: lies(.mnist), absence))
struct `The MNIST data` {
  @Test func `is the published set`() throws {
    let store = try #require(realData)
    let mnist = try MNIST(from: store)
    #expect(mnist.train.count == 60_000 && mnist.test.count == 10_000)
    #expect(mnist.train.rows == 28 && mnist.train.columns == 28)
    #expect(Array(mnist.train.labels.prefix(10)) == [5, 0, 4, 1, 9, 2, 1, 3, 1, 4])
    #expect(Array(mnist.test.labels.prefix(5)) == [7, 2, 1, 0, 4])
    #expect(
      (0..<10).map { mnist.train.indices(ofClasses: [$0]).count }
        == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    #expect(store.status(of: .mnist) == .present)
  }

  @Test func `is read once a store`() throws {
    let folder = try TemporaryFolder()
    let store = folder.store
    let real = try #require(realData)
    try FileManager.default.createSymbolicLink(
      at: store.folder(of: .mnist), withDestinationURL: real.folder(of: .mnist))
    _ = try MNIST(from: store)
    try FileManager.default.removeItem(at: store.folder(of: .mnist))
    #expect(try MNIST(from: store).test.count == 10_000)
    #expect(fault { () throws(DataError) in _ = try MNIST(from: folder.store) } != nil)
  }
}

@Suite(.enabled(if: lies(.optdigits), absence))
struct `The Optdigits data` {
  @Test func `is the published set`() throws {
    let digits = try Optdigits(from: try #require(realData))
    #expect(digits.train.count == 3823 && digits.test.count == 1797)
    #expect(digits.train.images.max() == 16)
    #expect(
      (0..<10).map { digits.train.indices(ofClasses: [$0]).count }
        == [376, 389, 380, 389, 387, 376, 377, 387, 380, 382])
    #expect(Array(digits.test.image(at: 0).prefix(8)) == [0, 0, 5, 13, 9, 1, 0, 0])
  }
}

@Suite(.enabled(if: lies(.cifar10), absence))
struct `The CIFAR-10 data` {
  @Test func `is the published set, in the order of its records' digests`() throws {
    let photographs = try CIFAR10(from: try #require(realData))
    for (part, count) in [(photographs.train, 5000), (photographs.test, 1000)] {
      #expect((0..<10).allSatisfy { part.indices(ofClasses: [$0]).count == count })
      #expect(part.channels == 3 && part.rows == 32 && part.columns == 32)
      let keys = [0, 1, 2, part.count - 1].map { index in
        Digest(of: [part.labels[index]] + Array(part.image(at: index))).description
      }
      #expect(keys == keys.sorted())
    }
    // The means of the three channels that everybody subtracts.
    let train = photographs.train
    let means = (0..<3).map { channel in
      var sum = 0
      for image in 0..<train.count {
        let start = image * train.pixels + channel * 1024
        for pixel in train.images[start..<start + 1024] { sum += Int(pixel) }
      }
      return Double(sum) / Double(train.count * 1024 * 255)
    }
    for (mean, published) in zip(means, CIFAR10.channelMeans) {
      #expect(abs(mean - published) < 1e-8)
    }
  }
}

@Suite(.enabled(if: lies(.adult), absence))
struct `The Adult data` {
  @Test func `is the published set`() throws {
    let adult = try Adult(from: try #require(realData))
    #expect(adult.train.count == 32_561 && adult.test.count == 16_281)
    #expect(adult.train.labels.count { $0 == 1 } == 7841)
    #expect(adult.test.labels.count { $0 == 1 } == 3846)
    #expect(adult.train.completeRows.count == 30_162 && adult.test.completeRows.count == 15_060)
    let encoding = TableEncoding(fitting: adult.train)
    #expect(encoding.width == 108)
    #expect(encoding(adult.test, rows: [0, 1], of: Float.self).shape == [2, 108])
  }
}

@Suite(.enabled(if: lies(.tinyShakespeare), absence))
struct `The Tiny Shakespeare data` {
  @Test func `is the published text`() throws {
    let shakespeare = try TinyShakespeare(from: try #require(realData))
    #expect(shakespeare.text.vocabulary.count == 65)
    #expect(shakespeare.train.count == 1_003_854 && shakespeare.validation.count == 111_540)
    let start = shakespeare.train[0..<14]
    #expect(start.text(of: start.tokens) == "First Citizen:")
    #expect(shakespeare.validation.windows(length: 128, stride: 128).count == 871)
  }
}

struct `Labelled images` {
  private let images = LabelledImages(
    images: [0, 1, 2, 3, 4, 5, 6, 7], labels: [2, 0, 2, 1], rows: 1, columns: 2, maximum: 8,
    classes: 3)

  @Test func `of some classes come in file order`() {
    #expect(images.indices(ofClasses: [1, 2]) == [0, 2, 3])
    #expect(images.labels(at: [3, 0]) == [1, 2])
    #expect(Array(images.image(at: 2)) == [4, 5])
  }

  @Test func `stop when pixels and labels disagree`() async {
    await #expect(processExitsWith: .failure) {
      _ = LabelledImages(
        images: [1, 2, 3], labels: [0, 0], rows: 1, columns: 2, maximum: 8, classes: 3)
    }
  }
}

struct `Images as tensors` {
  private let images = LabelledImages(
    images: [0, 1, 2, 3, 4, 8], labels: [2, 0, 1], rows: 1, columns: 2, maximum: 8, classes: 3)

  @Test func `are scaled to one in the order of the indices`() {
    let double: Tensor<Double> = images.tensor(at: [2, 0, 2])
    #expect(double.shape == [3, 2])
    #expect(double.scalars == [0.5, 1, 0, 0.125, 0.5, 1])
    #expect(images.tensor(at: [1], of: Float.self).scalars == [0.25, 0.375])
  }

  @Test func `are the quotients rounded once`() {
    let all = LabelledImages(
      images: Array(0...255), labels: [0], rows: 16, columns: 16, maximum: 255, classes: 1)
    #expect(
      all.tensor(at: [0], of: Double.self).scalars == (0...255).map { Double($0) / 255 })
    #expect(all.tensor(at: [0], of: Float.self).scalars == (0...255).map { Float($0) / 255 })
  }

  @Test func `of no index have no row`() {
    #expect(images.tensor(at: [], of: Double.self).shape == [0, 2])
  }
}
