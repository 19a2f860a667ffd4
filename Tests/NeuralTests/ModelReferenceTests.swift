import Neural
import Tensors
import Testing

private let count = 20
private let batchSize = 5
private let length = 7
private let labels = (0..<count).map { (7 * $0 * $0 + 3 * $0) % 5 }
private let sequences = (0..<count).map { row in
  (0...length).map { column -> Int in
    let place = row * (length + 1) + column
    return (place * place * 3 + place * 5) % 11
  }
}

private func batch(_ step: Int) -> [Int] {
  (0..<batchSize).map { (step * 3 + 7 * $0) % count }
}

private func images<E: Scalar>(_ step: Int, _ shape: [Int]) -> Tensor<E> {
  (Reference.made([count] + shape, 70) as Tensor<E>).gathered(rows: batch(step))
}

private func initialisation() -> RandomStream {
  RandomStream(paper: "neural-tests", seed: 6, purpose: .initialisation)
}

/// The loss on a step's batch; with no list, that of evaluation.
private typealias Loss<Model: Parameterised> = (
  Model, Int, inout [BatchStatistics<Model.Number>]?
) -> Tensor<Model.Number>

private func classifier<Model: BatchNormalised>(
  _ shape: [Int],
  _ training:
    @escaping (
      Model, Tensor<Model.Number>, inout [BatchStatistics<Model.Number>]
    ) -> Tensor<Model.Number>,
  _ evaluation: @escaping (Model, Tensor<Model.Number>) -> Tensor<Model.Number>
) -> Loss<Model> {
  { model, step, statistics in
    let x: Tensor<Model.Number> = images(step, shape)
    var gathered = statistics ?? []
    let logits =
      statistics == nil ? evaluation(model, x) : training(model, x, &gathered)
    if statistics != nil { statistics = gathered }
    return softmaxCrossEntropy(logits: logits, labels: batch(step).map { labels[$0] })
  }
}

private func classifier<Model: Parameterised>(
  _ shape: [Int], _ logits: @escaping (Model, Tensor<Model.Number>) -> Tensor<Model.Number>
) -> Loss<Model> {
  { model, step, _ in
    softmaxCrossEntropy(
      logits: logits(model, images(step, shape)), labels: batch(step).map { labels[$0] })
  }
}

private func language<E>() -> Loss<GPT<E>> {
  { model, step, _ in
    let taken = batch(step).map { sequences[$0] }
    return softmaxCrossEntropy(
      logits: model(taken.flatMap { $0.dropLast() }, length: length),
      labels: taken.flatMap { $0.dropFirst() })
  }
}

private func residual<E: Scalar>(normsFirst: Bool, of: E.Type) -> ResidualNetwork<E> {
  var stream = initialisation()
  return ResidualNetwork(
    widths: [4, 8], blocks: [1, 1], classes: 5, normsFirst: normsFirst, using: &stream)
}

private func plain<E: Scalar>(of: E.Type) -> VGG<E> {
  var stream = initialisation()
  return VGG(stages: [[4], [8]], classes: 5, using: &stream)
}

private func vision<E: Scalar>(of: E.Type) -> VisionTransformer<E> {
  var stream = initialisation()
  var form = VisionTransformer<E>.Form(width: 8, depth: 2, heads: 2)
  (form.image, form.hidden, form.classes) = (8, 16, 5)
  return VisionTransformer(form, using: &stream)
}

private func gpt<E: Scalar>(of: E.Type) -> GPT<E> {
  var stream = initialisation()
  return GPT(
    GPT.Form(vocabulary: 11, context: 7, width: 8, depth: 2, heads: 2), using: &stream)
}

private func llama<E: Scalar>(of: E.Type) -> GPT<E> {
  var stream = initialisation()
  var form = GPT<E>.Form(vocabulary: 11, context: 9, width: 8, depth: 2, heads: 2)
  (form.hidden, form.feedForward, form.centresNorms) = (12, .swiGLU, false)
  (form.isRotary, form.normalisesQueries, form.tiesHead) = (true, true, false)
  return GPT(form, using: &stream)
}

