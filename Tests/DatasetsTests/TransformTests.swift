import Datasets
import Tensors
import Testing

private func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "datasets-tests", seed: seed, purpose: .noise)
}

struct `Noisy labels` {
  private let labels = (0..<10_000).map { $0 % 5 }

  private func noisy(_ noise: LabelNoise, _ extent: NoiseExtent, seed: UInt64 = 1) -> NoisyLabels {
    var source = stream(seed)
    return NoisyLabels(noise, extent, to: labels, classes: 5, using: &source)
  }

  @Test func `of any class are wrong as often as a draw misses`() {
    let found = noisy(.uniform, .probability(0.4))
    #expect(abs(Double(found.met.count) / 10_000 - 0.4) < 0.02)
    #expect(abs(Double(found.wrong.count) / 10_000 - 0.32) < 0.02)
    #expect(found.trueLabels == labels)
    #expect(Set(found.wrong).isSubset(of: Set(found.met)))
  }

  @Test func `of another class are all wrong, and all others alike`() {
    let found = noisy(.wrong, .share(0.3))
    #expect(found.met.count == 3000 && found.wrong == found.met)
    var shifts = [Int](repeating: 0, count: 5)
    for index in found.wrong { shifts[(found.labels[index] - labels[index] + 5) % 5] += 1 }
    #expect(shifts[0] == 0 && shifts.dropFirst().allSatisfy { abs($0 - 750) < 120 })
  }

  @Test func `by a map go where it says`() {
    let found = noisy(.mapped([1, 1, 0, 3, 3]), .probability(0.5))
    #expect(found.met.allSatisfy { found.labels[$0] == [1, 1, 0, 3, 3][labels[$0]] })
    #expect(found.wrong.allSatisfy { [0, 2, 4].contains(labels[$0]) })
  }

  @Test func `permuted keep the counts of classes`() {
    let found = noisy(.permuted, .share(0.25))
    #expect(found.met.count == 2500 && found.labels.sorted() == labels.sorted())
    #expect(found.wrong.count > 1800 && found.wrong.count < 2200)
  }

  @Test func `by class leave classes of rate zero alone`() {
    let found = noisy(.wrong, .perClass([0, 1, 0, 0.5, 0]))
    #expect(found.met.allSatisfy { [1, 3].contains(labels[$0]) })
    #expect(found.wrong.count { labels[$0] == 1 } == 2000)
  }

  @Test func `of a higher rate meet all that a lower one does`() {
    let low = noisy(.wrong, .probability(0.1))
    let high = noisy(.wrong, .probability(0.2))
    #expect(Set(low.met).isSubset(of: Set(high.met)) && low.met.count < high.met.count)
  }

  @Test func `stop at a label outside the classes`() async {
    await #expect(processExitsWith: .failure) {
      var source = RandomStream(paper: "datasets-tests", seed: 1, purpose: .noise)
      _ = NoisyLabels(.uniform, .share(0), to: [5], classes: 5, using: &source)
    }
  }
}

struct `Splits of examples` {
  @Test(arguments: [(3, 10), (5, 5), (1, 4)]) func `into folds use each once`(k: Int, n: Int) {
    var source = stream(7)
    let folds = Folds(k, of: n, using: &source)
    #expect(folds.folds.joined().sorted() == Array(0..<n) && folds.count == k)
    #expect(folds.folds.map(\.count) == (0..<k).map { n / k + ($0 < n % k ? 1 : 0) })
    #expect(Set(folds.training(without: 0)).isDisjoint(with: folds.folds[0]))
    #expect(folds.training(without: 0).count + folds.folds[0].count == n)
  }

  @Test func `by class spread each class over the folds`() {
    var source = stream(8)
    let labels = (0..<103).map { $0 % 7 == 0 ? 1 : 0 }
    let folds = Folds(4, stratifiedBy: labels, using: &source)
    #expect(folds.folds.joined().sorted() == Array(0..<103))
    let ones = folds.folds.map { $0.count { labels[$0] == 1 } }
    #expect(ones.reduce(0, +) == 15 && ones.allSatisfy { $0 == 3 || $0 == 4 })
    #expect(folds.folds.allSatisfy { $0.count == 25 || $0.count == 26 })
  }

  @Test func `hold out as many as asked`() {
    var source = stream(9)
    let split = source.heldOut(3, of: 10)
    #expect(split.heldOut.count == 3 && (split.rest + split.heldOut).sorted() == Array(0..<10))
    let labels = [0, 0, 0, 0, 2, 2, 2, 2, 2, 2]
    let strata = source.heldOut(share: 0.5, stratifiedBy: labels)
    #expect(strata.heldOut.map { labels[$0] } == [0, 0, 2, 2, 2])
    #expect((strata.rest + strata.heldOut).sorted() == Array(0..<10))
    #expect(source.balancedChoice(2, ofEach: labels).map { labels[$0] } == [0, 0, 2, 2])
  }
}

