import Replication
import TrainingCore

extension Triebe2019ARNet {
  /// The coefficients w_1, …, w_p of an autoregressive process.
  struct Process {
    let weights: [Double]

    /// Draws or writes down the coefficients that a model of some order meets.
    init(_ kind: Coefficients, order: Int, using stream: inout RandomStream) {
      switch kind {
      case .firstLags: weights = [0.2, 0.3, -0.5]
      case .spreadLags:
        var weights = [Double](repeating: 0, count: 10)
        (weights[0], weights[2], weights[9]) = (0.2, 0.3, -0.5)
        self.weights = weights
      case .dense:
        // Uniform, scaled where their sizes add up to more than one, less their mean.
        while true {
          var drawn: Tensor<Double> = stream.uniform(in: -1..<1, shape: [order])
          let size = abs(drawn).sum().item
          if size > 1 { drawn *= (0.5 + stream.uniform() / 2) / size }
          if order > 1 { drawn -= drawn.mean() }
          if Self.isStationary(drawn.scalars) {
            weights = drawn.scalars
            return
          }
        }
      }
    }

    /// The coefficients on p lags, zeros included.
    func padded(to order: Int) -> [Double] {
      precondition(order >= weights.count, "padded: \(weights.count) weights on \(order) lags")
      return weights + [Double](repeating: 0, count: order - weights.count)
    }

    /// A series of mean zero: y_t = Σ w_i y_{t−i} + e_t after 500 values, e_t of variance 1.
    func series(count: Int, using stream: inout RandomStream) -> [Double] {
      let burnIn = 500
      let noise: Tensor<Double> = stream.normal(shape: [burnIn + count])
      let terms = weights.indices.filter { weights[$0] != 0 }.map { ($0 + 1, weights[$0]) }
      var y = noise.scalars
      for t in y.indices {
        var sum = y[t]
        for (lag, weight) in terms where lag <= t { sum += weight * y[t - lag] }
        y[t] = sum
      }
      let kept = Tensor(Array(y[burnIn...]))
      return (kept - kept.mean()).scalars
    }

    /// Whether all reflection coefficients are below one in size, by Levinson's recursion reversed.
    static func isStationary(_ weights: [Double]) -> Bool {
      var weights = weights
      while let last = weights.popLast() {
        if abs(last) >= 1 { return false }
        let scale = 1 - last * last
        weights = zip(weights, weights.reversed()).map { ($0 + last * $1) / scale }
      }
      return true
    }
  }

  /// A series as pairs of the p values before a time, oldest first, and the value at it.
  struct Windows {
    let series: [Double]
    /// p.
    let order: Int
    /// The times that are forecast.
    let times: Range<Int>

    /// The windows that end before some times, with a last column of ones: [times, p + 1].
    func rows(_ chosen: some Collection<Int>) -> Tensor<Double> {
      var scalars: [Double] = []
      scalars.reserveCapacity(chosen.count * (order + 1))
      for time in chosen {
        scalars.append(contentsOf: series[time - order..<time])
        scalars.append(1)
      }
      return Tensor(scalars, shape: [chosen.count, order + 1])
    }

    func values(_ chosen: some Collection<Int>) -> Tensor<Double> {
      Tensor(chosen.map { series[$0] })
    }

    /// The times in pieces small enough for their windows to be kept at once.
    var pieces: [Range<Int>] {
      stride(from: times.lowerBound, to: times.upperBound, by: 2048).map {
        $0..<min($0 + 2048, times.upperBound)
      }
    }

    /// The mean squared error of forecasts by an affine map of the window.
    func error(of parameters: Tensor<Double>) -> Double {
      var sum = 0.0
      for piece in pieces {
        sum += (matmul(rows(piece), parameters) - values(piece)).sumOfSquares().item
      }
      return sum / Double(times.count)
    }
  }
}
