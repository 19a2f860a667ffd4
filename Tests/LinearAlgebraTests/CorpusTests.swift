import LinearAlgebra
import Tensors
import Testing

/// One result of every factorization and solver.
private func corpus() throws -> [(name: String, numbers: Tensor<Double>)] {
  var source = stream(800)
  func normal(_ shape: Int...) -> Tensor<Double> { source.normal(shape: shape) }
  let (a, tall, b) = (normal(90, 90), normal(80, 66), normal(90, 3))
  let narrow = Tensor<Float>(converting: a)
  let symmetric = a + a.transposed()
  let definite = matmul(a, a, transposingB: true) + Tensor(unit(90), shape: [90, 90])
  let (factors, eigen) = (try lu(a), try symmetricEigen(symmetric))
  let (singular, orthonormal) = (try singularValueDecomposition(tall), qr(tall))
  let ritz = try lanczos(from: b.transposed().rows(0..<1).reshaped(to: [90]), steps: 12) {
    matmul(symmetric, $0)
  }
  let (x, y) = (normal(40, 12), normal(40))
  let labels = y.scalars.map { $0 > 0 ? 1 : -1 }
  let box = LinearConstraints(
    Tensor.concatenated([Tensor(unit(12), shape: [12, 12]), -Tensor(unit(12), shape: [12, 12])]),
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

/// FNV-1a of the names and the bits.
private func digest(_ corpus: [(name: String, numbers: Tensor<Double>)]) -> UInt64 {
  var state: UInt64 = 14_695_981_039_346_656_037
  func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 1_099_511_628_211 }
  for (name, numbers) in corpus {
    name.utf8.forEach(add)
    for number in numbers.scalars {
      let bits = number.isNaN ? Double.nan.bitPattern : number.bitPattern
      for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: bits >> shift)) }
    }
  }
  return state
}

struct `Bits of linear algebra` {
  @Test func `are the same at every level and number of threads, and the golden ones`() throws {
    let (level, threads) = (Kernels.level, Kernels.threads)
    defer {
      Kernels.threads = threads
      try? Kernels.select(level)
    }
    let expected = try corpus()
    for other in Kernels.Level.allCases where other.isSupported {
      try Kernels.select(other)
      for count in other == level ? [1, 2, 3] : [2] {
        Kernels.threads = count
        for (found, wanted) in zip(try corpus(), expected) {
          #expect(found.numbers == wanted.numbers, "\(found.name), \(other), \(count) threads")
        }
      }
    }
    // Changes with every change of a factorization's arithmetic, and with nothing else.
    #expect(digest(expected) == 15_820_570_760_850_361_484)
  }
}
