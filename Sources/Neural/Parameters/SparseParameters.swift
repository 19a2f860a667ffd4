public import Tensors

/// A parameter of which only some entries live: the stored tensor times a mask of zeros and ones.
///
///     w = v ∘ mask
///
/// The gradient of a masked entry is zero, so an optimizer without decay leaves it as it is.
public struct MaskedParameter<Element: Scalar>: Parametrisation {
  /// The stored tensor v.
  public var stored: Tensor<Element>

  /// One for an entry that lives, and zero for the others.
  public var mask: Tensor<Element>

  /// A parameter under a mask.
  ///
  /// - Precondition: the shapes are equal.
  public init(_ stored: Tensor<Element>, mask: Tensor<Element>) {
    require(
      stored.shape == mask.shape, "MaskedParameter: \(stored.shape) under a mask \(mask.shape)")
    self.stored = stored
    self.mask = mask
  }

  /// The parameter w.
  public var value: Tensor<Element> { stored * mask }

  /// Visits the stored tensor.
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) { body(&stored) }
}

/// A parameter with entries at fixed places and zeros elsewhere.
///
///     w[places[k]] = entries[k]
///
/// Only the entries are stored, so an optimizer's state is as small.
public struct SparseParameter<Element: Scalar>: Parametrisation {
  /// The entries.
  public var entries: Tensor<Element>

  /// The place of each entry, in row-major order.
  public let places: [Int]

  /// The shape of the parameter.
  public let shape: [Int]

  /// A parameter with given entries.
  ///
  /// - Precondition: there is an entry a place, and places are different and inside the shape.
  public init(_ entries: Tensor<Element>, at places: [Int], shape: [Int]) {
    let count = shape.reduce(1, *)
    require(
      entries.shape == [places.count] && Set(places).count == places.count
        && places.allSatisfy { (0..<count).contains($0) },
      "SparseParameter: \(entries.count) entries at \(places.count) places of shape \(shape)")
    self.entries = entries
    self.places = places
    self.shape = shape
  }

  /// A parameter whose places are drawn without replacement, and its entries by a law of the fans.
  ///
  /// - Precondition: the share lies in 0...1.
  /// - Parameters:
  ///   - inputs: the rows.
  ///   - outputs: the columns.
  ///   - share: the share of the entries that live, rounded down to a whole number of them.
  ///   - initialiser: the law of the entries, by the fans of the whole matrix.
  ///   - stream: the source of the places, then of the entries.
  public init(
    inputs: Int, outputs: Int, share: Double, initialiser: Initialiser = .inverseRootUniform,
    using stream: inout RandomStream
  ) {
    require((0...1).contains(share), "SparseParameter: a share of \(share)")
    let places = stream.choice(Int(share * Double(inputs * outputs)), of: inputs * outputs)
    self.init(
      initialiser.tensor(
        [places.count], fanIn: Double(inputs), fanOut: Double(outputs), using: &stream),
      at: places.sorted(), shape: [inputs, outputs])
  }

  /// The parameter w.
  public var value: Tensor<Element> {
    entries.scattered(places, along: 0, of: shape.reduce(1, *)).reshaped(to: shape)
  }

  /// Visits the entries.
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) { body(&entries) }
}
