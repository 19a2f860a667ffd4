import Replication
import TrainingCore

extension Triebe2019ARNet {
  /// Counts the operations of the products that go through it.
  struct Meter {
    private(set) var operations = 0

    /// A matrix product: a multiplication and an addition for each term.
    mutating func product(
      _ a: Tensor<Double>, _ b: Tensor<Double>, transposingA: Bool = false
    ) -> Tensor<Double> {
      let result = matmul(a, b, transposingA: transposingA)
      let inner = transposingA ? a.shape[0] : a.shape[a.rank - 1]
      operations += 2 * inner * result.count
      return result
    }
  }

  /// The affine map of least squares, by the normal equations: Classic-AR.
  static func classic(_ windows: Windows, counting meter: inout Meter) throws -> Tensor<Double> {
    let width = windows.order + 1
    var (gram, right) = (Tensor<Double>(zeros: [width, width]), Tensor<Double>(zeros: [width]))
    for piece in windows.pieces {
      let (x, y) = (windows.rows(piece), windows.values(piece))
      gram += meter.product(x, x, transposingA: true)
      right += meter.product(y, x)
    }
    return try solvePositiveDefinite(gram, right)
  }

  /// AR-Net: the same map trained by Adam on the mean squared error and a penalty.
  struct Net {
    /// The weights of the window, oldest first, and the bias: θ.
    private(set) var parameters: Tensor<Double>
    private var mean: Tensor<Double>
    private var squares: Tensor<Double>
    private var steps = 0

    /// Uniform in ±1/√p.
    init(order: Int, using stream: inout RandomStream) {
      let reach = 1 / sqrt(Double(order))
      parameters = stream.uniform(in: -reach..<reach, shape: [order + 1])
      mean = Tensor(zeros: [order + 1])
      squares = mean
    }

    /// One step of Adam along (2/B) Xᵀ(Xθ − y) and the penalty's gradient.
    mutating func step(
      _ x: Tensor<Double>, _ y: Tensor<Double>, rate: Double,
      penalty: (Tensor<Double>) -> Tensor<Double>?,
      counting meter: inout Meter
    ) {
      let residual = meter.product(x, parameters) - y
      var gradient = meter.product(residual, x) * (2 / Double(y.count))
      if let own = penalty(parameters) { gradient += own }
      steps += 1
      mean *= 0.9
      mean.add(gradient, scaledBy: 0.1)
      squares *= 0.999
      squares.add(gradient * gradient, scaledBy: 0.001)
      let t = Double(steps)
      let corrected = squares / (1 - pow(0.999, t))
      parameters -= mean * (rate / (1 - pow(0.9, t))) / (sqrt(corrected) + 1e-8)
    }
  }

  /// Trains a network on a series.
  static func trained(_ windows: Windows, _ setup: Setup, nonzeros: Int, in trial: Trial) -> Net {
    let schedule = setup.schedule
    var initialisation = trial.stream(.initialisation).child(windows.order)
    var net = Net(order: windows.order, using: &initialisation)
    var batches = ShuffledBatches(
      count: windows.times.count, size: schedule.batch,
      using: trial.stream(.shuffling).child(windows.order))
    var meter = Meter()
    var rate = schedule.rate
    let full = weight(of: setup, order: windows.order, nonzeros: nonzeros)
    for epoch in 0..<schedule.epochs {
      let λ = full * min(1, Double(epoch) / Double(schedule.ramp))
      for _ in 0..<batches.batchesPerEpoch {
        guard let batch = batches.next() else { break }
        let times = batch.map { windows.times.lowerBound + $0 }
        net.step(
          windows.rows(times), windows.values(times), rate: rate,
          penalty: { λ == 0 ? nil : penaltyGradient(setup.penalty, at: $0) * λ },
          counting: &meter)
      }
      rate *= schedule.decay
    }
    return net
  }

  /// λ(s) = c_λ(1/s − 1), s being the guessed share of nonzero weights; c_λ of another penalty.
  private static func weight(of setup: Setup, order: Int, nonzeros: Int) -> Double {
    switch setup.penalty {
    case .none: return 0
    case .absolute: return setup.strength
    case .sparsity:
      let share = min(1, setup.guess * Double(nonzeros) / Double(order))
      return setup.strength * (1 / share - 1)
    }
  }

