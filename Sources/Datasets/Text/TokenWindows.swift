import Tensors

/// Windows of equal length in a text, each with the tokens that follow its own.
///
///     inputs  t[s], …, t[s + length − 1];  targets  t[s + 1], …, t[s + length];  s = index · stride
///
/// With a stride of 1 every place starts a window, of which a training loop draws some; with a stride
/// of `length` windows do not overlap, and an epoch of shuffled ones reads every token once.
public struct TokenWindows: Hashable, Sendable {
  /// The text.
  public let text: TokenText

  /// How many tokens a window has.
  public let length: Int

  /// How many tokens lie between the starts of neighbours.
  public let stride: Int

  /// The windows of a text.
  ///
  /// - Precondition: length and stride are at least one, and the text is longer than a window.
  public init(_ text: TokenText, length: Int, stride: Int = 1) {
    require(
      length >= 1 && stride >= 1 && text.count > length,
      "TokenWindows: windows of \(length) every \(stride) in a text of \(text.count) tokens")
    self.text = text
    self.length = length
    self.stride = stride
  }

  /// How many windows there are: each ends before the last token, which is a target only.
  public var count: Int { (text.count - 1 - length) / stride + 1 }

  /// Some windows.
  ///
  /// - Precondition: the windows exist.
  public func batch(at indices: some Sequence<Int>) -> TokenBatch {
    var batch = TokenBatch(inputs: [], targets: [], count: 0, length: length)
    for index in indices {
      require((0..<count).contains(index), "TokenWindows: window \(index) of \(count)")
      let start = index * stride
      batch.inputs += text.tokens[start..<start + length]
      batch.targets += text.tokens[start + 1..<start + length + 1]
      batch.count += 1
    }
    return batch
  }
}

/// Windows of a text beside each other, window by window.
public struct TokenBatch: Hashable, Sendable {
  /// What a model reads: `[count, length]` by rows.
  public var inputs: [Int]

  /// What it is to say: the token after each input.
  public var targets: [Int]

  /// How many windows there are.
  public var count: Int

  /// How many tokens a window has.
  public var length: Int
}

extension TokenText {
  /// The windows of the text; see ``TokenWindows``.
  ///
  /// - Precondition: length and stride are at least one, and the text is longer than a window.
  public func windows(length: Int, stride: Int = 1) -> TokenWindows {
    TokenWindows(self, length: length, stride: stride)
  }
}
