public import Tensors

/// Digits in two colours: a colour that agrees with a noisy label more often than the shape does.
///
///     y = [digit < 5] flipped with probability `labelNoise`
///     colour = y flipped with probability `colourNoise`
///
/// An image has two planes; the digit stands in the plane of its colour, and the other is zero.
/// Environments differ in the colour noise: 0.1 and 0.2 for training and 0.9 for testing.
///
/// - Source: Arjovsky et al. 2019, Invariant Risk Minimization, arXiv 1907.02893, §5.2, and the
///   authors' code, which keeps every second row and column of MNIST.
public struct ColouredDigits<Element: Scalar>: Sendable {
  /// The images from 0 to 1: [n, 2, rows, columns].
  public let images: Tensor<Element>

  /// The noisy label y of each, 0 or 1, which is what is to be learned.
  public let labels: [Int]

  /// The colour of each, 0 or 1.
  public let colours: [Int]

  /// Colours digits of grey images with ten classes.
  ///
  /// - Precondition: images are grey and of ten classes; the positions exist; probabilities lie in
  ///   0...1; the step is at least one.
  /// - Parameters:
  ///   - digits: the images, such as a part of MNIST.
  ///   - indices: which of them.
  ///   - labelNoise: how often a label is flipped.
  ///   - colourNoise: how often a colour disagrees with the label.
  ///   - step: every how many rows and columns are kept; 2 makes 14 × 14 of 28 × 28.
  ///   - stream: the source: all labels, then all colours.
  public init(
    _ digits: LabelledImages, at indices: [Int], labelNoise: Double = 0.25, colourNoise: Double,
    step: Int = 1, using stream: inout RandomStream
  ) {
    require(
      digits.channels == 1 && digits.classes == 10 && step >= 1 && (0...1).contains(labelNoise)
        && (0...1).contains(colourNoise),
      """
      ColouredDigits: \(digits.channels) channels, \(digits.classes) classes, noise of \
      \(labelNoise) and \(colourNoise), a step of \(step)
      """)
    let n = indices.count
    func flips(_ p: Double) -> [Int] {
      stream.uniform(shape: [n], of: Double.self).scalars.map { $0 < p ? 1 : 0 }
    }
    let truth = digits.labels(at: indices).map { $0 < 5 ? 1 : 0 }
    let labels = zip(truth, flips(labelNoise)).map { $0 ^ $1 }
    let colours = zip(labels, flips(colourNoise)).map { $0 ^ $1 }
    let (rows, columns) = ((digits.rows + step - 1) / step, (digits.columns + step - 1) / step)
    let grey: Tensor<Element> = digits.planes(at: indices)
      .sliced(along: 2, from: 0, step: step, count: rows)
      .sliced(along: 3, from: 0, step: step, count: columns)
    let masks = Tensor<Element>(oneHot: colours, classes: 2).reshaped(to: [n, 2, 1, 1])
    images = grey * masks
    self.labels = labels
    self.colours = colours
  }
}
