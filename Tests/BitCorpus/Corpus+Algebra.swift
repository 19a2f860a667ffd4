import LinearAlgebra
import Tensors

extension Corpus {
  /// Every factorization and solver; the factorizations with sizes beside those of the blocks.
  mutating func addLinearAlgebra() throws {
    for (name, numbers) in try Self.linearAlgebra() {
      section("linear algebra: \(name)") { $0.add(numbers) }
    }
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
}

extension Tensor {
  static func identity(_ n: Int) -> Tensor {
    var result = Tensor(zeros: [n, n])
    for index in 0..<n { result[index, index] = 1 }
    return result
  }
}
