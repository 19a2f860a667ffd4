import Replication
import TrainingCore

// Two classes of Dirichlet points, four of ten in the class +1, divided by their length: on the part
// of the sphere where no coordinate is negative.
extension Radhakrishnan2022WideDeepOptimality {
  struct Points {
    /// The points, of length one: [count, dimension].
    let rows: Tensor<Double>
    /// −1 or 1.
    let labels: Tensor<Double>
    /// The probability of the class +1 given the point.
    let posterior: Tensor<Double>

    var count: Int { rows.shape[0] }

    func part(_ range: Range<Int>) -> Points {
      Points(
        rows: rows.rows(range), labels: labels.rows(range), posterior: posterior.rows(range))
    }
  }

  /// The parameters of the classes +1 and −1.
  private static func parameters(_ dimension: Int) -> (plus: [Double], minus: [Double]) {
    switch dimension {
    case 2: ([1, 2], [2, 1])
    case 3: ([0.5, 0.5, 2.5], [2.5, 0.1, 0.5])
    case 5: ([3, 1, 2, 1, 1], [1, 2, 2, 2, 3])
    case 9: ([1, 2, 1, 2, 1, 1, 1, 1, 1], [1, 1, 1, 2, 3, 4, 2, 2, 1])
    default: preconditionFailure("parameters: none are given in \(dimension) dimensions")
    }
  }

  /// Training and test points; drawn again where two training points coincide.
  static func draw(
    training: Int, tests: Int, dimension: Int, in trial: Trial
  ) -> (training: Points, tests: Points) {
    let stream = trial.stream(.data).child(dimension)
    var attempt = 0
    while true {
      let points = drawn(training + tests, dimension: dimension, using: stream.child(attempt))
      let train = points.part(0..<training)
      if !hasCoincidence(train) {
        return (train, points.part(training..<training + tests))
      }
      attempt += 1
    }
  }

  private static func hasCoincidence(_ points: Points) -> Bool {
    let products = matmul(points.rows, points.rows, transposingB: true)
    let ones = products.isGreater(than: Tensor(Double(1).nextDown)).lowerTriangle(diagonal: -1)
    return ones.max().item > 0
  }

  private static func drawn(
    _ count: Int, dimension: Int, using stream: RandomStream
  ) -> Points {
    var stream = stream
    let (plus, minus) = parameters(dimension)
    let positives = Int((0.4 * Double(count)).rounded())
    let simplex = Tensor.concatenated([
      stream.dirichlet(plus, count: positives, of: Double.self),
      stream.dirichlet(minus, count: count - positives, of: Double.self),
    ])
    let signs = (0..<count).map { $0 < positives ? 1.0 : -1.0 }
    let order = stream.permutation(of: count)
    let points = simplex.gathered(rows: order)
    let odds =
      logDensity(points, plus) - logDensity(points, minus) + log(0.4) - log(0.6)
    return Points(
      rows: points / points.norm(along: 1, keepingAxis: true),
      labels: Tensor(order.map { signs[$0] }), posterior: logistic(odds))
  }

  /// The logarithm of a Dirichlet density: Σ (aᵢ − 1) log xᵢ + log Γ(Σ aᵢ) − Σ log Γ(aᵢ).
  private static func logDensity(_ x: Tensor<Double>, _ a: [Double]) -> Tensor<Double> {
    let constant = logGamma(a.reduce(0, +)) - a.reduce(0) { $0 + logGamma($1) }
    return matmul(log(x), Tensor(a.map { $0 - 1 })) + constant
  }
}
