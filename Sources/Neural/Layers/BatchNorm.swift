public import Tensors

/// The moments of a batch that a batch norm was trained with.
public struct BatchStatistics<Element: Scalar>: Sendable, Equatable {
  /// The mean of each channel.
  public var mean: Tensor<Element>

  /// The variance of each channel, unbiased: over one less than the count.
  public var variance: Tensor<Element>

  /// Takes the moments.
  public init(mean: Tensor<Element>, variance: Tensor<Element>) {
    self.mean = mean
    self.variance = variance
  }
}

/// Each channel normalised: by the batch's moments in training, by the running ones in evaluation.
///
///     n = (x − mean) / √(variance + ε),  y = n scale + offset
///     running ← (1 − momentum) running + momentum batch
///
/// Training normalises by the mean square deviation and keeps the unbiased variance, as PyTorch
/// does; where a channel has one number, its variance is kept as zero. Running statistics are no
/// parameters: no gradient reaches them, and they move only by ``absorb(_:)``.
///
/// - Shapes: x [n, channels, …]; everything stored [channels].
/// - Source: Ioffe and Szegedy 2015, arXiv 1502.03167, algorithms 1 and 2.
public struct BatchNorm<Element: Scalar>: Parameterised {
  /// A factor for each channel; nil for none.
  public var scale: Tensor<Element>?

  /// A summand for each channel; nil for none.
  public var offset: Tensor<Element>?

  /// The running mean.
  public var mean: Tensor<Element>

  /// The running variance.
  public var variance: Tensor<Element>

  /// What is added to the variance.
  public let epsilon: Double

  /// The weight of a batch in the running statistics.
  public let momentum: Double

  /// A layer with scales of one, offsets of zero, running means of zero and variances of one.
  ///
  /// - Precondition: 0 ≤ momentum ≤ 1, and there is a channel.
  /// - Parameters:
  ///   - channels: the number of channels.
  ///   - affine: whether there are scales and offsets.
  ///   - epsilon: what is added to the variance.
  ///   - momentum: the weight of a batch in the running statistics.
  public init(
    channels: Int, affine: Bool = true, epsilon: Double = 1e-5, momentum: Double = 0.1
  ) {
    require(
      channels > 0 && (0...1).contains(momentum),
      "BatchNorm: \(channels) channels with a momentum of \(momentum)")
    scale = affine ? Tensor(repeating: 1, shape: [channels]) : nil
    offset = affine ? Tensor(zeros: [channels]) : nil
    mean = Tensor(zeros: [channels])
    variance = Tensor(repeating: 1, shape: [channels])
    self.epsilon = epsilon
    self.momentum = momentum
  }

  /// The outputs in evaluation: by the running statistics.
  ///
  /// - Precondition: `x` has the layer's channels.
  public func callAsFunction(_ x: Tensor<Element>, rectified: Bool = false) -> Tensor<Element> {
    let y = batchNorm(
      x, mean: mean, variance: variance, scale: scale, offset: offset, epsilon: epsilon)
    return rectified ? relu(y) : y
  }

  /// The outputs in training, and the batch's moments.
  ///
  /// - Precondition: `x` has the layer's channels, and is not empty.
  /// - Parameters:
  ///   - x: the batch.
  ///   - rectified: whether negative results become zero, in the same pass.
  /// - Returns: the outputs, and what ``absorb(_:)`` takes.
  public func training(
    _ x: Tensor<Element>, rectified: Bool = false
  ) -> (output: Tensor<Element>, statistics: BatchStatistics<Element>) {
    require(
      x.rank >= 2 && x.shape[1] == mean.count,
      "BatchNorm: shape \(x.shape) does not have \(mean.count) channels")
    let (output, mean, variance) = batchNorm(
      x, scale: scale, offset: offset, epsilon: epsilon, rectified: rectified)
    let count = x.count / mean.count
    let unbiased = variance.detached * Element(Double(count) / Double(max(count - 1, 1)))
    return (output, BatchStatistics(mean: mean.detached, variance: unbiased))
  }

  /// Moves the running statistics towards a batch's.
  ///
  /// - Precondition: the statistics are of as many channels.
  public mutating func absorb(_ statistics: BatchStatistics<Element>) {
    require(
      statistics.mean.shape == mean.shape && statistics.variance.shape == mean.shape,
      "BatchNorm: statistics \(statistics.mean.shape) for \(mean.count) channels")
    mean = mean * Element(1 - momentum) + statistics.mean * Element(momentum)
    variance = variance * Element(1 - momentum) + statistics.variance * Element(momentum)
  }

  /// Visits scale, then offset.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    scale.forEachParameter(body)
    offset.forEachParameter(body)
  }
}

/// A model with batch norms inside.
public protocol BatchNormalised<Number>: Parameterised {
  /// Visits the batch norms in the order in which a training call gathers their statistics.
  mutating func forEachBatchNorm(_ body: (inout BatchNorm<Number>) -> Void)
}

extension BatchNormalised {
  /// Moves the running statistics of all batch norms towards those of a batch.
  ///
  /// - Precondition: the statistics are those that one training call of this model has gathered.
  public mutating func absorb(_ statistics: [BatchStatistics<Number>]) {
    var index = 0
    forEachBatchNorm { norm in
      require(
        index < statistics.count,
        "absorb: \(statistics.count) statistics for more batch norms than that")
      norm.absorb(statistics[index])
      index += 1
    }
    require(
      index == statistics.count, "absorb: \(statistics.count) statistics for \(index) batch norms")
  }

  /// The running means and variances, in pairs.
  public var runningStatistics: [Tensor<Number>] {
    get {
      var model = self
      var tensors: [Tensor<Number>] = []
      model.forEachBatchNorm { tensors += [$0.mean, $0.variance] }
      return tensors
    }
    set {
      var index = 0
      forEachBatchNorm { norm in
        require(
          index + 1 < newValue.count && newValue[index].shape == norm.mean.shape
            && newValue[index + 1].shape == norm.mean.shape,
          "runningStatistics: \(newValue.map(\.shape)) do not fit the model")
        norm.mean = newValue[index]
        norm.variance = newValue[index + 1]
        index += 2
      }
      require(
        index == newValue.count, "runningStatistics: \(newValue.count) tensors for \(index)")
    }
  }
}

extension BatchNorm: BatchNormalised {
  /// Visits the layer itself.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm) -> Void) { body(&self) }
}

extension Array: BatchNormalised where Element: BatchNormalised {
  /// Visits the batch norms of each element in order.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm<Element.Number>) -> Void) {
    for index in indices { self[index].forEachBatchNorm(body) }
  }
}

extension Optional: BatchNormalised where Wrapped: BatchNormalised {
  /// Visits the batch norms of the value where there is one.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm<Wrapped.Number>) -> Void) {
    self?.forEachBatchNorm(body)
  }
}
