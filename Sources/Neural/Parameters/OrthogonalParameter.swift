internal import LinearAlgebra
public import Tensors

/// An orthogonal matrix, by Cayley's map of a skew-symmetric one.
///
///     a = (v − vᵀ) / 2,  w = (I + a)⁻¹ (I − a)
///
/// Reaches every orthogonal matrix without the eigenvalue −1; zeros give the identity.
///
/// - Shapes: [n, n].
/// - Accuracy: ‖wᵀw − I‖ of a few ulp times the condition of I + a.
/// - Source: Helfrich, Willmott and Ye 2018, arXiv 1707.09520, eq. 2, without its diagonal of signs.
public struct OrthogonalParameter<Element: Scalar>: Parametrisation {
  /// The stored matrix v, of which the skew-symmetric part counts.
  public var stored: Tensor<Element>

  /// A parameter that starts at the map of a matrix.
  ///
  /// - Precondition: the matrix is square.
  public init(_ stored: Tensor<Element>) {
    require(
      stored.rank == 2 && stored.shape[0] == stored.shape[1],
      "OrthogonalParameter: the shape \(stored.shape) is not square")
    self.stored = stored
  }

  /// The parameter w.
  public var value: Tensor<Element> {
    let n = stored.shape[0]
    let identity = Tensor<Element>(oneHot: Array(0..<n), classes: n)
    let skew = (stored - stored.transposed()) * 0.5
    return matmul(differentiableInverse(identity + skew), identity - skew)
  }

  /// Visits the stored matrix.
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) { body(&stored) }
}

/// The inverse of a matrix that is known to have one, with the gradient −yᵀ g yᵀ.
private func differentiableInverse<E: Scalar>(_ x: Tensor<E>) -> Tensor<E> {
  do {
    return differentiable(try inverse(x.detached), of: [x]) { g, x in
      let y = differentiableInverse(x[0])
      return [-matmul(matmul(y, g, transposingA: true), y, transposingB: true)]
    }
  } catch {
    // I + a has the eigenvalues 1 ± iλ: only a number that is none can stop here.
    fatalError("OrthogonalParameter: the stored matrix holds no finite numbers")
  }
}
