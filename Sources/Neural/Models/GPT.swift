public import Tensors

/// A causal transformer over tokens, with norms first.
///
///     h = table[tokens] + positions,  h = blocks(h),  logits = norm(h) W
///
/// The head W is the transposed table where it is tied. Positions are learned, or rotations inside
/// the attention. As in GPT-2, weights start normal of deviation 0.02, those that end a branch
/// divided by √(2 depth), and all biases at zero.
///
/// - Shapes: n length tokens, a sequence after another, give logits [n length, vocabulary].
/// - Source: Radford et al. 2019, Language Models are Unsupervised Multitask Learners, §2.3.
public struct GPT<Element: Scalar>: Parameterised {
  /// The sizes and choices of a network.
  public struct Form: Hashable, Sendable, Codable {
    /// The number of different tokens.
    public var vocabulary: Int
    /// The greatest length of a sequence.
    public var context: Int
    /// The columns of a row.
    public var width: Int
    /// The number of blocks.
    public var depth: Int
    /// The heads of each attention.
    public var heads: Int
    /// The hidden units of a feed-forward layer; four times the width unless set.
    public var hidden: Int
    /// The function of the feed-forward layers.
    public var feedForward = FeedForward<Element>.Kind.gelu
    /// Whether norms take the mean off and have offsets, or divide by the root mean square.
    public var centresNorms = true
    /// Whether positions are rotations of queries and keys, in place of learned vectors.
    public var isRotary = false
    /// Whether queries and keys are normalised.
    public var normalisesQueries = false
    /// Whether the head shares the table of the tokens.
    public var tiesHead = true

    /// Takes the sizes, with GPT-2's choices.
    public init(vocabulary: Int, context: Int, width: Int, depth: Int, heads: Int) {
      self.vocabulary = vocabulary
      self.context = context
      self.width = width
      self.depth = depth
      self.heads = heads
      hidden = 4 * width
    }
  }

  /// The vectors of the tokens.
  public var tokens: Embedding<Element>

  /// The vectors of the positions; nil where they are rotations.
  public var positions: Embedding<Element>?

  /// The blocks.
  public var blocks: [TransformerBlock<Element>]

  /// The norm before the head.
  public var norm: LayerNorm<Element>

  /// The head; nil where it is tied to the tokens' vectors.
  public var head: Projection<Element>?

  /// A network with drawn weights.
  ///
  /// - Precondition: the heads divide the width; rotated heads have an even width.
  public init(_ form: Form, using stream: inout RandomStream) {
    let law = Initialiser.normal(deviation: 0.02)
    let last = Initialiser.normal(deviation: 0.02 / Double(2 * form.depth).squareRoot())
    let norm =
      form.centresNorms
      ? LayerNorm<Element>(width: form.width) : LayerNorm.rms(width: form.width)
    let rotary =
      form.isRotary
      ? RotaryEmbedding<Element>(width: form.width / form.heads, longest: form.context) : nil
    tokens = Embedding(
      count: form.vocabulary, width: form.width, deviation: 0.02, using: &stream)
    positions =
      form.isRotary
      ? nil
      : Embedding(count: form.context, width: form.width, deviation: 0.02, using: &stream)
    blocks = (0..<form.depth).map { _ in
      TransformerBlock(
        attention: MultiHeadAttention(
          width: form.width, heads: form.heads, normalisesQueries: form.normalisesQueries,
          rotary: rotary, initialiser: law, outputInitialiser: last, using: &stream),
        feedForward: FeedForward(
          width: form.width, hidden: form.hidden, kind: form.feedForward, initialiser: law,
          outputInitialiser: last, using: &stream),
        norm: norm)
    }
    self.norm = norm
    head =
      form.tiesHead
      ? nil
      : Projection(
        inputs: form.width, outputs: form.vocabulary, initialiser: law, using: &stream)
  }

  /// The logits in evaluation.
  ///
  /// - Precondition: the length divides the number of tokens, and lies within the context.
  /// - Parameters:
  ///   - sequences: the tokens of all sequences, one sequence after another.
  ///   - length: the tokens of a sequence.
  /// - Returns: the logits of what follows each token.
  public func callAsFunction(_ sequences: [Int], length: Int) -> Tensor<Element> {
    applied(sequences, length, { $0 }) { $0($1, isCausal: true) }
  }

  /// The logits in training with dropout, of the vectors and of every branch.
  public func callAsFunction(
    _ sequences: [Int], length: Int, dropout p: Double, using stream: inout RandomStream
  ) -> Tensor<Element> {
    // The vectors draw from the stream first, then the blocks in order.
    var own = stream
    let result = applied(sequences, length, { dropout($0, probability: p, using: &own) }) {
      $0($1, isCausal: true, dropout: p, using: &own)
    }
    stream = own
    return result
  }

  private func applied(
    _ sequences: [Int], _ length: Int, _ drop: (Tensor<Element>) -> Tensor<Element>,
    _ block: (TransformerBlock<Element>, Tensor<Element>) -> Tensor<Element>
  ) -> Tensor<Element> {
    require(
      length > 0 && sequences.count % length == 0,
      "GPT: \(sequences.count) tokens are no sequences of length \(length)")
    let width = tokens.table.shape[1]
    var h = tokens(sequences).reshaped(to: [sequences.count / length, length, width])
    if let positions {
      require(
        length <= positions.table.shape[0],
        "GPT: a length of \(length) for a context of \(positions.table.shape[0])")
      h = h + positions.table.rows(0..<length)
    }
    h = norm(blocks.reduce(drop(h)) { block($1, $0) })
    let rows = h.reshaped(to: [sequences.count, width])
    return head.map { $0(rows) } ?? tokens.logits(rows)
  }

  /// Visits tokens, positions, blocks, norm and head.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    tokens.forEachParameter(body)
    positions.forEachParameter(body)
    blocks.forEachParameter(body)
    norm.forEachParameter(body)
    head.forEachParameter(body)
  }
}
