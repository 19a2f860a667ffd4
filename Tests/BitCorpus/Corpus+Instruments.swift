import LinearAlgebra
import Neural
import Tensors

extension Corpus {
  /// What is measured of models, representations and symbols.
  mutating func addInstruments() throws {
    try section("curvature and tangent kernels, Float") { try $0.addCurvature(Float.self) }
    try section("curvature and tangent kernels, Double") { try $0.addCurvature(Double.self) }
    section("attacks and interval bounds") { corpus in
      corpus.addAttacks(Float.self)
      corpus.addAttacks(Double.self)
    }
    try section("readers of representations") { try $0.addReaders() }
    section("scores and information") { $0.addScores() }
  }

  private static func network<E: Scalar>(_ stream: inout RandomStream) -> [Tensor<E>] {
    [[6, 9], [9], [9, 4], [4]].map { stream.normal(shape: $0) }
  }

  private static func outputs<E>(_ network: [Tensor<E>], _ x: Tensor<E>) -> Tensor<E> {
    matmul(tanh(matmul(x, network[0]) + network[1]), network[2]) + network[3]
  }

  private mutating func addCurvature<E: Scalar>(_: E.Type) throws {
    var stream = RandomStream(paper: "corpus", seed: 31, purpose: .probing)
    let model: [Tensor<E>] = Self.network(&stream)
    let x: Tensor<E> = stream.normal(shape: [12, 6])
    let labels = (0..<12).map { $0 % 4 }
    func losses(_ m: [Tensor<E>]) -> Tensor<E> {
      crossEntropies(logits: Self.outputs(m, x), labels: labels)
    }
    let operators = [
      CurvatureOperator.hessian(at: model) { losses($0).mean() },
      .gaussNewton(at: model) {
        Self.outputs($0, x)
      } criterion: {
        softmaxCrossEntropy(logits: $0, labels: labels)
      },
      .empiricalFisher(at: model, losses: losses),
    ]
    for curvature in operators {
      add(try curvature.eigenvalues(greatest: 2, using: &stream).values)
      add(curvature.trace(probes: 3, using: &stream).value)
      for point in try curvature.density(steps: 6, probes: 2, using: &stream) {
        add(point.value)
        add(point.mass)
      }
    }
    add(Tensor(ascentSharpness(at: model, radius: 0.1) { losses($0).mean() }))
    add(tangentKernel(at: model) { Self.outputs($0, x) })
  }

  private mutating func addAttacks<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 32, purpose: .noise)
    let model: [Tensor<E>] = Self.network(&stream)
    let x: Tensor<E> = stream.uniform(shape: [8, 6])
    let labels = (0..<8).map { $0 % 4 }
    func losses(_ x: Tensor<E>) -> Tensor<E> {
      crossEntropies(logits: Self.outputs(model, x), labels: labels)
    }
    for norm in [ProjectedGradient.Norm.infinity, .euclidean] {
      let attack = ProjectedGradient(norm, radius: 0.3, stepSize: 0.1, steps: 5, restarts: 3)
      let found = attack(x, using: &stream, losses: losses)
      add(found.inputs)
      add(found.losses)
    }
    add(fastGradientSign(x, radius: 0.1, losses: losses))
    var carliniWagner = CarliniWagner()
    (carliniWagner.searches, carliniWagner.steps) = (3, 20)
    add(carliniWagner(x, labels: labels) { Self.outputs(model, $0) }.inputs)
    let box = IntervalBounds(around: x, radius: 0.05).affine(model[0], model[1]).map { tanh($0) }
    add(box.worstLeads(model[2], model[3], labels: labels))
    let image: Tensor<E> = stream.uniform(shape: [2, 3, 6, 6])
    let filters: Tensor<E> = stream.normal(shape: [4, 3, 3, 3])
    let convolved = IntervalBounds(around: image, radius: 0.1).convolved(filters).map { relu($0) }
    add(convolved.lower)
    add(convolved.upper)
  }

  private mutating func addReaders() throws {
    var stream = RandomStream(paper: "corpus", seed: 33, purpose: .probing)
    let x: Tensor<Double> = stream.normal(shape: [40, 7])
    let y: Tensor<Double> = stream.normal(shape: [30, 7])
    let labels = (0..<40).map { $0 % 3 }
    let targets: Tensor<Double> = stream.normal(shape: [40, 2])
    for kernel in [
      pairwiseDistances(x, y), cosineSimilarities(x, y), gaussianKernel(x, y, gamma: 0.3),
      laplaceKernel(x, y, gamma: 0.3),
    ] { add(kernel) }
    add(
      RandomFeatures<Float>.fourier(inputs: 7, features: 20, gamma: 0.4, using: &stream)(
        Tensor(converting: x)))
    add(RandomFeatures<Double>.relu(inputs: 7, features: 20, using: &stream)(x))
    add(NearestNeighbours(x).nearest(3, to: y, block: 7).indices.flatMap { $0 })
    add(NearestNeighbours(x).classes(5, of: labels))
    let ridge = try ridgeRegression(x, targets: targets, penalty: 0.5)
    add(ridge.weights)
    add(ridge.bias)
    add(try ridgeRegression(x.transposed(), targets: y.transposed(), penalty: 0.5).weights)
    for sharing in [false, true] {
      add(GaussianNaiveBayes(x, labels: labels, classes: 3, sharingVariances: sharing)(y))
    }
    add(try LinearProbe(x, labels: labels, classes: 3)(y))
    add(linearCKA(x, targets))
    add(centredKernelAlignment(matmul(x, x, transposingB: true), gaussianKernel(x, x, gamma: 1)))
  }

  private mutating func addScores() {
    var stream = RandomStream(paper: "corpus", seed: 34, purpose: .data)
    let logits: Tensor<Float> = 2 * stream.normal(shape: [100, 5])
    let labels = (0..<100).map { $0 % 5 }
    let p = softmax(logits)
    let greatest = p.max(along: 1).scalars.map { Double($0) }
    let right = zip(p.argmaxAlongRows(), labels).map { $0 == $1 }
    add(margins(logits: logits, labels: labels))
    for score in [
      calibrationError(probabilities: p, labels: labels),
      negativeLogLikelihood(probabilities: p, labels: labels),
      areaUnderROC(scores: greatest, positive: right),
      areaUnderRiskCoverage(confidences: greatest, right: right),
      accuracy(logits: logits, labels: labels), topAccuracy(2, logits: logits, labels: labels),
    ] { add(score) }
    let bins = Binning(4, quantilesOf: logits)
    add(bins.edges)
    let rows = bins.symbols(ofRows: logits.sliced(along: 1, 0..<2))
    add(rows)
    add(mutualInformation(rows, labels, .millerMadow))
    add(mutualInformation(rows, labels, given: bins(logits.sliced(along: 1, 2..<3))))
    add(Standardisation(fitting: logits)(logits))
  }
}