/// The loss and gradients of the first step, in `Double`.
private func checkFirstStep<Model: Parameterised>(
  _ one: Reference.Model, _ start: Model, _ loss: Loss<Model>
) where Model.Number == Double {
  let model = start.replacingParameters(Reference.parameters(one.parameters))
  var statistics: [BatchStatistics<Double>]? = []
  let step = valueWithGradient(at: model) { loss($0, 0, &statistics) }
  #expect(abs(step.value - one.loss) < 1e-9, "\(one.name)")
  for (index, pair) in zip(one.gradients, step.gradient.parameters).enumerated() {
    #expect(pair.0.difference(from: pair.1) < 1e-7, "\(one.name), parameter \(index)")
  }
}

/// Fifty steps in `Float`, with `absorb` for running statistics; returns the trained model.
private func checkTraining<Model: Parameterised>(
  _ one: Reference.Model, _ start: Model, _ loss: Loss<Model>,
  absorb: (inout Model, [BatchStatistics<Float>]) -> Void = { _, _ in }
) -> Model where Model.Number == Float {
  var model = start.replacingParameters(Reference.parameters(one.parameters))
  var optimizer = SGD<Model>(learningRate: 0.02, momentum: 0.9)
  for (step, expected) in one.losses.enumerated() {
    var statistics: [BatchStatistics<Float>]? = []
    let (value, gradient) = valueWithGradient(at: model) { loss($0, step, &statistics) }
    #expect(abs(Double(value) - expected) < 1e-4 * expected, "\(one.name), step \(step)")
    optimizer.update(&model, along: gradient)
    absorb(&model, statistics ?? [])
  }
  var none: [BatchStatistics<Float>]?
  let evaluated = Double(loss(model, 0, &none).item)
  #expect(abs(evaluated - one.evaluated) < 1e-4 * one.evaluated, "\(one.name), evaluated")
  return model
}

private func checkNormalised<Model: BatchNormalised>(
  _ one: Reference.Model, _ start: Model, _ loss: Loss<Model>
) where Model.Number == Float {
  let model = checkTraining(one, start, loss) { $0.absorb($1) }
  for (expected, found) in zip(one.statistics, model.runningStatistics) {
    #expect(expected.difference(from: found) < 1e-4, "\(one.name), statistics")
  }
  #expect(one.statistics.count == model.runningStatistics.count)
}

struct `Models beside PyTorch` {
  private func fixture(_ name: String) throws -> Reference.Model {
    let cases: [Reference.Model] = try Reference.load("reference-models")
    return try #require(cases.first { $0.name == name })
  }

  @Test func `a perceptron trains alike`() throws {
    let one = try fixture("perceptron")
    var stream = initialisation()
    checkFirstStep(
      one, MultilayerPerceptron<Double>(widths: [12, 16, 5], using: &stream),
      classifier([12]) { $0($1) })
    _ = checkTraining(
      one, MultilayerPerceptron<Float>(widths: [12, 16, 5], using: &stream),
      classifier([12]) { $0($1) })
  }

  @Test(arguments: [false, true])
  func `a residual network trains alike`(normsFirst: Bool) throws {
    let one = try fixture("residual network" + (normsFirst ? ", norms first" : ""))
    checkFirstStep(
      one, residual(normsFirst: normsFirst, of: Double.self),
      classifier([3, 8, 8], { $0($1, gathering: &$2) }) { $0($1) })
    checkNormalised(
      one, residual(normsFirst: normsFirst, of: Float.self),
      classifier([3, 8, 8], { $0($1, gathering: &$2) }) { $0($1) })
  }

  @Test func `a plain network trains alike`() throws {
    let one = try fixture("plain network")
    checkFirstStep(
      one, plain(of: Double.self),
      classifier([3, 8, 8], { $0($1, gathering: &$2) }) { $0($1) })
    checkNormalised(
      one, plain(of: Float.self),
      classifier([3, 8, 8], { $0($1, gathering: &$2) }) { $0($1) })
  }

  @Test func `a vision transformer trains alike`() throws {
    let one = try fixture("vision transformer")
    checkFirstStep(one, vision(of: Double.self), classifier([3, 8, 8]) { $0($1) })
    _ = checkTraining(one, vision(of: Float.self), classifier([3, 8, 8]) { $0($1) })
  }

  @Test func `a GPT trains alike`() throws {
    let one = try fixture("GPT")
    checkFirstStep(one, gpt(of: Double.self), language())
    _ = checkTraining(one, gpt(of: Float.self), language())
  }

  @Test func `a GPT of LLaMA's choices trains alike`() throws {
    let one = try fixture("LLaMA")
    checkFirstStep(one, llama(of: Double.self), language())
    _ = checkTraining(one, llama(of: Float.self), language())
  }
}
