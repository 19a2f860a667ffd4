internal import CKernels
internal import Digests

/// What random numbers are for: streams of different purposes are independent.
public enum Purpose: String, Sendable, CaseIterable {
  /// A model's first parameters.
  case initialisation
  /// The order of examples.
  case shuffling
  /// Noise added to inputs, labels, parameters or gradients.
  case noise
  /// Generated data sets.
  case data
  /// Choosing examples, tasks or subsets.
  case sampling
  /// Units dropped in training.
  case dropout
  /// Random transformations of examples.
  case augmentation
  /// Random directions, projections and probes of a measurement.
  case probing
  /// Labels shuffled by a control.
  case control
  /// Resampling in statistics.
  case resampling
}

/// A sequence of random numbers: Philox 4x32-10 under a key that says what it is for.
///
/// The key is a digest of the paper, the seed and the purpose, so a stream depends on nothing else
/// that is drawn. Draw number i is a function of the key and i alone, and a bulk draw gives the
/// same numbers as single draws one after another. `Float` and `Double` draws use the same words.
///
/// - Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
public struct RandomStream: Sendable, Hashable {
  let key: UInt64
  let stream: UInt64
  var position: UInt64 = 0

  /// The stream of a paper's trial with a seed, for one purpose.
  public init(paper: String, seed: UInt64, purpose: Purpose) {
    self.init(named: ["stream", paper, String(seed), purpose.rawValue])
  }

  /// An independent stream for each index, whatever was drawn from this one.
  public func child(_ index: Int) -> RandomStream {
    RandomStream(named: ["child", String(key), String(stream), String(index)])
  }

  /// An independent stream for each name, whatever was drawn from this one.
  public func child(_ name: String) -> RandomStream {
    RandomStream(named: ["name", String(key), String(stream), name])
  }

  // Each part is preceded by its length, so that no two lists give one message.
  private init(named parts: [String]) {
    var message: [UInt8] = []
    for part in parts {
      let text = Array(part.utf8)
      withUnsafeBytes(of: UInt64(text.count).littleEndian) { message.append(contentsOf: $0) }
      message += text
    }
    let name = Digest(of: message).bytes
    key = name[0..<8].reduce(0) { $0 << 8 | UInt64($1) }
    stream = name[8..<16].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// 64 random bits.
  public mutating func nextUInt64() -> UInt64 {
    var word: UInt64 = 0
    ck_words(key, stream, position, 1, &word)
    position &+= 1
    return word
  }

  /// 32 random bits: the upper half of the next 64.
  public mutating func nextUInt32() -> UInt32 { UInt32(truncatingIfNeeded: nextUInt64() >> 32) }

  /// A number in [0, 1): the first 53 bits of a word.
  public mutating func uniform() -> Double { Double(nextUInt64() >> 11) * 0x1p-53 }

  /// A standard normal number, by the inverse of the distribution function.
  public mutating func normal() -> Double { normal(shape: [], of: Double.self).item }

  /// Standard normal numbers: the quantile of the middle of one of 2⁵² equal parts of (0, 1), of
  /// 2³² for `Float`, so that the tails reach 8.2 and 6.3.
  ///
  /// - Accuracy: 4 ULP; for `Float` a relative error of 8e-7.
  /// - Precondition: no axis is negative.
  public mutating func normal<E: Scalar>(shape: [Int], of: E.Type = E.self) -> Tensor<E> {
    drawn("normal", CK_DRAW_NORMAL, shape)
  }

  /// Numbers in [0, 1): a word's first 53 bits, or 24 for `Float`.
  ///
  /// - Precondition: no axis is negative.
  public mutating func uniform<E: Scalar>(shape: [Int], of: E.Type = E.self) -> Tensor<E> {
    drawn("uniform", CK_DRAW_UNIFORM, shape)
  }

  /// The next words of 64 random bits.
  ///
  /// - Precondition: the count is not negative.
  public mutating func words(_ count: Int) -> [UInt64] {
    require(count >= 0, "words: the count \(count) is negative")
    Kernels.prepare()
    let words = [UInt64](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let target = buffer.baseAddress, count > 0 {
        ck_words(key, stream, position, count, target)
      }
      initialized = count
    }
    position &+= UInt64(count)
    return words
  }

  /// Passes over words that were drawn from a copy.
  mutating func skip(_ count: Int) { position &+= UInt64(count) }

  /// The words of the next place for a draw that may need any number of them; takes the place.
  ///
  /// The place's word names a sequence of the same key, which no stream but by chance draws from.
  mutating func attempts() -> Attempts { Attempts(key: key, stream: nextUInt64()) }

  /// Words for one draw.
  struct Attempts {
    fileprivate let key: UInt64
    fileprivate let stream: UInt64
    private var position: UInt64 = 0

    fileprivate init(key: UInt64, stream: UInt64) {
      self.key = key
      self.stream = stream
    }

    /// A number in (0, 1): the middle of one of 2⁵² equal parts.
    mutating func uniform() -> Double {
      var word: UInt64 = 0
      ck_words(key, stream, position, 1, &word)
      position &+= 1
      return (Double(word >> 12) + 0.5) * 0x1p-52
    }

    /// A standard normal number.
    mutating func normal() -> Double { normalQuantile(uniform()) }
  }

  private mutating func drawn<E: Scalar>(
    _ name: String, _ operation: ck_draw_op, _ shape: [Int]
  ) -> Tensor<E> {
    require(shape.allSatisfy { $0 >= 0 }, "\(name): shape \(shape) has a negative axis")
    let count = shape.reduce(1, *)
    let result = Tensor<E>(shape: shape) { target in
      ck_draw(Tensor<E>.type, operation, key, stream, position, count, target)
    }
    position &+= UInt64(count)
    return result
  }
}
