import TrainingCore

/// Batches of 512 photographs of 32 × 32 made ready for training: from bytes to numbers.
let augmentationCases: [String: @Sendable () -> (() -> Void)] = [
  "augment-crop-flip": { augmented(nil) },
  "augment-randaugment": { augmented(RandAugment(operations: 2, strength: 0.3)) },
]

private func augmented(_ randAugment: RandAugment?) -> () -> Void {
  var source = RandomStream(paper: "bench", seed: 1, purpose: .data)
  let pixels = source.integers(below: 256, count: 512 * 3072).map { UInt8($0) }
  let photographs = LabelledImages(
    images: pixels, labels: Array(repeating: 0, count: 512), rows: 32, columns: 32, channels: 3,
    maximum: 255, classes: 10)
  var stream = RandomStream(paper: "bench", seed: 1, purpose: .augmentation)
  return {
    let placement = RandomPlacement(512, padding: 4, using: &stream)
    var images = photographs.bytes(at: 0..<512).placed(placement)
    if let randAugment { images = images.augmented(randAugment, using: &stream) }
    _ = images.tensor(
      mean: CIFAR10.channelMeans, deviation: CIFAR10.channelDeviations, of: Float.self)
  }
}
