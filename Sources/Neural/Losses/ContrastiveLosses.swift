public import Tensors

/// Rows divided by their Euclidean norms.
///
///     x / max(‖x‖, ε)
///
/// PyTorch's `normalize`.
///
/// - Shapes: that of x, whose last axis is divided.
/// - Gradient: by its operations; of a row shorter than ε, that of x / ε.
/// - Precondition: x has an axis, and ε is above 0.
public func normalisedRows<E>(_ x: Tensor<E>, epsilon: E = 1e-12) -> Tensor<E> {
  require(x.rank > 0 && epsilon > 0, "normalisedRows: shape \(x.shape), epsilon \(epsilon)")
  let squares = x.sumOfSquares(along: x.rank - 1, keepingAxis: true)
  // The root is taken of the floor where a row is short: at zero it has no derivative.
  let floor = Swift.max(epsilon * epsilon, E.leastNormalMagnitude)
  return x / sqrt(maximum(squares, Tensor(floor)))
}

/// The InfoNCE loss of each query: the cross-entropy of finding its own key among all.
///
///     s = q kᵀ / T − c,  loss i = lse(sᵢ) − sᵢᵢ
///
/// Key i is that of query i; keys beyond the queries are further negatives. For cosine similarities
/// hand in ``normalisedRows(_:epsilon:)``. For the symmetric loss of two views, take the mean with
/// the roles swapped.
///
/// - Shapes: queries `[n, d]`, keys `[m, d]` with m ≥ n, corrections `[m]`; the result is `[n]`.
/// - Gradient: of queries, keys and corrections.
/// - Source: van den Oord et al. 2018, arXiv 1807.03748, eq. 4; the correction by the logarithm of a
///   key's frequency in batches from Yi et al. 2019, Sampling-Bias-Corrected Neural Modeling.
/// - Precondition: the shapes fit, and the temperature is above 0.
/// - Parameters:
///   - queries: q.
///   - keys: k.
///   - temperature: T.
///   - corrections: c, the logarithm of how often each key is drawn; none unless told.
/// - Returns: The losses.
public func infoNCELosses<E>(
  queries: Tensor<E>, keys: Tensor<E>, temperature: Double, corrections: Tensor<E>? = nil
) -> Tensor<E> {
  require(
    queries.rank == 2 && keys.rank == 2 && queries.shape[1] == keys.shape[1]
      && keys.shape[0] >= queries.shape[0],
    "infoNCELosses: queries \(queries.shape) and keys \(keys.shape) do not fit")
  let products = matmul(queries, keys, transposingB: true)
  var scores = divided(products, by: temperature, "infoNCELosses")
  if let corrections {
    require(
      corrections.shape == [keys.shape[0]],
      "infoNCELosses: corrections \(corrections.shape) for keys \(keys.shape)")
    scores = scores - corrections
  }
  return crossEntropies(logits: scores, labels: Array(0..<queries.shape[0]))
}

/// The NT-Xent loss of each of 2n views: the cross-entropy of finding its other view among all others.
///
///     z = both views in one, normalised,  s = z zᵀ / T without its diagonal
///
/// - Shapes: `[n, d]` twice give `[2n]`: those of the first views, then those of the second.
/// - Gradient: of both.
/// - Source: Chen et al. 2020, arXiv 2002.05709, eq. 1.
/// - Precondition: the shapes agree, n is at least 1, and the temperature is above 0.
public func ntXentLosses<E>(
  _ first: Tensor<E>, _ second: Tensor<E>, temperature: Double
) -> Tensor<E> {
  require(
    first.rank == 2 && first.shape == second.shape && first.shape[0] > 0,
    "ntXentLosses: \(first.shape) and \(second.shape) are not [n, d] both")
  let n = first.shape[0]
  let z = normalisedRows(Tensor.concatenated([first, second]))
  let scores = divided(matmul(z, z, transposingB: true), by: temperature, "ntXentLosses")
  // Every row without its own entry: 2n − 1 others.
  let others = (0..<2 * n).flatMap { row in
    (0..<2 * n).filter { $0 != row }.map { row * 2 * n + $0 }
  }
  let logits = scores.reshaped(to: [4 * n * n]).gathered(rows: others)
  let labels = (0..<2 * n).map { $0 < n ? $0 + n - 1 : $0 - n }
  return crossEntropies(logits: logits.reshaped(to: [2 * n, 2 * n - 1]), labels: labels)
}

/// The triplet loss of each row: how much an anchor's positive is not nearer than its negative by a
/// margin.
///
///     max(0, d(a, p) − d(a, n) + margin),  d(x, y) = ‖x − y + 10⁻⁶‖
///
/// PyTorch's `triplet_margin_loss`, with its 10⁻⁶ on every coordinate.
///
/// - Shapes: `[rows, d]` three times give `[rows]`.
/// - Gradient: by its operations.
/// - Source: Schroff et al. 2015, arXiv 1503.03832, whose distances are squared.
/// - Precondition: the shapes agree.
public func tripletLosses<E>(
  anchors: Tensor<E>, positives: Tensor<E>, negatives: Tensor<E>, margin: E = 1
) -> Tensor<E> {
  require(
    anchors.rank == 2 && anchors.shape == positives.shape && anchors.shape == negatives.shape,
    "tripletLosses: \(anchors.shape), \(positives.shape) and \(negatives.shape) differ")
  let near = (anchors - positives + E(1e-6)).norm(along: 1)
  let far = (anchors - negatives + E(1e-6)).norm(along: 1)
  return relu(near - far + margin)
}

/// The contrastive loss of distances: alike pairs shall be near, others a margin apart.
///
///     y d² + (1 − y) max(0, margin − d)²
///
/// - Shapes: distances and marks of likeness broadcast.
/// - Source: Hadsell, Chopra and LeCun 2006, eq. 4, without its halves.
public func pairLosses<E>(
  distances: Tensor<E>, alike: Tensor<E>, margin: E = 1
) -> Tensor<E> {
  alike * square(distances) + (1 - alike) * square(relu(margin - distances))
}
