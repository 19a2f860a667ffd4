import Neural
import Tensors

extension Corpus {
  /// A few steps of training, and derivatives.
  mutating func addTraining() {
    section("training of a perceptron, Float") { $0.addPerceptron(Float.self) }
    section("training of a perceptron, Double") { $0.addPerceptron(Double.self) }
    section("training of a convolutional network") { $0.addConvolutionalNetwork() }
    section("first and second derivatives of every operation") { $0.addDerivatives() }
    section("second derivatives and gradients of examples") { $0.addHigherDerivatives() }
    section("kernels of wide networks") { corpus in
      corpus.addWideNetworks(Float.self)
      corpus.addWideNetworks(Double.self)
    }
  }

  private mutating func addPerceptron<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 13, purpose: .initialisation)
    var model = MultilayerPerceptron<E>(widths: [30, 50, 40, 7], using: &stream)
    var optimizer = SGD<MultilayerPerceptron<E>>(learningRate: 0.1, momentum: 0.9)
    let x: Tensor<E> = stream.normal(shape: [48, 30])
    let labels = (0..<48).map { $0 % 7 }
    for _ in 0..<20 {
      let step = valueWithGradient(at: model) {
        softmaxCrossEntropy(logits: $0(x), labels: labels)
      }
      optimizer.update(&model, along: step.gradient)
    }
    add(model.flattened)
  }

  private mutating func addWideNetworks<E: Scalar>(_: E.Type) {
    let z = Tensor((-100...100).map { E($0) / 100 })
    let kernels = reluKernels(z, depth: 3)
    for tensor in [arcsine(z), arccosine(z), kernels.gaussianProcess, kernels.tangent] {
      add(tensor)
    }
  }

  private mutating func addConvolutionalNetwork() {
    var stream = RandomStream(paper: "corpus", seed: 14, purpose: .initialisation)
    var model: [Tensor<Float>] = [[8, 3, 3, 3], [8], [16, 8, 3, 3], [16], [16, 5]].map {
      0.3 * stream.normal(shape: $0)
    }
    let x: Tensor<Float> = stream.normal(shape: [12, 3, 10, 10])
    let labels = (0..<12).map { $0 % 5 }
    for _ in 0..<5 {
      let slope = gradient(at: model) { m in
        let first = convolution(x, m[0], Convolution(padding: 1))
        let hidden = batchNorm(first, offset: m[1], rectified: true).output
        let second = convolution(hidden, m[2], Convolution(stride: 2, padding: 1))
        let deep = groupNorm(second, groups: 4, offset: m[3])
        let pooled = maximumPooling(relu(deep), Window(2)).mean(over: [2, 3])
        return softmaxCrossEntropy(logits: matmul(pooled, m[4]), labels: labels)
      }
      model.forEachParameter(with: slope) { $0.add($1, scaledBy: -0.1) }
    }
    add(model.flattened)
  }

  private mutating func addDerivatives() {
    for subject in Differentiable.all {
      add(subject.function(subject.point))
      add(
        gradient(at: subject.point) { x in
          let slope = gradient(at: x) { subject.function($0).sum() }
          return innerProduct(slope, slope) + slope.sum()
        })
    }
  }

  private mutating func addHigherDerivatives() {
    var stream = RandomStream(paper: "corpus", seed: 15, purpose: .initialisation)
    let model: [Tensor<Double>] = [[5, 8], [8], [8, 3]].map { stream.normal(shape: $0) }
    let direction: [Tensor<Double>] = model.map { stream.normal(shape: $0.shape) }
    let x: Tensor<Double> = stream.normal(shape: [9, 5])
    let labels = (0..<9).map { $0 % 3 }
    func losses(_ m: [Tensor<Double>]) -> Tensor<Double> {
      crossEntropies(logits: matmul(tanh(matmul(x, m[0]) + m[1]), m[2]), labels: labels)
    }
    add(hessianVectorProduct(at: model, along: direction) { losses($0).mean() }.flattened)
    add(jacobianVectorProduct(at: model, along: direction, of: losses).product)
    for part in perExampleGradients(at: model, of: losses).gradients { add(part) }
    add(
      gradient(at: model) { model in
        let slope = gradient(at: model) { losses($0).mean() }
        return innerProduct(slope, slope)
      }.flattened)
  }
}
