internal import Tensors

/// Says when a validation loss has not improved for a while, and which evaluation was best.
///
///     var stopping = EarlyStopping(patience: 5)
///     …
///     if stopping.isImproved(by: loss, at: step) { best = model }
///     if stopping.isOver { break }
///
/// A loss that is not a number improves nothing.
public struct EarlyStopping: Hashable, Sendable {
  /// How many evaluations without improvement end the training.
  public let patience: Int

  /// By how much a loss must be lower to count as better.
  public let margin: Double

  /// The best loss so far; infinite before the first that is finite.
  public private(set) var bestLoss = Double.infinity

  /// When that was; nil before the first.
  public private(set) var bestStep: Int?

  /// The evaluations since the best one.
  public private(set) var waited = 0

  /// Nothing evaluated yet.
  ///
  /// - Precondition: the patience is at least 1, and the margin not negative.
  public init(patience: Int, margin: Double = 0) {
    require(
      patience >= 1 && margin >= 0,
      "EarlyStopping: a patience of \(patience) and a margin of \(margin)")
    self.patience = patience
    self.margin = margin
  }

  /// Whether there was no improvement for as long as there is patience.
  public var isOver: Bool { waited >= patience }

  /// Takes in an evaluation, and says whether it is the best so far.
  public mutating func isImproved(by loss: Double, at step: Int) -> Bool {
    guard loss < bestLoss - (bestStep == nil ? 0 : margin) else {
      waited += 1
      return false
    }
    (bestLoss, bestStep) = (loss, step)
    waited = 0
    return true
  }
}

/// The steps 0, 1, 2, 4, … up to a last one, each and the last once: where curves over the logarithm of
/// the step are evaluated.
///
/// - Precondition: the last is not negative, and there is a step an octave.
/// - Parameters:
///   - last: The last step.
///   - perOctave: How many steps lie between one and its double, as far as whole numbers allow.
/// - Returns: The steps, ascending.
public func logarithmicSteps(upTo last: Int, perOctave: Int = 1) -> [Int] {
  require(last >= 0 && perOctave >= 1, "logarithmicSteps: up to \(last), \(perOctave) an octave")
  var steps = [0]
  var index = 0
  while index / perOctave <= 62 {
    let octave = 1 << (index / perOctave)
    let share = Double(index % perOctave) / Double(perOctave)
    // Powers of two are exact; between them the nearest whole number.
    let step = Int((Double(octave) * pow(2.0, share)).rounded())
    if step >= last { break }
    if step > steps[steps.count - 1] { steps.append(step) }
    index += 1
  }
  return last > 0 ? steps + [last] : steps
}
