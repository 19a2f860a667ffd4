import Tensors

extension LabelledImages {
  /// The images at some positions, in that order.
  ///
  /// - Precondition: the positions exist.
  public func subset(at indices: some Collection<Int>) -> LabelledImages {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(indices.count * self.pixels)
    for index in indices { pixels += image(at: index) }
    return replacing(images: pixels, labels: indices.map { labels[$0] }, classes: classes)
  }

  /// The images of some classes in file order, each labelled by its class's place among them.
  ///
  /// Two classes make a pair with labels 0 and 1.
  ///
  /// - Precondition: the classes exist and differ.
  public func subset(ofClasses chosen: [Int]) -> LabelledImages {
    require(Set(chosen).count == chosen.count, "subset(ofClasses:): \(chosen) repeat a class")
    let subset = subset(at: indices(ofClasses: chosen))
    let places = subset.labels.map { label in
      UInt8(chosen.firstIndex(of: Int(label)) ?? 0)
    }
    return subset.replacing(images: subset.images, labels: places, classes: chosen.count)
  }

  /// The images under other labels: unions of classes, noise, or any other task.
  ///
  /// - Precondition: there is a label an image, each in `0..<classes`.
  public func relabelled(_ labels: [Int], classes: Int) -> LabelledImages {
    require(
      labels.count == count && (1...256).contains(classes)
        && labels.allSatisfy { (0..<classes).contains($0) },
      "relabelled: \(labels.count) labels of \(classes) classes for \(count) images")
    return replacing(images: images, labels: labels.map { UInt8($0) }, classes: classes)
  }

  /// The positions of the images that no earlier image equals, pixel by pixel.
  public var distinctIndices: [Int] {
    var seen: Set<[UInt8]> = []
    return (0..<count).filter { seen.insert(Array(image(at: $0))).inserted }
  }

  private func replacing(images: [UInt8], labels: [UInt8], classes: Int) -> LabelledImages {
    LabelledImages(
      images: images, labels: labels, rows: rows, columns: columns, channels: channels,
      maximum: maximum, classes: classes)
  }
}
