import Replication
import TrainingCore

// Support vector machines with squared hinge over a range of λ, and what they give:
// min λ/2 ‖w‖² + 1/n Σ max(0, 1 − y(wᵀx + b))².
extension Tanay2016BoundaryTilting {
  /// The boundary at each λ, oriented towards the class +1.
  static func boundaries(
    _ train: Samples, penalties: [Double], isWhitened: Bool = false
  ) throws -> [(penalty: Double, boundary: Boundary)] {
    // Coordinates that do not vary get no weight.
    let kept = varying(train.x)
    let x = train.x.gathered(kept, along: 1)
    let turn = isWhitened ? try whitening(x) : nil
    let inputs = turn.map { matmul(x, $0) } ?? x
    var classifier: LinearClassifier?
    return try penalties.map { penalty in
      let found = try squaredHingeSVM(
        inputs, labels: train.labels, ridge: penalty, from: classifier, tolerance: 1e-12)
      classifier = found
      let weights = turn.map { matmul($0, found.weights) } ?? found.weights
      let length = norm(weights)
      return (
        penalty,
        Boundary(
          normal: (weights / length).put(kept, along: 0, of: train.x.shape[1]),
          offset: -found.bias.item / length)
      )
    }
  }

  static func digits(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (train, test) = try images(setup, in: trial)
    let centroids = Centroids(train.x, train.labels)
    let found = try boundaries(train, penalties: setup.penalties, isWhitened: setup.isWhitened)
    var outcome = Outcome()
    let centroidNorm = abs(centroids.classifier.scores(test.x)).mean().item
    for (penalty, boundary) in found {
      let place = Penalty(penalty)
      let scores = boundary.scores(test.x)
      add(Deviation(boundary, from: centroids), at: penalty, to: &outcome)
      outcome.trainError.append(
        Percent(error(boundary.scores(train.x), train.labels)), at: place)
      outcome.testError.append(Percent(error(scores, test.labels)), at: place)
      outcome.adversarialNorm.append(Distance(abs(scores).mean().item), at: place)
      outcome.centroidNorm.append(Distance(centroidNorm), at: place)
    }
    addShifts(to: &outcome)
    let shown = found.filter { setup.drawn.contains($0.penalty) }.map(\.boundary)
    addImages(of: shown, centroids, to: &outcome)
    if let tilted = found.first(where: { $0.penalty == 0.1 })?.boundary {
      try addTilts(setup, of: tilted, centroids, train, test, to: &outcome, in: trial)
    }
    return outcome
  }

  static func gaussians(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let train = points(setup, in: trial)
    let centroids = Centroids(train.x, train.labels)
    var outcome = Outcome()
    for (penalty, boundary) in try boundaries(train, penalties: setup.penalties) {
      add(Deviation(boundary, from: centroids), at: penalty, to: &outcome)
      outcome.trainError.append(
        Percent(error(boundary.scores(train.x), train.labels)), at: Penalty(penalty))
    }
    return outcome
  }

  private static func add(
    _ deviation: Deviation, at penalty: Double, to outcome: inout Outcome
  ) {
    let (place, angle) = (Penalty(penalty), Degrees(deviation.degrees))
    if penalty >= 1e-4 { outcome.angle.append(angle, at: place) }
    if penalty <= 1e-4 { outcome.lastAngle.append(angle, at: place) }
    outcome.strength.append(Ratio(deviation.strength), at: place)
    outcome.mirrorScore.append(Ratio(deviation.mirrorScore), at: place)
    outcome.secantDeviation.append(
      Ratio(deviation.distanceRatio() / deviation.strength - 1), at: place)
    let shift = 0.3 * deviation.centroids.distance
    outcome.shiftedDeviation.append(
      Ratio(deviation.distanceRatio(shiftedBy: shift) / deviation.strength - 1), at: place)
  }

  /// Controls that compare two other penalties than the claim does.
  private static func addShifts(to outcome: inout Outcome) {
    func value<Q: Quantity>(_ series: Series<Penalty, Q>, at penalty: Double) -> Q? {
      zip(series.x, series.y).first { $0.0 == Penalty(penalty) }?.1
    }
    for (place, milder) in [(1e-4, 1e-2), (1e-2, 1)] {
      guard let train = value(outcome.trainError, at: milder),
        let test = value(outcome.testError, at: milder)
      else { continue }
      outcome.milderTrainError.append(train, at: Penalty(place))
      outcome.milderTestError.append(test, at: Penalty(place))
    }
    for (place, next) in [(1e-1, 1e-2), (1e-2, 1e-4)] {
      guard let strength = value(outcome.strength, at: next),
        let test = value(outcome.testError, at: next)
      else { continue }
      outcome.nextStrength.append(strength, at: Penalty(place))
      outcome.nextTestError.append(test, at: Penalty(place))
    }
  }
}
