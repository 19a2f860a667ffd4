import TrainingCore

/// Whole training steps of larger networks, and their parts.
let networkCases: [String: @Sendable () -> (() -> Void)] = [
  "resnet18-16": { residualStep(width: 16) },
  "resnet18-64": { residualStep(width: 64) },
  "gpt-128x4": { gptStep() },
  "vit-64x6": { visionStep() },
]

private func residualStep(width: Int) -> () -> Void {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .initialisation)
  let model = ResidualNetwork<Float>.resNet18(width: width, using: &stream)
  let x = drawn([128, 3, 32, 32])
  return trainingStep(model, classes: 10, examples: 128) { model in
    var statistics: [BatchStatistics<Float>] = []
    return model(x, gathering: &statistics)
  }
}

private func gptStep() -> () -> Void {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .initialisation)
  let model = GPT<Float>(
    GPT.Form(vocabulary: 65, context: 128, width: 128, depth: 4, heads: 4), using: &stream)
  let sequences = (0..<16 * 128).map { ($0 % 128 * 7 + $0 / 128) % 65 }
  return trainingStep(model, classes: 65, examples: 16 * 128) { $0(sequences, length: 128) }
}

private func visionStep() -> () -> Void {
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .initialisation)
  let model = VisionTransformer<Float>(
    VisionTransformer.Form(width: 64, depth: 6, heads: 4), using: &stream)
  let x = drawn([128, 3, 32, 32])
  return trainingStep(model, classes: 10, examples: 128) { $0(x) }
}
