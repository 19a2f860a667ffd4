import Replication
import TrainingCore

extension Triebe2019ARNet {
  /// Counts what an epoch and the normal equations cost on one series, at each order.
  ///
  /// Every order has as many pairs. The products are carried out, and counted by their shapes.
  static func operations(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var stream = trial.stream(.data)
    let process = Process(setup.coefficients, order: 0, using: &stream)
    let series = process.series(count: setup.train, using: &stream)
    let first = setup.orders.max() ?? 0
    var outcome = Outcome()
    for order in setup.orders {
      let windows = Windows(series: series, order: order, times: first..<setup.train)
      let at = Lags(order)
      var meter = Meter()
      _ = try classic(windows, counting: &meter)
      outcome.classicOperations.append(Count(meter.operations), at: at)
      outcome.covarianceOperations.append(Count(covarianceOperations(windows)), at: at)
      var initialisation = trial.stream(.initialisation).child(order)
      outcome.netOperations.append(
        Count(epoch(windows, setup, using: &initialisation)), at: at)
      outcome.hiddenOperations.append(
        Count(hiddenEpoch(windows, setup, using: &initialisation)), at: at)
    }
    return outcome
  }

  private static func batches(_ windows: Windows, _ setup: Setup) -> [Range<Int>] {
    stride(from: windows.times.lowerBound, to: windows.times.upperBound, by: setup.schedule.batch)
      .map { $0..<min($0 + setup.schedule.batch, windows.times.upperBound) }
  }

  private static func epoch(
    _ windows: Windows, _ setup: Setup, using stream: inout RandomStream
  ) -> Int {
    var net = Net(order: windows.order, using: &stream)
    var meter = Meter()
    for batch in batches(windows, setup) {
      net.step(
        windows.rows(batch), windows.values(batch), rate: setup.schedule.rate,
        penalty: { _ in nil }, counting: &meter)
    }
    return meter.operations
  }

  /// The gradients of an epoch with p hidden units of ReLU, at the first weights.
  private static func hiddenEpoch(
    _ windows: Windows, _ setup: Setup, using stream: inout RandomStream
  ) -> Int {
    let order = windows.order
    let inner: Tensor<Double> =
      stream.normal(shape: [order + 1, order]) * (1 / sqrt(Double(order)))
    let outer: Tensor<Double> = stream.normal(shape: [order]) * (1 / sqrt(Double(order)))
    var meter = Meter()
    for batch in batches(windows, setup) {
      let (x, y) = (windows.rows(batch), windows.values(batch))
      let hidden = meter.product(x, inner)
      let residual = meter.product(relu(hidden), outer) - y
      _ = meter.product(residual, relu(hidden))
      let signal = gate(residual.reshaped(to: [y.count, 1]) * outer, where: hidden)
      _ = meter.product(x, signal, transposingA: true)
    }
    return meter.operations
  }

  /// The inner products of the series with itself at p + 1 lags, of which the equations consist but
  /// for their ends.
  private static func covarianceOperations(_ windows: Windows) -> Int {
    var meter = Meter()
    let now = windows.values(windows.times)
    for lag in 0...windows.order {
      _ = meter.product(now, windows.values(windows.times.map { $0 - lag }))
    }
    return meter.operations
  }
}
