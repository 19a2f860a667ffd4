public import Tensors

/// The attack of Carlini and Wagner in Euclidean length: the smallest change that misleads.
///
///     min ‖x' − x‖² + c max(m(x'), −κ),  x' = lo + (hi − lo) (tanh w + 1) / 2
///
/// m is the margin of the true class. Adam moves w; c is searched by example: halved (or the middle
/// of its bracket) after a success, ten times as large (or the middle) after a failure.
///
/// - Source: Carlini and Wagner 2017, arXiv 1608.04644, §V and §VI-A; the authors' default numbers,
///   without their early end.
public struct CarliniWagner: Hashable, Sendable {
  /// How many values of c are tried.
  public var searches = 9

  /// How many steps are taken for each.
  public var steps = 1000

  /// The learning rate of Adam.
  public var learningRate = 0.01

  /// The first value of c.
  public var constant = 1e-3

  /// κ, by how much the other class must win.
  public var confidence = 0.0

  /// Where entries of inputs lie.
  public var range = 0.0...1.0

  /// The attack with its authors' numbers.
  public init() {}

  /// The nearest inputs found that are given another class.
  ///
  /// - Shapes: x [n, …]; logits [n, classes]; the same, and n lengths.
  /// - Gradient: none; the result is a constant.
  /// - Precondition: inputs lie in the range; one label an example.
  /// - Parameters:
  ///   - x: the inputs.
  ///   - labels: the true classes.
  ///   - logits: the model's logits, each example's of itself alone.
  /// - Returns: the inputs, unchanged where no change misled, and the lengths, infinite there.
  public func callAsFunction<E>(
    _ x: Tensor<E>, labels: [Int], logits: (Tensor<E>) -> Tensor<E>
  ) -> (inputs: Tensor<E>, lengths: [Double]) {
    let (low, high) = (E(range.lowerBound), E(range.upperBound))
    require(
      x.rank >= 1 && x.shape[0] == labels.count && x.count > 0 && searches >= 1 && steps >= 1
        && x.min().item >= low && x.max().item <= high,
      "CarliniWagner: inputs \(x.shape) in \(range) and \(labels.count) labels")
    let (x, n) = (x.detached, labels.count)
    let size = x.count / n
    // Kept off the ends, where w would be infinite.
    let z = 0.999999 * ((x - low) / (high - low) * 2 - 1)
    let start = 0.5 * log((1 + z) / (1 - z))
    var constants = [Double](repeating: constant, count: n)
    var (lower, upper) = (
      [Double](repeating: 0, count: n), [Double](repeating: .infinity, count: n)
    )
    var lengths = [Double](repeating: .infinity, count: n)
    var inputs = x.scalars
    for _ in 0..<searches {
      var misled = [Bool](repeating: false, count: n)
      let weights = Tensor(constants.map { E($0) })
      var w = start
      var (first, second) = (0 * w, 0 * w)
      for step in 1...steps {
        var here = (inputs: x, squares: Tensor<E>(0), margins: Tensor<E>(0))
        let slope = gradient(at: w) { w in
          let moved = low + (high - low) * (tanh(w) + 1) * 0.5
          let squares = (moved - x).reshaped(to: [n, size]).sumOfSquares(along: 1)
          let margin = margins(logits: logits(moved), labels: labels)
          here = (moved.detached, squares.detached, margin.detached)
          return (squares + weights * maximum(margin, Tensor(E(-confidence)))).sum()
        }
        let (squares, margin) = (here.squares.scalars, here.margins.scalars)
        here.inputs.withScalars { moved in
          for index in 0..<n where Double(margin[index]) < 0 - confidence {
            misled[index] = true
            let length = Double(squares[index]).squareRoot()
            guard length < lengths[index] else { continue }
            lengths[index] = length
            for entry in index * size..<(index + 1) * size { inputs[entry] = moved[entry] }
          }
        }
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * square(slope)
        let (p, q) = (1 - pow(0.9, Double(step)), 1 - pow(0.999, Double(step)))
        w = w - E(learningRate) * (first / E(p)) / (sqrt(second / E(q)) + 1e-8)
      }
      for index in 0..<n {
        if misled[index] {
          upper[index] = min(upper[index], constants[index])
        } else {
          lower[index] = max(lower[index], constants[index])
        }
        constants[index] =
          upper[index].isFinite
          ? (lower[index] + upper[index]) / 2 : constants[index] * 10
      }
    }
    return (Tensor(inputs, shape: x.shape), lengths)
  }
}
