import TrainingCore

/// A character GPT on Tiny Shakespeare, whose first nine tenths train, by AdamW with a cosine
/// schedule; validated on windows of the rest that do not overlap.
let shakespeareGPT = LearningCase(
  name: "shakespeare-gpt", measure: "validation loss, nats", asked: .atMost(1.65), seconds: 600
) { data, seed in
  let (length, steps) = (128, 3000)
  let text = try TinyShakespeare(from: data)
  let windows = text.train.windows(length: length)
  var initialisation = RandomStream(paper: "learning", seed: seed, purpose: .initialisation)
  var sampling = RandomStream(paper: "learning", seed: seed, purpose: .sampling)
  var model = GPT<Float>(
    GPT.Form(
      vocabulary: text.text.vocabulary.count, context: length, width: 128, depth: 4, heads: 4),
    using: &initialisation)
  var optimizer = Adam<GPT<Float>>(
    learningRate: 0, betas: (0.9, 0.99), decay: .decoupled(0.1), groups: .decayingMatrices)
  let rate = Schedule.cosine(from: 3e-3, to: 1.5e-4, over: steps).warmedUp(over: 100)

  func loss(_ model: GPT<Float>, _ batch: TokenBatch) -> Tensor<Float> {
    softmaxCrossEntropy(logits: model(batch.inputs, length: length), labels: batch.targets)
  }
  for step in 0..<steps {
    let batch = windows.batch(at: sampling.integers(below: windows.count, count: 16))
    let slope = gradient(at: model) { loss($0, batch) }
    optimizer.learningRate = rate(step)
    optimizer.update(&model, along: slope.clipped(toNorm: 1))
  }

  let held = text.validation.windows(length: length, stride: length)
  var sum = 0.0
  for start in stride(from: 0, to: held.count, by: 64) {
    let batch = held.batch(at: start..<min(start + 64, held.count))
    sum += Double(loss(model, batch).item) * Double(batch.count)
  }
  return LearningCase.Learned(sum / Double(held.count), model)
}