struct `Subsets of images` {
  private let images = LabelledImages(
    images: [0, 1, 2, 3, 0, 1, 9, 9, 2, 3], labels: [2, 0, 2, 1, 0], rows: 1, columns: 2,
    maximum: 9, classes: 3)

  @Test func `of classes are labelled by the place of their class`() {
    let pair = images.subset(ofClasses: [2, 0])
    #expect(pair.labels == [0, 1, 0, 1] && pair.classes == 2)
    #expect(pair.images == [0, 1, 2, 3, 0, 1, 2, 3])
  }

  @Test func `without duplicates keep the first`() {
    #expect(images.distinctIndices == [0, 1, 3])
    #expect(images.subset(at: images.distinctIndices).labels == [2, 0, 1])
  }

  @Test func `are relabelled and pooled to smaller ones`() {
    #expect(images.relabelled([0, 1, 1, 0, 1], classes: 2).labels == [0, 1, 1, 0, 1])
    let small = averagePooling(
      images.planes(at: [1], of: Double.self), Window(Extent(rows: 1, columns: 2)))
    #expect(small.scalars == [(2.0 / 9 + 3.0 / 9) / 2])
  }
}

struct `Generated points` {
  @Test func `of two moons lie on half circles`() {
    var source = stream(11)
    let moons = LabelledPoints<Double>.twoMoons(7, noise: 0, using: &source)
    #expect(moons.labels == [0, 0, 0, 1, 1, 1, 1])
    let expected = [1, 0, 0, 1, -1, 0, 0, 0.5]
    #expect(zip(moons.points.scalars, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func `of a mixture lie around their centres`() {
    var source = stream(12)
    let centres = Tensor([10.0, 0, -10, 5], shape: [2, 2])
    let mixture = LabelledPoints.gaussianMixture(
      4000, centres: centres, deviation: 0.5, weights: [1, 3], using: &source)
    #expect(abs(Double(mixture.labels.count { $0 == 1 }) / 4000 - 0.75) < 0.03)
    let ones = mixture.labels.indices.filter { mixture.labels[$0] == 1 }
    let mean = mixture.points.gathered(rows: ones).mean(along: 0).scalars
    #expect(abs(mean[0] + 10) < 0.05 && abs(mean[1] - 5) < 0.05)
  }

  @Test func `of spheres have their radii`() {
    var source = stream(13)
    let points = LabelledPoints.spheres(100, radii: [1.0, 1.3], dimension: 20, using: &source)
    let norms = points.points.norm(along: 1).scalars
    #expect(zip(norms, points.labels).allSatisfy { abs($0 - [1.0, 1.3][$1]) < 1e-12 })
  }

  @Test func `of a parity have the product of the bits that matter`() {
    var source = stream(14)
    let parity = LabelledPoints<Float>.sparseParity(
      200, dimension: 9, support: [1, 4, 8], using: &source)
    for (row, label) in parity.labels.enumerated() {
      let product = parity.points[row, 1] * parity.points[row, 4] * parity.points[row, 8]
      #expect(product == (label == 1 ? -1 : 1))
    }
  }

  @Test func `of a teacher have its answers`() {
    var source = stream(15)
    let points: Tensor<Float> = source.normal(shape: [20, 3])
    let taught = LabelledPoints(points: points) { -$0 }
    #expect(taught.labels == points.argmin(along: 1))
  }
}

struct `Coloured digits` {
  private let digits = LabelledImages(
    images: (0..<4000 * 9).map { UInt8($0 % 9 + 1) }, labels: (0..<4000).map { UInt8($0 % 10) },
    rows: 3, columns: 3, maximum: 10, classes: 10)

  @Test func `stand in the plane of a colour that mostly agrees with the label`() {
    var source = stream(16)
    let coloured = ColouredDigits<Float>(
      digits, at: Array(0..<4000), colourNoise: 0.1, step: 2, using: &source)
    #expect(coloured.images.shape == [4000, 2, 2, 2])
    let sums = coloured.images.sum(over: [2, 3]).argmaxAlongRows()
    #expect(sums == coloured.colours)
    #expect(coloured.images.rows(0..<1).sum(along: 1).scalars == [0.1, 0.3, 0.7, 0.9])
    let agreeing = zip(coloured.labels, coloured.colours).count { $0 == $1 }
    #expect(abs(agreeing - 3600) < 80)
    let right = coloured.labels.enumerated().count { ($0.offset % 10 < 5 ? 1 : 0) == $0.element }
    #expect(abs(right - 3000) < 120)
  }

  @Test func `of colours in three planes stop`() async {
    await #expect(processExitsWith: .failure) {
      var source = RandomStream(paper: "datasets-tests", seed: 1, purpose: .data)
      let images = LabelledImages(
        images: [1, 2, 3], labels: [0], rows: 1, columns: 1, channels: 3, maximum: 255, classes: 10)
      _ = ColouredDigits<Float>(images, at: [0], colourNoise: 0, using: &source)
    }
  }
}
