internal import CKernels

/// The normalisation of groups of an example's channels by their own moments.
struct RowNorm: Sendable {
  let examples: Int
  let channels: Int
  let inner: Int
  let groups: Int
  let epsilon: Double
  let centred: Bool

  private var kernel: ck_norm {
    ck_norm(
      examples: examples, channels: channels, inner: inner, groups: groups, epsilon: epsilon,
      centred: centred ? 1 : 0, rectified: 0)
  }

  /// The result; `parameters` are the channels' scales, then their offsets.
  func callAsFunction<E>(_ x: Tensor<E>, _ parameters: Tensor<E>) -> Tensor<E> {
    var output: Tensor<E>?
    // Each row's mean, and one over its deviation: constants, kept for the gradients.
    let moments = Tensor<E>(shape: [examples * groups, 2]) { moments in
      output = Tensor(shape: x.shape) { target in
        withUnsafePointer(to: kernel) { shape in
          x.withPointer { x in
            parameters.withPointer { ck_row_norm(Tensor<E>.type, shape, x, $0, moments, target) }
          }
        }
      }
    }
    return (output ?? x).recorded(.rowNorm(self), x, parameters, moments)
  }

  func gradient<E>(
    _ x: Tensor<E>, _ parameters: Tensor<E>, _ moments: Tensor<E>, _ g: Tensor<E>
  ) -> Tensor<E> {
    Tensor(shape: x.shape) { target in
      withUnsafePointer(to: kernel) { shape in
        x.withPointer { x in
          parameters.withPointer { parameters in
            moments.withPointer { moments in
              g.withPointer {
                ck_row_norm_gradient(Tensor<E>.type, shape, x, parameters, moments, $0, target)
              }
            }
          }
        }
      }
    }.recorded(.rowNormGradient(self), x, parameters, moments, g)
  }

  func parameters<E>(_ x: Tensor<E>, _ moments: Tensor<E>, _ g: Tensor<E>) -> Tensor<E> {
    Tensor(shape: [2, channels]) { target in
      withUnsafePointer(to: kernel) { shape in
        x.withPointer { x in
          moments.withPointer { moments in
            g.withPointer { ck_row_norm_parameters(Tensor<E>.type, shape, x, moments, $0, target) }
          }
        }
      }
    }.recorded(.rowNormParameters(self), x, moments, g)
  }

  /// The same function made of other operations, for derivatives of its gradient.
  func composed<E>(_ x: Tensor<E>, _ parameters: Tensor<E>) -> Tensor<E> {
    let rows = x.reshaped(to: [examples * groups, channels * inner / groups])
    let deviations = centred ? rows - rows.mean(along: 1, keepingAxis: true) : rows
    let variances = (deviations * deviations).mean(along: 1, keepingAxis: true)
    let normal = (deviations / sqrt(variances + E(epsilon)))
      .reshaped(to: [examples, channels, inner])
    let scales = parameters.rows(0..<1).reshaped(to: [channels, 1])
    let offsets = parameters.rows(1..<2).reshaped(to: [channels, 1])
    return (normal * scales + offsets).reshaped(to: x.shape)
  }
}

/// Each row along the last axis less its mean, over its standard deviation, times `scale` plus
/// `offset`.
///
///     n = (x − mean) / √(variance + ε),  y = n scale + offset
///
/// - Shapes: `[…, n]`, with `[n]` for `scale` and `offset`; the result has the shape of `x`.
/// - Precondition: the shapes agree, and the last axis is not empty.
/// - Parameters:
///   - x: the rows.
///   - scale: a factor for each column, 1 unless given.
///   - offset: a summand for each column, 0 unless given.
///   - epsilon: what is added to the variance, which is the mean square deviation.
/// - Returns: the normalised rows.
public func layerNorm<E>(
  _ x: Tensor<E>, scale: Tensor<E>? = nil, offset: Tensor<E>? = nil, epsilon: Double = 1e-5
) -> Tensor<E> {
  rowNorm("layerNorm", x, scale, offset, epsilon, centred: true)
}

/// Each row along the last axis over its root mean square, times `scale`.
///
///     y = x / √(mean(x²) + ε) scale
///
/// - Shapes: `[…, n]`, with `[n]` for `scale`; the result has the shape of `x`.
/// - Precondition: the shapes agree, and the last axis is not empty.
public func rmsNorm<E>(
  _ x: Tensor<E>, scale: Tensor<E>? = nil, epsilon: Double = 1e-5
) -> Tensor<E> {
  rowNorm("rmsNorm", x, scale, nil, epsilon, centred: false)
}

/// Each group of an example's channels less its mean, over its standard deviation, times the
/// channel's `scale` plus its `offset`.
///
/// - Shapes: `[examples, channels, …]`, with `[channels]` for `scale` and `offset`; the result has
///   the shape of `x`.
/// - Precondition: the shapes agree, no axis is empty, and the groups divide the channels.
public func groupNorm<E>(
  _ x: Tensor<E>, groups: Int, scale: Tensor<E>? = nil, offset: Tensor<E>? = nil,
  epsilon: Double = 1e-5
) -> Tensor<E> {
  require(
    x.rank >= 2 && x.count > 0 && groups > 0 && x.shape[1] % groups == 0,
    "groupNorm: \(groups) groups do not divide the channels of shape \(x.shape)")
  let norm = RowNorm(
    examples: x.shape[0], channels: x.shape[1], inner: x.shape[2...].reduce(1, *),
    groups: groups, epsilon: epsilon, centred: true)
  return norm(x, packed("groupNorm", x, norm.channels, scale, offset))
}

private func rowNorm<E>(
  _ name: String, _ x: Tensor<E>, _ scale: Tensor<E>?, _ offset: Tensor<E>?, _ epsilon: Double,
  centred: Bool
) -> Tensor<E> {
  let width = x.shape.last ?? 0
  require(width > 0, "\(name): shape \(x.shape) has no entries along its last axis")
  let norm = RowNorm(
    examples: x.count / width, channels: width, inner: 1, groups: 1, epsilon: epsilon,
    centred: centred)
  return norm(x, packed(name, x, width, scale, offset))
}

/// Scales over offsets as one tensor, whose gradient is one pass over the data.
func packed<E>(
  _ name: String, _ x: Tensor<E>, _ channels: Int, _ scale: Tensor<E>?, _ offset: Tensor<E>?
) -> Tensor<E> {
  let scale = scale ?? Tensor(repeating: 1, shape: [channels])
  let offset = offset ?? Tensor(zeros: [channels])
  require(
    scale.shape == [channels] && offset.shape == [channels],
    "\(name): x \(x.shape) with scale \(scale.shape) and offset \(offset.shape)")
  return Tensor.stacked([scale, offset])
}
