import Tensors

/// The three products of a convolution as the contract words them, one number at a time.
struct ConvolutionReference<E: Scalar> {
  let geometry: Convolution
  let x: [Int]
  let filters: [Int]
  let y: [Int]

  init(_ geometry: Convolution, x: [Int], filters: [Int]) {
    let positions = geometry.positions(
      of: Extent(rows: filters[2], columns: filters[3]), on: Extent(rows: x[2], columns: x[3]))
    (self.geometry, self.x, self.filters) = (geometry, x, filters)
    y = [x[0], filters[0], positions?.rows ?? 0, positions?.columns ?? 0]
  }

  /// A chain that is cut every 4096 terms.
  private struct Chain {
    var total: E = 0
    var chain: E = 0
    var terms = 0

    mutating func add(_ a: E, _ b: E) {
      if terms == 4096 {
        total = value
        (chain, terms) = (0, 0)
      }
      chain = chain.addingProduct(a, b)
      terms += 1
    }

    var value: E { total + chain }
  }

  private static func entry(_ scalars: [E], _ shape: [Int], _ place: [Int]) -> E {
    guard zip(place, shape).allSatisfy({ $0 >= 0 && $0 < $1 }) else { return 0 }
    return scalars[zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }]
  }

  private static func filled(_ shape: [Int], _ body: ([Int]) -> E) -> Tensor<E> {
    var scalars: [E] = []
    for n in 0..<shape[0] {
      for c in 0..<shape[1] {
        for row in 0..<shape[2] {
          for column in 0..<shape[3] { scalars.append(body([n, c, row, column])) }
        }
      }
    }
    return Tensor(scalars, shape: shape)
  }

  /// Where a filter's entry lies on the image when the filter is at a position.
  private func row(_ position: Int, _ entry: Int) -> Int {
    position * geometry.stride.rows + entry * geometry.dilation.rows - geometry.padding.top
  }

  private func column(_ position: Int, _ entry: Int) -> Int {
    position * geometry.stride.columns + entry * geometry.dilation.columns - geometry.padding.left
  }

  func forward(_ image: Tensor<E>, _ weights: Tensor<E>) -> Tensor<E> {
    let (image, weights) = (image.scalars, weights.scalars)
    return Self.filled(y) { place in
      var chain = Chain()
      let first = place[1] / (filters[0] / geometry.groups) * filters[1]
      for i in 0..<filters[1] {
        for k in 0..<filters[2] {
          for l in 0..<filters[3] {
            chain.add(
              Self.entry(weights, filters, [place[1], i, k, l]),
              Self.entry(image, x, [place[0], first + i, row(place[2], k), column(place[3], l)]))
          }
        }
      }
      return chain.value
    }
  }

  func inputGradient(_ g: Tensor<E>, _ weights: Tensor<E>) -> Tensor<E> {
    let (g, weights) = (g.scalars, weights.scalars)
    let outputs = filters[0] / geometry.groups
    return Self.filled(x) { place in
      var chain = Chain()
      let first = place[1] / filters[1] * outputs
      for o in first..<first + outputs {
        for k in 0..<filters[2] {
          for l in 0..<filters[3] {
            let (down, right) = (place[2] - row(0, k), place[3] - column(0, l))
            guard down % geometry.stride.rows == 0, right % geometry.stride.columns == 0
            else { continue }
            chain.add(
              Self.entry(weights, filters, [o, place[1] % filters[1], k, l]),
              Self.entry(
                g, y,
                [place[0], o, down / geometry.stride.rows, right / geometry.stride.columns]))
          }
        }
      }
      return chain.value
    }
  }

  func filterGradient(_ image: Tensor<E>, _ g: Tensor<E>) -> Tensor<E> {
    let (image, g) = (image.scalars, g.scalars)
    return Self.filled(filters) { place in
      var chain = Chain()
      let channel = place[0] / (filters[0] / geometry.groups) * filters[1] + place[1]
      for n in 0..<y[0] {
        for down in 0..<y[2] {
          for right in 0..<y[3] {
            chain.add(
              Self.entry(g, y, [n, place[0], down, right]),
              Self.entry(image, x, [n, channel, row(down, place[2]), column(right, place[3])]))
          }
        }
      }
      return chain.value
    }
  }
}
