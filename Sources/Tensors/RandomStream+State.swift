extension RandomStream {
  /// What a stream is, as three words: its name's two and its position.
  ///
  /// For keeping a stream and going on with it elsewhere; draws come from the stream itself.
  public var state: [UInt64] { [key, stream, position] }

  /// The stream of a state; nil where it has not three words.
  public init?(state: [UInt64]) {
    guard state.count == 3 else { return nil }
    (key, stream, position) = (state[0], state[1], state[2])
  }
}
