public import Digests

/// A dataset the papers train on; the raw value is its name on the command line and its folder.
public enum DatasetName: String, CaseIterable, Codable, Hashable, Sendable {
  case mnist
  case optdigits
  case cifar10
  case adult
  case tinyShakespeare = "tiny-shakespeare"
}

extension DatasetName {
  /// What the dataset holds, in one line.
  public var title: String {
    switch self {
    case .mnist: "MNIST: 70 000 grey 28 × 28 images of handwritten digits"
    case .optdigits: "Optdigits: 5 620 handwritten digits as 8 × 8 counts from 0 to 16"
    case .cifar10: "CIFAR-10: 60 000 colour 32 × 32 photographs in ten classes"
    case .adult: "Adult: 48 842 rows of a census, with an income above or below 50 000 dollars"
    case .tinyShakespeare: "Tiny Shakespeare: 1 115 394 characters of plays"
    }
  }

  /// The licence its publisher grants.
  public var licence: String {
    switch self {
    case .mnist: "CC BY-SA 3.0"
    case .optdigits: "CC BY 4.0"
    case .cifar10: "none stated"
    case .adult: "CC BY 4.0"
    case .tinyShakespeare: "public domain"
    }
  }

  /// The work to cite.
  public var citation: String {
    switch self {
    case .mnist:
      """
      Y. LeCun, L. Bottou, Y. Bengio, P. Haffner. \
      Gradient-based learning applied to document recognition. Proceedings of the IEEE, 1998.
      """
    case .optdigits:
      """
      E. Alpaydin, C. Kaynak. Optical Recognition of Handwritten Digits. \
      UCI Machine Learning Repository, 1998.
      """
    case .cifar10:
      "A. Krizhevsky. Learning Multiple Layers of Features from Tiny Images. 2009."
    case .adult: "B. Becker, R. Kohavi. Adult. UCI Machine Learning Repository, 1996."
    case .tinyShakespeare:
      "A. Karpathy. The Unreasonable Effectiveness of Recurrent Neural Networks. 2015."
    }
  }

  /// The folders it can be fetched from, in the order they are tried.
  public var sources: [String] {
    switch self {
    case .mnist:
      [
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "http://yann.lecun.com/exdb/mnist/",
      ]
    case .optdigits:
      ["https://archive.ics.uci.edu/ml/machine-learning-databases/optdigits/"]
    case .cifar10: ["https://www.cs.toronto.edu/~kriz/"]
    case .adult: ["https://archive.ics.uci.edu/ml/machine-learning-databases/adult/"]
    case .tinyShakespeare:
      ["https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/"]
    }
  }

  /// Its files, in a fixed order.
  public var files: [DatasetFile] {
    switch self {
    case .mnist:
      [
        DatasetFile(
          "train-images-idx3-ubyte.gz", .gzip, contentSize: 47_040_016,
          "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        DatasetFile(
          "train-labels-idx1-ubyte.gz", .gzip, contentSize: 60_008,
          "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        DatasetFile(
          "t10k-images-idx3-ubyte.gz", .gzip, contentSize: 7_840_016,
          "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        DatasetFile(
          "t10k-labels-idx1-ubyte.gz", .gzip, contentSize: 10_008,
          "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
      ]
    case .optdigits:
      [
        DatasetFile(
          "optdigits.tra", .none, contentSize: 563_639,
          "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd"),
        DatasetFile(
          "optdigits.tes", .none, contentSize: 264_712,
          "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8"),
      ]
    case .cifar10:
      [
        DatasetFile(
          "cifar-10-binary.tar.gz", or: ["cifar-10-binary.tar.xz", "cifar-10-binary.tar"],
          .archive(CIFAR10.archive), contentSize: 60_000 * CIFAR10.archive.recordSize,
          "061c9d55f4bead282ea643bf7c382df1b0852fb87f0578ced2e319dbda3ad359")
      ]
    case .adult:
      [
        DatasetFile(
          "adult.data", .none, contentSize: 3_974_305,
          "5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d"),
        DatasetFile(
          "adult.test", .none, contentSize: 2_003_153,
          "a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05"),
      ]
    case .tinyShakespeare:
      [
        DatasetFile(
          "input.txt", .none, contentSize: 1_115_394,
          "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed")
      ]
    }
  }

  /// The dataset's identity: the digest over the names and content digests of its files.
  ///
  /// Part of the identity of every trial that reads the dataset. It covers decompressed content
  /// only, so another wrapping of the same bytes is the same dataset.
  public var digest: Digest {
    var text = "replicate.dataset/1 \(rawValue)\n"
    for file in files { text += "\(file.digest) \(file.name)\n" }
    return Digest(of: text)
  }
}
