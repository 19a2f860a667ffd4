import Datasets
import Tensors
import Testing

private func stream(_ seed: UInt64 = 1) -> RandomStream {
  RandomStream(paper: "datasets-tests", seed: seed, purpose: .augmentation)
}

private func counting(_ count: Int, _ channels: Int, _ rows: Int, _ columns: Int) -> ByteImages {
  let pixels = (0..<count * channels * rows * columns).map { UInt8(truncatingIfNeeded: $0 + 1) }
  return ByteImages(pixels, count: count, channels: channels, rows: rows, columns: columns)
}

struct `Random crops and flips` {
  /// The crop in words: pad, cut, mirror.
  private func expected(
    _ image: ByteImages, _ index: Int, _ placement: RandomPlacement
  ) -> [UInt8] {
    let p = placement.padding
    func place(_ i: Int, _ n: Int) -> Int? {
      if i >= 0 && i < n { return i }
      return placement.surroundings == .zero ? nil : i < 0 ? -i : 2 * (n - 1) - i
    }
    var pixels: [UInt8] = []
    for channel in 0..<image.channels {
      for row in 0..<image.rows {
        for column in 0..<image.columns {
          let from = placement.flipped[index] ? image.columns - 1 - column : column
          guard let y = place(row + placement.top[index] - p, image.rows),
            let x = place(from + placement.left[index] - p, image.columns)
          else {
            pixels.append(0)
            continue
          }
          let start = (index * image.channels + channel) * image.rows
          pixels.append(image.pixels[(start + y) * image.columns + x])
        }
      }
    }
    return pixels
  }

  @Test(arguments: [(Surroundings.zero, 0), (.zero, 2), (.zero, 9), (.reflected, 3)])
  func `pad, cut and mirror each image as drawn`(surroundings: Surroundings, padding: Int) {
    let images = counting(40, 2, 4, 5)
    var source = stream()
    let placement = RandomPlacement(40, padding: padding, with: surroundings, using: &source)
    let placed = images.placed(placement)
    for index in 0..<40 {
      #expect(Array(placed.image(at: index)) == expected(images, index, placement))
    }
    #expect(placement.flipped.contains(true) && placement.flipped.contains(false))
    #expect(Set(placement.top) == Set(0...2 * padding) || padding == 9)
    let numbers: Tensor<Float> = images.tensor()
    #expect(numbers.placed(placement) == placed.tensor())
  }

  @Test func `without margins and flips change nothing`() {
    var source = stream()
    let placement = RandomPlacement(3, flipProbability: 0, using: &source)
    #expect(counting(3, 1, 2, 2).placed(placement) == counting(3, 1, 2, 2))
  }

  @Test func `with reflected margins as wide as the image stop`() async {
    await #expect(processExitsWith: .failure) {
      var source = RandomStream(paper: "datasets-tests", seed: 1, purpose: .augmentation)
      let placement = RandomPlacement(1, padding: 4, with: .reflected, using: &source)
      _ = ByteImages(Array(0..<16), count: 1, channels: 1, rows: 4, columns: 4).placed(placement)
    }
  }
}

struct `Bytes as numbers` {
  @Test func `are standardised by channel`() {
    let images = ByteImages([0, 255, 51, 102], count: 1, channels: 2, rows: 1, columns: 2)
    let x = images.tensor(mean: [0.5, 0.2], deviation: [0.25, 0.5], of: Double.self)
    #expect(x.shape == [1, 2, 1, 2])
    #expect(x.scalars == [-2, 2, 0, (102.0 / 255 - 0.2) / 0.5])
  }

  @Test func `of labelled images are in the order of the indices`() {
    let images = LabelledImages(
      images: Array(0..<12), labels: [0, 1], rows: 1, columns: 2, channels: 3, maximum: 255,
      classes: 2)
    let bytes = images.bytes(at: [1, 0])
    #expect(bytes.pixels == Array(6..<12) + Array(0..<6) && bytes.channels == 3)
    #expect(images.planes(at: [1], of: Float.self).shape == [1, 3, 1, 2])
  }
}

struct `Cutout squares` {
  @Test func `have their side, cut at the border`() {
    var source = stream(2)
    let images = ByteImages(
      Array(repeating: 7, count: 200 * 36), count: 200, channels: 1, rows: 6, columns: 6)
    let cutout = Cutout(
      side: 3, squares: Array(repeating: 1, count: 200), rows: 6, columns: 6, using: &source)
    let cut = images.cut(cutout)
    let sizes = (0..<200).map { cut.image(at: $0).count { $0 == 0 } }
    #expect(Set(sizes) == [4, 6, 9])
    #expect(images.tensor(of: Float.self).cut(cutout) == cut.tensor())
  }

  @Test func `may differ in number between images`() {
    var source = stream(3)
    let cutout = Cutout(side: 2, squares: [0, 3], rows: 8, columns: 8, using: &source)
    let cut = Tensor<Float>(repeating: 1, shape: [2, 3, 8, 8]).cut(cutout, fill: -1)
    let plane = cut.rows(0..<1)
    #expect(plane.min().item == 1 && cut.rows(1..<2).min().item == -1)
    let channels = cut.rows(1..<2).split(along: 1, into: [1, 1, 1])
    #expect(channels[0] == channels[2])
  }
}

struct `Mixed examples` {
  @Test func `share their weight with their targets`() {
    var source = stream(4)
    let x = Tensor((0..<20).map { Double($0) }, shape: [10, 2])
    let targets = Tensor<Double>(oneHot: Array(0..<10), classes: 10)
    let mixed = mixup(x, targets: targets, alpha: 0.4, using: &source)
    let rebuilt = matmul(mixed.targets, x)
    #expect(zip(rebuilt.scalars, mixed.x.scalars).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(mixed.share > 0 && mixed.share < 1)
    #expect(mixup(x, targets: targets, alpha: 0, using: &source).x == x)
  }
}

struct `An augmentation by drawn operations` {
  @Test func `takes each of fourteen, with both signs`() {
    var source = stream(5)
    let drawn = RandAugment(operations: 2, strength: 0.5).draw(
      1000, rows: 32, columns: 32, using: &source)
    #expect(drawn.allSatisfy { $0.count == 2 })
    let kinds = Set(drawn.joined())
    // Seven with a sign count twice... less identity, autocontrast, equalize, posterize, solarize.
    #expect(kinds.count == 5 + 2 * 9)
    #expect(kinds.contains(.posterize(bits: 6)) && kinds.contains(.solarize(threshold: 127.5)))
    #expect(kinds.contains(.translateX(7)) && kinds.contains(.rotate(degrees: -15)))
  }

  @Test func `is the operations one after another`() {
    let images = counting(4, 3, 8, 8)
    var (one, other) = (stream(6), stream(6))
    let augmentation = RandAugment(operations: 3, strength: 0.7)
    let lists = augmentation.draw(4, rows: 8, columns: 8, using: &one)
    let result = images.augmented(augmentation, fill: [1, 2, 3], using: &other)
    for (index, list) in lists.enumerated() {
      var single = ByteImages(
        Array(images.image(at: index)), count: 1, channels: 3, rows: 8, columns: 8)
      for operation in list { single = single.applying(operation, fill: [1, 2, 3]) }
      #expect(single.pixels == Array(result.image(at: index)))
    }
  }

  @Test func `of images of two channels stops`() async {
    await #expect(processExitsWith: .failure) {
      _ = ByteImages([0, 0], count: 1, channels: 2, rows: 1, columns: 1).applying(.invert)
    }
  }
}
