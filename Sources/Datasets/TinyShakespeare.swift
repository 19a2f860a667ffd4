/// Tiny Shakespeare: 1 115 394 characters of plays, of 65 kinds.
///
/// - Source: Karpathy, The Unreasonable Effectiveness of Recurrent Neural Networks, 2015; the file
///   as published.
public struct TinyShakespeare: Sendable {
  /// The whole text; its vocabulary is the characters that occur, in ascending order.
  public let text: TokenText

  /// The first 90 %, 1 003 854 characters, as is customary.
  public let train: TokenText

  /// The last 10 %, 111 540 characters.
  public let validation: TokenText

  /// Loads and checks the file.
  ///
  /// - Throws: ``DataError`` when it is absent, unreadable or not the published one.
  public init(from store: DataStore) throws(DataError) {
    self = try store.loaded.tinyShakespeare { () throws(DataError) in
      let file = DatasetName.tinyShakespeare.files[0]
      return TinyShakespeare(
        TokenText(characters: try store.contents(of: file, in: .tinyShakespeare)))
    }
  }

  private init(_ text: TokenText) {
    self.text = text
    (train, validation) = text.split(at: 0.9)
  }
}
