import TrainingCore

/// Whole training steps: forward, gradient, update.
let stepCases: [String: @Sendable () -> (() -> Void)] = [
  "step-784-512-512-10": { perceptronStep([784, 512, 512, 10], batch: 128) },
  "step-784-100-10": { perceptronStep([784, 100, 10], batch: 32) },
  "step-2-64-64-2": { perceptronStep([2, 64, 64, 2], batch: 32) },
  "hessian-784-512-512-10": { hessianProduct([784, 512, 512, 10], batch: 128) },
]

private func perceptronStep(_ widths: [Int], batch: Int) -> () -> Void {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .data)
  let model = MultilayerPerceptron<Float>(widths: widths, using: &stream)
  let x = drawn([batch, widths[0]])
  return trainingStep(model, classes: widths[widths.count - 1], examples: batch) { $0(x) }
}

/// A step of gradient descent on the cross-entropy of a network's logits.
func trainingStep<Model: Parameterised>(
  _ model: Model, classes: Int, examples: Int, _ logits: @escaping (Model) -> Tensor<Float>
) -> () -> Void where Model.Number == Float {
  var model = model
  var optimizer = SGD<Model>(learningRate: 1e-4)
  let labels = (0..<examples).map { $0 % classes }
  return {
    let step = valueWithGradient(at: model) { model in
      softmaxCrossEntropy(logits: logits(model), labels: labels)
    }
    optimizer.update(&model, along: step.gradient)
  }
}

private func hessianProduct(_ widths: [Int], batch: Int) -> () -> Void {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .data)
  let model = MultilayerPerceptron<Float>(widths: widths, using: &stream)
  let direction = MultilayerPerceptron<Float>(widths: widths, using: &stream)
  let x = drawn([batch, widths[0]])
  let labels = (0..<batch).map { $0 % widths[widths.count - 1] }
  return {
    _ = hessianVectorProduct(at: model, along: direction) { model in
      softmaxCrossEntropy(logits: model(x), labels: labels)
    }
  }
}
