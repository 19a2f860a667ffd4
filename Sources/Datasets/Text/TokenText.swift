import Tensors

/// A text as numbers, each the place of a character in a vocabulary.
public struct TokenText: Hashable, Sendable {
  /// The characters that occur, in ascending order; a token is a place among them.
  public let vocabulary: [UInt8]

  /// The text, character by character.
  public let tokens: [Int]

  /// How many characters the text has.
  public var count: Int { tokens.count }

  /// The tokens of a text, whose vocabulary is its own characters in ascending order.
  public init(characters: [UInt8]) {
    var place = [Int](repeating: 0, count: 256)
    for character in characters { place[Int(character)] = 1 }
    vocabulary = (0...255).filter { place[Int($0)] == 1 }
    for (index, character) in vocabulary.enumerated() { place[Int(character)] = index }
    tokens = characters.map { place[Int($0)] }
  }

  /// Tokens of a given vocabulary.
  ///
  /// - Precondition: each token is a place in the vocabulary.
  public init(tokens: [Int], vocabulary: [UInt8]) {
    require(
      tokens.allSatisfy { vocabulary.indices.contains($0) },
      "TokenText: a token is outside a vocabulary of \(vocabulary.count)")
    self.tokens = tokens
    self.vocabulary = vocabulary
  }

  /// A part of the text, with the vocabulary of the whole.
  ///
  /// - Precondition: the range lies in the text.
  public subscript(range: Range<Int>) -> TokenText {
    require(
      range.lowerBound >= 0 && range.upperBound <= count,
      "TokenText: \(range) is outside a text of \(count) tokens")
    return TokenText(unchecked: Array(tokens[range]), vocabulary)
  }

  /// The first part of the text and the rest.
  ///
  /// The first has `⌊share · count⌋` tokens.
  ///
  /// - Precondition: the share lies in 0...1.
  public func split(at share: Double) -> (first: TokenText, rest: TokenText) {
    require((0...1).contains(share), "split: \(share) is no share")
    let end = Int(share * Double(count))
    return (self[0..<end], self[end..<count])
  }

  /// The characters of some tokens as text; what is not UTF-8 is replaced.
  ///
  /// - Precondition: each token is a place in the vocabulary.
  public func text(of tokens: some Sequence<Int>) -> String {
    String(decoding: tokens.map { vocabulary[$0] }, as: UTF8.self)
  }

  private init(unchecked tokens: [Int], _ vocabulary: [UInt8]) {
    self.tokens = tokens
    self.vocabulary = vocabulary
  }
}
