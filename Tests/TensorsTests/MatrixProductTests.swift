import Tensors
import TestSupport
import Testing

/// The product as the contract words it: one chain a block of 4096, block sums added in order.
private func chains<E: Scalar>(_ a: Tensor<E>, _ b: Tensor<E>) -> Tensor<E> {
  let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
  let (left, right) = (a.scalars, b.scalars)
  var result: [E] = []
  for i in 0..<m {
    for j in 0..<n {
      var total: E = 0
      for start in stride(from: 0, to: k, by: 4096) {
        var chain: E = 0
        for p in start..<Swift.min(start + 4096, k) {
          chain = chain.addingProduct(left[i * k + p], right[p * n + j])
        }
        total = start == 0 ? chain : total + chain
      }
      result.append(total)
    }
  }
  return Tensor(result, shape: [m, n])
}

struct `Matrix product` {
  static let sizes = [
    [1, 1, 1], [2, 3, 4], [17, 5, 33], [64, 84, 50], [15, 300, 31], [1, 40, 70], [70, 40, 1],
    [100, 30, 2], [2, 30, 100], [1, 1, 50], [3, 4097, 5], [33, 8200, 1], [1, 4100, 33], [16, 0, 3],
    [0, 4, 3], [29, 257, 65],
  ]

  @Test(arguments: sizes)
  func `is one chain of fused multiply-adds an entry`(size: [Int]) {
    check(size, Float.self)
    check(size, Double.self)
  }

  private func check<E: Scalar>(_ size: [Int], _: E.Type) {
    var stream = RandomStream(paper: "test", seed: 10, purpose: .data)
    let a: Tensor<E> = stream.normal(shape: [size[0], size[1]])
    let b: Tensor<E> = stream.normal(shape: [size[1], size[2]])
    let expected = chains(a, b)
    let (at, bt) = (a.transposed(), b.transposed())
    #expect(matmul(a, b) == expected)
    #expect(matmul(at, b, transposingA: true) == expected)
    #expect(matmul(a, bt, transposingB: true) == expected)
    #expect(matmul(at, bt, transposingA: true, transposingB: true) == expected)
  }

  @Test func `takes vectors as rows and columns`() {
    let a = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [2, 3])
    #expect(matmul(a, Tensor([1, 0, -1])) == Tensor([-2, -2]))
    #expect(matmul(Tensor([1, -1]), a) == Tensor([-3, -3, -3]))
    #expect(matmul(Tensor<Double>([1, 2]), Tensor([3, 4])) == Tensor(11))
    #expect(matmul(a, Tensor([1, -1]), transposingA: true) == Tensor([-3, -3, -3]))
  }

  @Test func `carries NaN and infinity to their row and column alone`() {
    var a = Tensor<Float>(repeating: 1, shape: [20, 20])
    a[3, 4] = .nan
    a[5, 6] = .infinity
    let c = matmul(a, Tensor<Float>(repeating: 1, shape: [20, 20]))
    for row in 0..<20 {
      #expect(row == 3 ? c[row, 7].isNaN : c[row, 7] == (row == 5 ? .infinity : 20))
    }
  }
}
