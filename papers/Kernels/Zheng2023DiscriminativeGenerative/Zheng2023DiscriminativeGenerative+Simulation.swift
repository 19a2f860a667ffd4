import Replication
import TrainingCore

// Gaussian classes: the mean of class 0 is −1 in all coordinates, that of class k ≥ 1 is 2^{k−1}; they
// share a covariance, diagonal with variance n in the first ⌊n/2⌋ coordinates and 1 in the others.
extension Zheng2023DiscriminativeGenerative {
  /// Labelled points.
  struct Points {
    let x: Tensor<Double>
    let labels: [Int]

    /// Balanced points of Gaussian classes.
    init(_ count: Int, _ setup: Setup, using stream: inout RandomStream) {
      let n = setup.dimension
      let deviations = Tensor((0..<n).map { $0 < n / 2 ? sqrt(Double(n)) : 1 })
      let means = (0..<setup.classes).map { k in
        setup.separation * (k == 0 ? -1 : Double(1 << (k - 1)))
      }
      labels = (0..<count).map { $0 % setup.classes }
      let centres = Tensor(labels.map { means[$0] }, shape: [count, 1])
      x = stream.normal(shape: [count, n]) * deviations + centres
    }

    init(x: Tensor<Double>, labels: [Int]) { (self.x, self.labels) = (x, labels) }

    /// So many different points, drawn anew until all classes occur.
    ///
    /// Twice as many are drawn, and the second half is another sample that shares no point with it.
    func sample(
      _ count: Int, classes: Int, secondHalf: Bool = false, using stream: inout RandomStream
    ) -> Points {
      while true {
        let drawn = stream.choice(2 * count, of: labels.count)
        let chosen = secondHalf ? Array(drawn.suffix(count)) : Array(drawn.prefix(count))
        let found = chosen.map { labels[$0] }
        if Set(found).count == classes { return Points(x: x.gathered(rows: chosen), labels: found) }
      }
    }
  }

  /// Trains on m = 2K, 2K + ⌈ln n⌉, 2K + 2⌈ln n⌉, … samples of a pool until the test error is
  /// below Bayes' plus a point.
  static func simulation(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let n = setup.dimension
    let source = trial.stream(.data).child(n).child(setup.classes)
    var (pooling, testing) = (source.child("pool"), source.child("test"))
    let pool = Points(100 * n, setup, using: &pooling)
    let test = Points(setup.tests, setup, using: &testing)
    let target = 100 * bayesError(setup) + 1
    let step = Int(log(Double(n)).rounded(.up))
    let end = 20 * n
    var outcome = Outcome(needed: .notReached(by: Double(end)))
    for m in stride(from: 2 * setup.classes, through: end, by: step) {
      var sampling = trial.stream(.sampling).child(n).child(m)
      let sample = pool.sample(m, classes: setup.classes, using: &sampling)
      let fit = try fit(setup.method, sample.x, sample.labels, classes: setup.classes)
      let error = try fit.error(test.x, test.labels)
      outcome.error.append(Percent(error), at: Samples(m))
      if let gap = try fit.affineGap(test.x) {
        outcome.affineGap.append(Ratio(gap), at: Samples(m))
      }
      if error < target {
        outcome.needed = Samples(m)
        break
      }
    }
    return outcome
  }

  /// Φ(−½‖μ₁ − μ₀‖) in the covariance's metric for two classes; taken as zero for more, as in the
  /// paper's code.
  private static func bayesError(_ setup: Setup) -> Double {
    guard setup.classes == 2 else { return 0 }
    let (n, half) = (Double(setup.dimension), Double(setup.dimension / 2))
    return normalDistribution(-setup.separation * sqrt(half / n + n - half))
  }
}
