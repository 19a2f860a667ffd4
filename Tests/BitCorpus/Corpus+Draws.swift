import Tensors

extension Corpus {
  /// Every sampler.
  mutating func addDraws() {
    section("draws, Float") { $0.addDraws(Float.self) }
    section("draws, Double") { $0.addDraws(Double.self) }
    section("draws of integers") { corpus in
      var stream = RandomStream(paper: "corpus", seed: 9, purpose: .sampling)
      corpus.add(stream.permutation(of: 100))
      corpus.add(stream.choice(10, of: 1000))
      corpus.add(stream.integers(below: 1000, count: 1000))
      corpus.add(stream.categorical(weights: [1, 2, 0, 3.5], count: 200))
      corpus.add(stream.choice(3, weights: [1, 2, 0, 3.5]))
      corpus.add(stream.poisson(mean: 3.5, count: 200))
      corpus.add(stream.binomial(trials: 10, 0.3, count: 200))
    }
  }

  private mutating func addDraws<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 10, purpose: .sampling)
    let shape = [700]
    add(stream.uniform(shape: shape, of: E.self))
    add(stream.normal(shape: [70_001], of: E.self))
    add(stream.exponential(shape: shape, of: E.self))
    add(stream.laplace(shape: shape, of: E.self))
    add(stream.cauchy(shape: shape, of: E.self))
    add(stream.bernoulli(0.3, shape: shape, of: E.self))
    add(stream.logNormal(mean: 0.1, deviation: 0.7, shape: shape, of: E.self))
    add(stream.gamma(0.4, shape: shape, of: E.self))
    add(stream.gamma(3.7, shape: shape, of: E.self))
    add(stream.truncatedNormal(in: -1...2.5, shape: shape, of: E.self))
    add(stream.dirichlet([0.3, 1, 4], count: 50, of: E.self))
    add(stream.studentT(degrees: 3, shape: shape, of: E.self))
    add(stream.beta(0.5, 2, shape: shape, of: E.self))
    add(stream.chiSquare(degrees: 5, shape: shape, of: E.self))
    add(stream.spherePoints(50, dimension: 7, of: E.self))
    var child = stream.child(3)
    add(child.uniform(shape: shape, of: E.self))
  }
}
