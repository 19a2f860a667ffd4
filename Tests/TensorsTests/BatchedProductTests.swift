import Tensors
import TestSupport
import Testing

struct `Batched products` {
  private static func tensor<E: Scalar>(_ shape: [Int], _ seed: UInt64) -> Tensor<E> {
    var stream = RandomStream(paper: "test", seed: seed, purpose: .data)
    return stream.normal(shape: shape)
  }

  /// The matrix at one place of the joint batch, taken out of a tensor that broadcasts to it.
  private static func matrix<E>(_ x: Tensor<E>, _ place: [Int]) -> Tensor<E> {
    var index = 0
    let own = x.shape.dropLast(2)
    for (size, at) in zip(own, place.suffix(own.count)) {
      index = index * size + (size == 1 ? 0 : at)
    }
    let matrices = own.reduce(1, *)
    let sides = Array(x.shape.suffix(2))
    return x.reshaped(to: [matrices] + sides).rows(index..<index + 1).reshaped(to: sides)
  }

  static let batches: [([Int], [Int])] = [
    ([3], [3]), ([3], []), ([], [3]), ([1], [4]), ([2, 3], [3]), ([2, 1], [1, 3]),
    ([2, 3], [2, 1]),
    ([5, 1, 2], [3, 1]), ([0], [1]), ([2, 2, 2, 2], [1, 2, 1, 2]), ([1], [1]),
  ]

  @Test(arguments: batches)
  func `have the bits of each product alone`(left: [Int], right: [Int]) {
    check(left, right, Float.self)
    check(left, right, Double.self)
  }

  private func check<E: Scalar>(_ left: [Int], _ right: [Int], _: E.Type) {
    for (m, k, n) in [(5, 7, 3), (1, 4, 6), (6, 4, 1), (17, 33, 19), (4, 1, 5), (2, 0, 3)] {
      let a: Tensor<E> = Self.tensor(left + [m, k], 1)
      let b: Tensor<E> = Self.tensor(right + [k, n], 2)
      let at: Tensor<E> = Self.tensor(left + [k, m], 3)
      let bt: Tensor<E> = Self.tensor(right + [n, k], 4)
      for (x, y, ta, tb) in [
        (a, b, false, false), (at, b, true, false), (a, bt, false, true), (at, bt, true, true),
      ] {
        let z = matmul(x, y, transposingA: ta, transposingB: tb)
        let batch = Array(z.shape.dropLast(2))
        #expect(Array(z.shape.suffix(2)) == [m, n])
        for number in 0..<batch.reduce(1, *) {
          var rest = number
          let place = Array(
            batch.reversed().map { size in
              defer { rest /= size }
              return rest % size
            }.reversed())
          let alone = matmul(
            Self.matrix(x, place), Self.matrix(y, place), transposingA: ta, transposingB: tb)
          #expect(Self.matrix(z, place) == alone)
        }
      }
    }
  }

  @Test func `take vectors as rows and columns`() {
    let a: Tensor<Double> = Self.tensor([2, 3, 4], 1)
    let v: Tensor<Double> = Self.tensor([4], 2)
    #expect(matmul(a, v) == matmul(a.reshaped(to: [6, 4]), v).reshaped(to: [2, 3]))
    let w: Tensor<Double> = Self.tensor([3], 3)
    #expect(matmul(w, a).shape == [2, 4])
  }

  @Test func `give the outer product of each example`() {
    let x: Tensor<Double> = Self.tensor([4, 3], 1)
    let g: Tensor<Double> = Self.tensor([4, 2], 2)
    let outer = matmul(x.reshaped(to: [4, 3, 1]), g.reshaped(to: [4, 1, 2]))
    for (n, i, o) in [(0, 0, 0), (3, 2, 1), (1, 0, 1)] {
      #expect(outer[n, i, o] == x[n, i] * g[n, o])
    }
  }

  @Test(arguments: [(false, false), (true, false), (false, true), (true, true)])
  func `have derivatives of both orders`(ta: Bool, tb: Bool) {
    let a: Tensor<Double> = Self.tensor([2, 1] + (ta ? [2, 3] : [3, 2]), 1)
    let b: Tensor<Double> = Self.tensor([3] + (tb ? [2, 2] : [2, 2]), 2)
    func loss(_ x: Tensor<Double>, _ y: Tensor<Double>) -> Tensor<Double> {
      sin(matmul(x, y, transposingA: ta, transposingB: tb)).sum()
    }
    #expect(gradientError(at: a) { loss($0, b) } < 1e-8)
    #expect(gradientError(at: b) { loss(a, $0) } < 1e-8)
    let weights: Tensor<Double> = Self.tensor(a.shape, 3)
    #expect(
      gradientError(at: a) { x in (gradient(at: x) { loss($0, b) } * weights).sum() } < 1e-7)
    #expect(
      gradientError(at: b) { y in (gradient(at: a) { loss($0, y) } * weights).sum() } < 1e-7)
  }
}
