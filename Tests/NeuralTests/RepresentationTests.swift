import LinearAlgebra
import Neural
import Tensors
import TestSupport
import Testing

private typealias Fixture = InstrumentFixture

struct `Distances and kernels of rows` {
  private let x = Fixture.made([5, 3], 7)
  private let y = Fixture.made([4, 3], 8)

  @Test func `are SciPy's`() throws {
    let expected = try Fixture.load()
    #expect(agree(pairwiseDistances(x, y).scalars, expected.distances))
    #expect(agree(gaussianKernel(x, y, gamma: 0.7).scalars, expected.gaussian))
    #expect(agree(laplaceKernel(x, y, gamma: 0.7).scalars, expected.laplace))
    #expect(agree(cosineSimilarities(x, y).scalars, expected.cosines))
  }

  @Test func `are zero at least between equal rows`() {
    let far = x + 1e4
    #expect(pairwiseSquaredDistances(far, far).min().item >= 0)
  }

  @Test func `have gradients`() {
    let error = gradientError(at: x) { gaussianKernel($0, y, gamma: 0.7).sumOfSquares() }
    #expect(error < 1e-8)
  }

  @Test func `are approached by random features`() {
    var stream = RandomStream(paper: "neural-tests", seed: 5, purpose: .probing)
    let fourier = RandomFeatures<Double>.fourier(
      inputs: 3, features: 20_000, gamma: 0.7, using: &stream)
    let near = matmul(fourier(x), fourier(y), transposingB: true)
    #expect(greatestDifference(near, gaussianKernel(x, y, gamma: 0.7)) < 0.04)
    let relus = RandomFeatures<Double>.relu(inputs: 3, features: 20_000, using: &stream)
    let sizes = matmul(
      x.norm(along: 1, keepingAxis: true), y.norm(along: 1, keepingAxis: true),
      transposingB: true)
    let expected = sizes * reluDual(cosineSimilarities(x, y)).value
    #expect(greatestDifference(matmul(relus(x), relus(y), transposingB: true), expected) < 0.03)
  }
}

struct `Nearest neighbours` {
  private let x = Fixture.made([30, 4], 5)
  private let z = Fixture.made([7, 4], 6)

  @Test(arguments: [1, 3, 100]) func `are scikit-learn's in any block`(block: Int) throws {
    let expected = try Fixture.load()
    let search = NearestNeighbours(x)
    let found = search.nearest(5, to: z, block: block)
    #expect(found.indices.flatMap { $0 } == expected.neighbours.indices)
    #expect(agree(found.squaredDistances.flatMap { $0 }, expected.neighbours.squares))
    #expect(search.classes(5, of: expected.labels, for: z) == expected.neighbours.classes)
  }

  @Test func `of the points themselves leave each out`() {
    let line = Tensor([0.0, 1, 3, 3, 10], shape: [5, 1])
    let found = NearestNeighbours(line).nearest(2, block: 2)
    #expect(found.indices == [[1, 2], [0, 2], [3, 1], [2, 1], [2, 3]])
  }

  @Test func `more than there are points stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = NearestNeighbours(Tensor([1.0, 2], shape: [2, 1])).nearest(2)
    }
  }
}

struct `Readers of representations` {
  @Test func `by ridge regression are scikit-learn's, tall and wide`() throws {
    let expected = try Fixture.load()
    for (n, d, reference) in [(12, 4, expected.ridgeTall), (5, 9, expected.ridgeWide)] {
      let fit = try ridgeRegression(
        Fixture.made([n, d], 1), targets: Fixture.made([n, 2], 2), penalty: 0.3)
      #expect(agree(fit.weights.scalars, reference.weights))
      #expect(agree(fit.bias.scalars, reference.bias))
    }
    let x = Fixture.made([6, 3], 3)
    let dual = try kernelRidgeRegression(
      gaussianKernel(x, x, gamma: 0.7), targets: Fixture.made([6, 2], 4), penalty: 0.1)
    #expect(agree(dual.scalars, expected.kernelRidge))
  }

  @Test func `without a bias solve the penalised equations`() throws {
    let (x, t) = (Fixture.made([12, 4], 1), Fixture.made([12, 2], 2))
    let fit = try ridgeRegression(x, targets: t, penalty: 0.3, fittingBias: false)
    let rest = matmul(x, matmul(x, fit.weights) - t, transposingA: true) + 0.3 * fit.weights
    #expect(greatestDifference(rest, 0 * rest) < 1e-12 && fit.bias == Tensor([0, 0]))
  }

  @Test func `by naive Bayes have scikit-learn's densities`() throws {
    let expected = try Fixture.load()
    let bayes = GaussianNaiveBayes(Fixture.made([30, 4], 5), labels: expected.labels, classes: 3)
    #expect(agree(bayes(Fixture.made([7, 4], 6)).scalars, expected.bayes))
  }

  @Test func `by naive Bayes of shared variances are linear`() throws {
    let labels = try Fixture.load().labels
    let bayes = GaussianNaiveBayes(
      Fixture.made([30, 4], 5), labels: labels, classes: 3, sharingVariances: true)
    #expect(bayes.variances.shape == [1, 4])
    // The difference of two classes' scores has no second difference.
    let points = Tensor(
      (0..<3).flatMap { step in (0..<4).map { _ in Double(step) } }, shape: [3, 4])
    let scores = bayes(points)
    let leads = (0..<3).map { scores[$0, 0] - scores[$0, 2] }
    #expect(abs(leads[0] - 2 * leads[1] + leads[2]) < 1e-9)
  }

  @Test func `by a linear probe are scikit-learn's logistic regression`() throws {
    let expected = try Fixture.load()
    let probe = try LinearProbe(
      Fixture.made([30, 4], 5), labels: expected.labels, classes: 3, tolerance: 1e-9)
    let found = logSoftmax(probe(Fixture.made([7, 4], 6)))
    #expect(agree(found.scalars, expected.probe, 1e-6))
  }

  @Test func `of two classes have two logits`() throws {
    let x = Tensor([-2.0, -1, 1, 2], shape: [4, 1])
    let probe = try LinearProbe(x, labels: [0, 0, 1, 1], classes: 2)
    #expect(probe(x).shape == [4, 2] && probe.accuracy(x, labels: [0, 0, 1, 1]) == 1)
    #expect(probe.accuracy(x, labels: [1, 0, 1, 1]) == 0.75)
  }
}

struct `Alignment of representations` {
  private let x = Fixture.made([9, 4], 9)
  private let y = Fixture.made([9, 6], 10)

  @Test func `is that of centred kernels`() throws {
    let expected = try Fixture.load()
    #expect(abs(linearCKA(x, y) - expected.linearCKA) < 1e-12)
    let gaussian = centredKernelAlignment(
      gaussianKernel(x, x, gamma: 0.7), gaussianKernel(y, y, gamma: 0.7))
    #expect(abs(gaussian - expected.gaussianCKA) < 1e-12)
  }

  @Test func `is one between a representation and its turned and scaled image`() {
    var stream = RandomStream(paper: "neural-tests", seed: 6, purpose: .probing)
    let turned = 3 * matmul(x, haarOrthogonal(4, using: &stream)) + 5
    #expect(abs(linearCKA(x, turned) - 1) < 1e-12)
  }
}
