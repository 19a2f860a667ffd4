import LinearAlgebra
import Tensors

extension Corpus {
  /// One result of every factorization and solver.
  static func linearAlgebra() throws -> [(name: String, numbers: Tensor<Double>)] {
    var source = RandomStream(paper: "corpus", seed: 16, purpose: .data)
    func normal(_ shape: Int...) -> Tensor<Double> { source.normal(shape: shape) }
    let (a, tall, b) = (normal(90, 90), normal(80, 66), normal(90, 3))
    let narrow = Tensor<Float>(converting: a)
    let symmetric = a + a.transposed()
    let definite = matmul(a, a, transposingB: true) + Tensor.identity(90)
    let (factors, eigen) = (try lu(a), try symmetricEigen(symmetric))
    let (singular, orthonormal) = (try singularValueDecomposition(tall), qr(tall))
    let ritz = try lanczos(from: b.transposed().rows(0..<1).reshaped(to: [90]), steps: 12) {
      matmul(symmetric, $0)
    }
    let (x, y) = (normal(40, 12), normal(40))
    let labels = y.scalars.map { $0 > 0 ? 1 : -1 }
    let box = LinearConstraints(
      Tensor.concatenated([Tensor.identity(12), -Tensor.identity(12)]),
      Tensor(repeating: 0.1, shape: [24]))
    let gram = matmul(x, x, transposingA: true)
    let program = try quadraticProgram(
      quadratic: gram, linear: -matmul(y, x), inequalities: box)
    let logistic = try logisticRegression(x, labels: labels.map { ($0 + 1) / 2 }, classes: 2)
    let haar: Tensor<Double> = haarOrthogonal(40, using: &source)
    return [
      ("cholesky", try cholesky(definite)),
      ("cholesky of Float", Tensor(converting: try cholesky(Tensor<Float>(converting: definite)))),
      ("LU", factors.packed), ("LU solve", try factors.solve(b)),
      ("LU of Float", Tensor(converting: try lu(narrow).packed)),
      ("inverse", try inverse(a)), ("eigenvalues", eigen.values), ("eigenvectors", eigen.vectors),
      ("eigenvectors of Float", Tensor(converting: try symmetricEigen(narrow).vectors)),
      ("U", singular.u), ("singular values", singular.values), ("V", singular.v),
      ("Q", orthonormal.q), ("R", orthonormal.r), ("Haar", haar),
      ("least squares", try leastSquares(tall, normal(80, 2))),
      ("pseudo-inverse", try pseudoInverse(tall)),
      ("root", try symmetricSquareRoot(definite)), ("logarithm", try symmetricLogarithm(definite)),
      ("generalised", try symmetricEigen(symmetric, relativeTo: definite).vectors),
      ("conjugate gradients", try conjugateGradient(y.rows(0..<12)) { matmul(gram, $0) }.solution),
      ("Ritz vectors", ritz.vectors), ("Hermite", try gaussHermite(30).weights),
      ("LASSO", try lasso(x, y, penalty: 2).coefficients),
      ("non-negative", try nonNegativeLeastSquares(x, y).solution),
      ("least powers", try leastPowers(x, y, p: 3).coefficients),
      ("quadratic program", program.point), ("multipliers", program.inequalityMultipliers),
      ("basis pursuit", try basisPursuit(x.rows(0..<6), y.rows(0..<6)).point),
      ("soft margin", try softMarginSVM(x, labels: labels, cost: 1).weights),
      ("squared hinge", try squaredHingeSVM(x, labels: labels, ridge: 0.1).weights),
      ("logistic regression", logistic.weights),
      ("hull", try leastNormPoint(ofHullOf: x + 2).point),
      ("assignment", try cheapestAssignment(normal(20, 25)).rowPotentials),
      ("simplex", try simplexProjection(y)),
    ]
  }
}
