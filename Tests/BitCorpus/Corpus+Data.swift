import Datasets
import Neural
import Tensors

extension Corpus {
  /// Orders, noise, augmentation and generated data.
  mutating func addData() {
    section("orders and splits") { $0.addOrders() }
    section("augmentation") { $0.addAugmentation() }
    section("generated data and label noise") { $0.addGenerated() }
  }

  mutating func add(_ images: ByteImages) { add(images.pixels.map { Int($0) }) }

  private mutating func addOrders() {
    var stream = RandomStream(paper: "corpus", seed: 21, purpose: .shuffling)
    let labels = (0..<97).map { $0 * $0 % 5 }
    var balanced = BalancedBatches(labels: labels, classes: 2, examples: 3, using: stream)
    var domains = DomainBatches(domains: labels, size: 4, using: stream)
    for _ in 0..<5 {
      add(balanced.next() ?? [])
      add((domains.next() ?? []).flatMap { $0 })
    }
    add(stream.bufferedPermutation(of: 97, buffer: 10))
    add(stream.blockPermutation(of: 97, block: 8, buffered: 3))
    for fold in Folds(5, stratifiedBy: labels, using: &stream).folds { add(fold) }
    add(stream.heldOut(share: 0.3, stratifiedBy: labels).heldOut)
  }

  private mutating func addAugmentation() {
    var stream = RandomStream(paper: "corpus", seed: 22, purpose: .augmentation)
    let pixels = stream.integers(below: 256, count: 40 * 3 * 13 * 11).map { UInt8($0) }
    let images = ByteImages(pixels, count: 40, channels: 3, rows: 13, columns: 11)
    let placement = RandomPlacement(40, padding: 4, with: .reflected, using: &stream)
    add(images.placed(placement))
    add(
      images.placed(placement).tensor(
        mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.4], of: Float.self))
    let policy = RandAugment(operations: 3, strength: 0.6)
    add(images.augmented(policy, using: &stream))
    add(images.augmented(policy, .bilinear, fill: [9, 99, 199], using: &stream))
    let cutout = Cutout(
      side: 5, squares: Array(repeating: 2, count: 40), rows: 13, columns: 11, using: &stream)
    let x: Tensor<Float> = images.tensor().cut(cutout)
    let warps = (0..<40).map {
      AffineWarp.rotation(degrees: Double($0 * 9), rows: 13, columns: 11)
    }
    add(x.warped(warps, .bilinear))
    add(Tensor<Double>(converting: x).warped(warps, .nearest, fill: 0.5))
    let mixed = mixup(
      x, targets: Tensor(oneHot: Array(0..<40), classes: 40), alpha: 0.2, using: &stream)
    add(mixed.x)
    add(mixed.targets)
  }

  private mutating func addGenerated() {
    var stream = RandomStream(paper: "corpus", seed: 23, purpose: .data)
    let centres = Tensor<Float>([1, 2, 3, 4, 5, 6], shape: [3, 2])
    let sets = [
      LabelledPoints<Float>.twoMoons(31, noise: 0.1, using: &stream),
      .gaussianMixture(31, centres: centres, deviation: 0.3, using: &stream),
      .gaussianMixture(31, centres: centres, deviation: 0.3, weights: [1, 2, 3], using: &stream),
      .spheres(31, radii: [1, 2], dimension: 5, using: &stream),
      .sparseParity(31, dimension: 8, support: [0, 3, 5], using: &stream),
    ]
    for set in sets {
      add(set.points)
      add(set.labels)
      add(Standardisation(fitting: set.points)(set.points))
    }
    let digits = LabelledImages(
      images: (0..<900).map { UInt8($0 * 7 % 251) }, labels: (0..<36).map { UInt8($0 % 10) },
      rows: 5, columns: 5, maximum: 255, classes: 10)
    add(ColouredDigits<Float>(digits, at: Array(0..<36), colourNoise: 0.2, using: &stream).images)
    let labels = (0..<200).map { $0 % 4 }
    for noise in [LabelNoise.uniform, .wrong, .mapped([1, 2, 3, 0]), .permuted] {
      add(NoisyLabels(noise, .probability(0.3), to: labels, classes: 4, using: &stream).labels)
      add(NoisyLabels(noise, .share(0.3), to: labels, classes: 4, using: &stream).labels)
    }
  }
}
