internal import CKernels

/// The normalisation of channels by their moments over all examples.
struct BatchNorm: Sendable {
  let examples: Int
  let channels: Int
  let inner: Int
  let epsilon: Double
  let rectified: Bool

  private var kernel: ck_norm {
    ck_norm(
      examples: examples, channels: channels, inner: inner, groups: 1, epsilon: epsilon,
      centred: 1, rectified: rectified ? 1 : 0)
  }

  /// The result and the channels' means and variances.
  func callAsFunction<E>(
    _ x: Tensor<E>, _ parameters: Tensor<E>
  ) -> (output: Tensor<E>, moments: Tensor<E>) {
    var output: Tensor<E>?
    let moments = Tensor<E>(shape: [2, channels]) { moments in
      output = Tensor(shape: x.shape) { target in
        withUnsafePointer(to: kernel) { shape in
          x.withPointer { x in
            parameters.withPointer {
              ck_batch_norm(Tensor<E>.type, shape, x, $0, moments, target)
            }
          }
        }
      }
    }
    return ((output ?? x).recorded(.batchNorm(self), x, parameters, moments), moments)
  }

  func gradient<E>(
    _ x: Tensor<E>, _ parameters: Tensor<E>, _ moments: Tensor<E>, _ g: Tensor<E>
  ) -> Tensor<E> {
    Tensor(shape: x.shape) { run(ck_batch_norm_gradient, x, parameters, moments, g, $0) }
      .recorded(.batchNormGradient(self), x, parameters, moments, g)
  }

  func parameters<E>(
    _ x: Tensor<E>, _ parameters: Tensor<E>, _ moments: Tensor<E>, _ g: Tensor<E>
  ) -> Tensor<E> {
    Tensor(shape: [2, channels]) { run(ck_batch_norm_parameters, x, parameters, moments, g, $0) }
      .recorded(.batchNormParameters(self), x, parameters, moments, g)
  }

  private func run<E>(
    _ function: (
      ck_type, UnsafePointer<ck_norm>?, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeRawPointer?,
      UnsafeRawPointer?, UnsafeMutableRawPointer?
    ) -> Void,
    _ x: Tensor<E>, _ parameters: Tensor<E>, _ moments: Tensor<E>, _ g: Tensor<E>,
    _ target: UnsafeMutableRawPointer
  ) {
    withUnsafePointer(to: kernel) { shape in
      x.withPointer { x in
        parameters.withPointer { parameters in
          moments.withPointer { moments in
            g.withPointer { function(Tensor<E>.type, shape, x, parameters, moments, $0, target) }
          }
        }
      }
    }
  }

  /// The same function made of other operations, for derivatives of its gradient.
  func composed<E>(_ x: Tensor<E>, _ parameters: Tensor<E>) -> Tensor<E> {
    let lists = x.reshaped(to: [examples, channels, inner])
    let deviations = lists - lists.mean(over: [0, 2], keepingAxes: true)
    let variances = (deviations * deviations).mean(over: [0, 2], keepingAxes: true)
    let normal = deviations / sqrt(variances + E(epsilon))
    let scales = parameters.rows(0..<1).reshaped(to: [channels, 1])
    let offsets = parameters.rows(1..<2).reshaped(to: [channels, 1])
    let result = (normal * scales + offsets).reshaped(to: x.shape)
    return rectified ? relu(result) : result
  }
}

/// Each channel less its mean over all examples, over its standard deviation, times its `scale`
/// plus its `offset`, and with a rectifier where `rectified`.
///
///     n = (x − mean) / √(variance + ε),  y = n scale + offset
///
/// The variance is the mean square deviation; times `n / (n − 1)`, with n the count of a channel's
/// numbers, it is the unbiased one.
///
/// - Shapes: `[examples, channels, …]`, with `[channels]` for `scale` and `offset`; the output has
///   the shape of `x`, `mean` and `variance` are `[channels]`.
/// - Gradient: through the output; `mean` and `variance` are constants, for running averages.
/// - Precondition: the shapes agree, and no axis is empty.
/// - Parameters:
///   - x: the examples.
///   - scale: a factor for each channel, 1 unless given.
///   - offset: a summand for each channel, 0 unless given.
///   - epsilon: what is added to the variance.
///   - rectified: whether negative results become zero.
/// - Returns: the output and the moments it was made with.
public func batchNorm<E>(
  _ x: Tensor<E>, scale: Tensor<E>? = nil, offset: Tensor<E>? = nil, epsilon: Double = 1e-5,
  rectified: Bool = false
) -> (output: Tensor<E>, mean: Tensor<E>, variance: Tensor<E>) {
  require(
    x.rank >= 2 && x.count > 0, "batchNorm: shape \(x.shape) is not [examples, channels, …]")
  let norm = BatchNorm(
    examples: x.shape[0], channels: x.shape[1], inner: x.shape[2...].reduce(1, *),
    epsilon: epsilon, rectified: rectified)
  let (output, moments) = norm(x, packed("batchNorm", x, norm.channels, scale, offset))
  return (
    output, moments.rows(0..<1).reshaped(to: [norm.channels]),
    moments.rows(1..<2).reshaped(to: [norm.channels])
  )
}

/// Each channel normalised by a given mean and variance, as in evaluation.
///
///     y = (x − mean) (scale / √(variance + ε)) + offset
///
/// - Shapes: `[examples, channels, …]`, with `[channels]` for the others; the result has the shape
///   of `x`.
/// - Gradient: of everything.
/// - Precondition: the shapes agree.
public func batchNorm<E>(
  _ x: Tensor<E>, mean: Tensor<E>, variance: Tensor<E>, scale: Tensor<E>? = nil,
  offset: Tensor<E>? = nil, epsilon: Double = 1e-5
) -> Tensor<E> {
  let channels = x.rank >= 2 ? x.shape[1] : -1
  require(
    [mean, variance, scale, offset].allSatisfy { ($0?.shape ?? [channels]) == [channels] },
    "batchNorm: x \(x.shape) with mean \(mean.shape) and variance \(variance.shape)")
  let column = [channels] + Array(repeating: 1, count: x.rank - 2)
  let root = sqrt(variance + E(epsilon))
  let slope = scale.map { $0 / root } ?? 1 / root
  let result = (x - mean.reshaped(to: column)) * slope.reshaped(to: column)
  return offset.map { result + $0.reshaped(to: column) } ?? result
}