  /// The gradient of the penalty; the bias has none.
  ///
  /// R(w) = (1/p) Σ 2/(1 + exp(−3|w_i|^{1/3})) − 1, so that with u = exp(−3|w|^{1/3})
  /// dR/dw_i = (1/p) 2u |w_i|^{−2/3} sign(w_i) / (1 + u)², |w| taken as 1e-12 at least. The other
  /// penalty is Σ|w_i|.
  private static func penaltyGradient(
    _ penalty: Penalty, at parameters: Tensor<Double>
  ) -> Tensor<Double> {
    let order = parameters.count - 1
    let weights = parameters.rows(0..<order)
    let signs = sign(weights)
    let bias = Tensor<Double>(zeros: [1])
    if penalty == .absolute { return .concatenated([signs, bias]) }
    let size = maximum(abs(weights), Tensor(1e-12))
    let root = pow(size, 1.0 / 3)
    let u = exp(root * -3)
    let slope = u * root / (size * square(1 + u))
    return .concatenated([slope * signs * (2 / Double(order)), bias])
  }

  /// Fits models of each order to a series, by least squares and by a network.
  static func fits(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var outcome = Outcome()
    for order in setup.orders {
      // One series of fixed coefficients for all orders; dense ones are drawn for each.
      var stream =
        setup.coefficients == .dense
        ? trial.stream(.data).child(order) : trial.stream(.data)
      let process = Process(setup.coefficients, order: order, using: &stream)
      let series = process.series(count: setup.train + setup.test, using: &stream)
      let pairs = Windows(series: series, order: order, times: order..<setup.train)
      let unseen = Windows(series: series, order: order, times: setup.train..<series.count)
      var meter = Meter()
      let classic = try classic(pairs, counting: &meter)
      let at = Lags(order)
      let classicLoss = unseen.error(of: classic)
      outcome.classicLoss.append(Loss(classicLoss), at: at)
      let truth = order >= process.weights.count ? process.padded(to: order) : nil
      if let truth {
        outcome.classicError.append(Percent(percentageError(lags(classic), truth)), at: at)
      }
      guard setup.trains else { continue }
      let nonzeros = process.weights.count { $0 != 0 }
      let net = trained(pairs, setup, nonzeros: nonzeros, in: trial).parameters
      let loss = unseen.error(of: net)
      outcome.netLoss.append(Loss(loss), at: at)
      outcome.forecastGap.append(Ratio(abs(loss - classicLoss) / classicLoss), at: at)
      let reversed = Tensor.concatenated(
        [net.rows(0..<order).flipped(along: 0), net.rows(order..<order + 1)])
      outcome.reversedGap.append(
        Ratio(abs(unseen.error(of: reversed) - classicLoss) / classicLoss), at: at)
      outcome.coefficientGap.append(
        Ratio(abs(net.rows(0..<order) - classic.rows(0..<order)).max().item), at: at)
      guard let truth else { continue }
      let found = lags(net)
      outcome.netError.append(Percent(percentageError(found, truth)), at: at)
      let errors = zip(found, truth).filter { $1 != 0 }.map { abs($0 - $1) }
      outcome.trueLagError.append(Ratio(errors.max() ?? .nan), at: at)
      outcome.smallWeights.append(Count(found.count { abs($0) < 0.01 }), at: at)
    }
    return outcome
  }

  /// The coefficients of lags 1, …, p of a map of the window, which has the oldest value first.
  private static func lags(_ parameters: Tensor<Double>) -> [Double] {
    parameters.rows(0..<parameters.count - 1).flipped(along: 0).scalars
  }

  /// sTPE: 100 Σ|ŵ − w| / Σ(|ŵ| + |w|).
  private static func percentageError(_ found: [Double], _ truth: [Double]) -> Double {
    var (difference, size) = (0.0, 0.0)
    for (estimate, weight) in zip(found, truth) {
      difference += abs(estimate - weight)
      size += abs(estimate) + abs(weight)
    }
    return 100 * difference / size
  }
}
