import TrainingCore

extension Tyurin2024LogisticToPerceptron {
  /// Labelled samples as z_i = y_i a_i, rows without their zeros.
  ///
  /// Four of five pixels of a digit are background. A zero adds nothing to a sum, so that leaving
  /// it out changes no bit. Sums run in the order of the columns, and of the rows.
  struct Samples {
    /// How many entries a row has, zeros included.
    let dimension: Int
    private var starts = [0]
    private var columns: [Int32] = []
    private var values: [Double] = []

    /// No rows yet.
    init(dimension: Int) { self.dimension = dimension }

    /// n, the number of samples.
    var count: Int { starts.count - 1 }

    /// Appends y a.
    mutating func append(_ a: some Sequence<Double>, label y: Double) {
      for (column, value) in a.enumerated() where value != 0 {
        columns.append(Int32(column))
        values.append(y * value)
      }
      starts.append(values.count)
    }

    /// The margins z_iᵀθ.
    func margins(of theta: [Double]) -> [Double] {
      precondition(
        theta.count == dimension, "margins: θ [\(theta.count)] and z [\(count), \(dimension)]")
      return [Double](unsafeUninitializedCapacity: count) { margins, filled in
        theta.withUnsafeBufferPointer { theta in
          walk { row, entries, columns, values in
            var sum = 0.0
            for entry in entries { sum += values[entry] * theta[Int(columns[entry])] }
            margins.initializeElement(at: row, to: sum)
          }
        }
        filled = count
      }
    }

    /// Σ w_i z_i.
    func sum(weighted weights: [Double]) -> [Double] {
      precondition(
        weights.count == count, "sum: weights [\(weights.count)] and z [\(count), \(dimension)]")
      var sum = [Double](repeating: 0, count: dimension)
      sum.withUnsafeMutableBufferPointer { sum in
        walk { row, entries, columns, values in
          let weight = weights[row]
          if weight == 0 { return }
          for entry in entries { sum[Int(columns[entry])] += weight * values[entry] }
        }
      }
      return sum
    }

    /// R² = max ‖z_i‖².
    var squaredRadius: Double {
      var greatest = 0.0
      walk { _, entries, _, values in
        var sum = 0.0
        for entry in entries { sum += values[entry] * values[entry] }
        greatest = max(greatest, sum)
      }
      return greatest
    }

    /// All rows with their zeros: [n, d].
    var matrix: Tensor<Double> {
      var dense = [Double](repeating: 0, count: count * dimension)
      walk { row, entries, columns, values in
        for entry in entries { dense[row * dimension + Int(columns[entry])] = values[entry] }
      }
      return Tensor(dense, shape: [count, dimension])
    }

    private func walk(
      _ visit: (Int, Range<Int>, UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Void
    ) {
      columns.withUnsafeBufferPointer { columns in
        values.withUnsafeBufferPointer { values in
          for row in 0..<count { visit(row, starts[row]..<starts[row + 1], columns, values) }
        }
      }
    }
  }
}

extension Tyurin2024LogisticToPerceptron.Samples {
  typealias Paper = Tyurin2024LogisticToPerceptron

  /// The set on which the batch perceptron is slow.
  ///
  /// (0.5, −1) of class +1 once and (−0.5, −1) of class −1 n − 1 times.
  ///
  /// - Source: Theorem 5.1.
  static func worstCase(_ n: Int) -> Self {
    var samples = Self(dimension: 2)
    samples.append([0.5, -1], label: 1)
    for _ in 1..<n { samples.append([-0.5, -1], label: -1) }
    return samples
  }

  /// The two points on which the loss misleads: (1, −1) of class +1 and (−1, −4) of class −1.
  ///
  /// - Source: Theorem 4.1.
  static var twoPoints: Self {
    var samples = Self(dimension: 2)
    samples.append([1, -1], label: 1)
    samples.append([-1, -4], label: -1)
    return samples
  }

  /// A random separable set on which the limit of Theorem 3.2 is defined.
  ///
  /// w is uniform on the unit sphere, a ~ N(0, I), y = sign(aᵀw), and a is drawn again while
  /// |aᵀw| ≤ 0.05. The set is drawn again while a margin of the batch perceptron's first fifty
  /// iterates is within 1e-4 of zero, where the limit has no side to fall on.
  ///
  /// - Source: not the paper's; it states the theorem for non-degenerate data.
  static func random(_ n: Int, dimension: Int, using stream: inout RandomStream) -> Self {
    while true {
      let direction = stream.normal(shape: [dimension], of: Double.self).scalars
      let length = sqrt(direction.reduce(0) { $0 + $1 * $1 })
      var samples = Self(dimension: dimension)
      while samples.count < n {
        let a = stream.normal(shape: [dimension], of: Double.self).scalars
        let product = zip(a, direction).reduce(0) { $0 + $1.0 * $1.1 } / length
        if abs(product) > 0.05 { samples.append(a, label: product > 0 ? 1 : -1) }
      }
      if !samples.isDegenerate { return samples }
    }
  }

  private var isDegenerate: Bool {
    var path = Paper.Path(self, by: .batchPerceptron, gamma: 1)
    for _ in 0..<49 {
      path.advance()
      if path.margins.contains(where: { abs($0) <= 1e-4 }) { return true }
      if path.isSolved { return false }
    }
    return false
  }

  /// Images of two classes with a constant one as last entry.
  ///
  /// - Parameters:
  ///   - classes: The class +1 and the class −1.
  ///   - count: How many samples.
  ///   - minority: How many of them are of class −1; nil leaves the classes as they come.
  ///   - images: The images.
  ///   - stream: What chooses the samples; nil takes the first in file order.
  /// - Returns: The samples in file order.
  /// - Source: pixels scaled to [0, 1] and a bias are this replication's choice.
  static func images(
    of classes: (Int, Int), count: Int, minority: Int?, from images: LabelledImages,
    using stream: inout RandomStream?
  ) -> Self {
    func chosen(_ number: Int, of classes: [Int]) -> [Int] {
      let pool = images.indices(ofClasses: classes)
      guard stream != nil else { return Array(pool.prefix(number)) }
      return (stream?.choice(number, of: pool.count) ?? []).map { pool[$0] }
    }
    let indices =
      if let minority {
        chosen(count - minority, of: [classes.0]) + chosen(minority, of: [classes.1])
      } else {
        chosen(count, of: [classes.0, classes.1])
      }
    var samples = Self(dimension: images.pixels + 1)
    for index in indices.sorted() {
      let pixels = images.image(at: index).map { Double($0) / 255 }
      samples.append(pixels + [1], label: Int(images.labels[index]) == classes.0 ? 1 : -1)
    }
    return samples
  }
}
