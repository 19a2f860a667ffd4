import LinearAlgebra
import Tensors

extension Corpus {
  /// Every factorization, with sizes beside those of the blocks.
  mutating func addFactorizations() throws {
    try section("factorizations") { corpus in
      var stream = RandomStream(paper: "corpus", seed: 11, purpose: .data)
      for n in [1, 2, 7, 65, 150] {
        let a: Tensor<Double> = stream.normal(shape: [n, n])
        let tall: Tensor<Double> = stream.normal(shape: [n + 9, n])
        let b: Tensor<Double> = stream.normal(shape: [n, 3])
        let symmetric = matmul(a, a, transposingB: true)
        let positive = symmetric + Tensor.identity(n)
        corpus.add(try cholesky(positive))
        corpus.add(try solvePositiveDefinite(positive, b))
        corpus.add(try logDeterminant(positiveDefinite: positive))
        corpus.add(try solve(a, b))
        corpus.add(try inverse(a))
        let factors = qr(tall)
        corpus.add(factors.r)
        let eigen = try symmetricEigen(symmetric)
        corpus.add(eigen.values)
        corpus.add(eigen.vectors)
        let singular = try singularValueDecomposition(tall)
        corpus.add(singular.values)
        corpus.add(singular.u)
        corpus.add(try leastSquares(tall, stream.normal(shape: [n + 9])))
        corpus.add(try pseudoInverse(tall))
        corpus.add(try spectralNorm(a))
        corpus.add(try symmetricSquareRoot(positive))
        corpus.add(haarOrthogonal(n, using: &stream) as Tensor<Double>)
      }
    }
  }

  /// Iterations and solvers.
  mutating func addSolvers() throws {
    try section("solvers") { corpus in
      var stream = RandomStream(paper: "corpus", seed: 12, purpose: .data)
      let n = 40
      let x: Tensor<Double> = stream.normal(shape: [n, 6])
      let y: Tensor<Double> = stream.normal(shape: [n])
      let gram = matmul(x, x, transposingA: true) + Tensor.identity(6)
      let start: Tensor<Double> = stream.normal(shape: [6])
      corpus.add(try conjugateGradient(start) { matmul(gram, $0) }.solution)
      corpus.add(try lanczos(from: start, steps: 4) { matmul(gram, $0) }.values)
      corpus.add(
        try minimize(from: start) { point in
          let (value, slope) = valueWithGradient(at: point) { w in
            (softplus(matmul(x, w)) - matmul(x, w) * 0.3).mean() + (w * w).sum() * 0.1
          }
          return (value, slope)
        }.point)
      corpus.add(try lasso(x, y, penalty: 0.1).coefficients)
      corpus.add(try gaussHermite(12).nodes)
      let bounds = LinearConstraints(-x, Tensor(repeating: 1, shape: [n]))
      corpus.add(
        try quadraticProgram(quadratic: gram, linear: start, inequalities: bounds).point)
      let labels = (0..<n).map { $0 % 2 }
      corpus.add(try logisticRegression(x, labels: labels, classes: 2).weights)
      corpus.add(try softMarginSVM(x, labels: labels.map { 2 * $0 - 1 }, cost: 1).weights)
    }
  }
}

extension Tensor {
  fileprivate static func identity(_ n: Int) -> Tensor {
    var result = Tensor(zeros: [n, n])
    for index in 0..<n { result[index, index] = 1 }
    return result
  }
}
