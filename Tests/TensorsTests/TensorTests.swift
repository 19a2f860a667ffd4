import Foundation
import Tensors
import TestSupport
import Testing

private let infinity = Double.infinity

struct `Tensor values` {
  let matrix = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [2, 3])

  @Test func `are values`() {
    var copy = matrix
    copy += 1
    copy[0, 0] = 9
    #expect(matrix.scalars == [1, 2, 3, 4, 5, 6])
    #expect(copy.scalars == [9, 3, 4, 5, 6, 7])
    #expect(copy[1, 2] == 7 && copy.rank == 2 && copy.count == 6)
  }

  @Test func `broadcast along axes of one entry and missing axes`() {
    let row = Tensor<Double>([10, 20, 30])
    let column = Tensor<Double>([100, 200], shape: [2, 1])
    #expect((matrix + row).scalars == [11, 22, 33, 14, 25, 36])
    #expect((matrix - column).scalars == [-99, -98, -97, -196, -195, -194])
    #expect((row * column).shape == [2, 3])
    #expect((2 / matrix)[1, 0] == 0.5 && (matrix / 2)[0, 1] == 1)
    let deep = Tensor<Double>((0..<24).map { Double($0) }, shape: [2, 3, 4])
    let middle = Tensor<Double>([1, 2, 3], shape: [3, 1])
    let sum = deep + middle
    for (i, j, k) in [(0, 0, 0), (1, 2, 3), (1, 0, 2)] {
      #expect(sum[i, j, k] == deep[i, j, k] + Double(j + 1))
    }
    let outer = Tensor<Double>([1, 2], shape: [2, 1, 1]) * deep * Tensor<Double>([1, 0, 0, 1])
    #expect(outer[1, 2, 3] == 46 && outer[1, 2, 2] == 0)
    #expect(Tensor<Double>([-0.0]).broadcast(to: [2, 1]) == Tensor([-0.0, -0.0], shape: [2, 1]))
  }

  @Test func `change in place what nobody shares`() {
    var sums = Tensor<Double>(zeros: [2, 3])
    sums += matrix
    sums -= 1
    sums *= matrix
    sums /= Tensor([1, 2, 4])
    #expect(sums.scalars == [0, 1, 1.5, 12, 10, 7.5])
    sums += sums
    #expect(sums.scalars == [0, 2, 3, 24, 20, 15])
    sums.add(matrix, scaledBy: -2)
    #expect(sums.scalars == [-2, -2, -3, 16, 10, 3])
    var small = Tensor<Double>(1)
    small += matrix
    #expect(small.shape == [2, 3])
  }

  @Test func `take rows, and put tensors together`() {
    #expect(matrix.rows(1..<2).scalars == [4, 5, 6])
    #expect(matrix.rows(1..<1).shape == [0, 3])
    #expect(matrix.gathered(rows: [1, 0, 1]).scalars == [4, 5, 6, 1, 2, 3, 4, 5, 6])
    #expect(matrix.transposed().scalars == [1, 4, 2, 5, 3, 6])
    let joined = Tensor.concatenated([matrix, matrix.rows(0..<1)])
    #expect(joined.shape == [3, 3] && joined[2, 1] == 2)
  }

  @Test func `reduce along any axis`() {
    #expect(matrix.sum().item == 21 && matrix.mean().item == 3.5 && matrix.max().item == 6)
    #expect(matrix.sum(along: 0).scalars == [5, 7, 9])
    #expect(matrix.mean(along: 1, keepingAxis: true) == Tensor([2, 5], shape: [2, 1]))
    #expect(matrix.max(along: 0).scalars == [4, 5, 6])
    let deep = Tensor<Double>((0..<24).map { Double($0) }, shape: [2, 3, 4])
    #expect(deep.sum(along: 1).scalars == [12, 15, 18, 21, 48, 51, 54, 57])
    #expect(Tensor<Double>(zeros: [0, 3]).sum(along: 0).scalars == [0, 0, 0])
    #expect(Tensor<Double>(zeros: [0]).sum().item == 0)
  }

  @Test(arguments: [1, 15, 16, 17, 4095, 4096, 4097, 100_003])
  func `sum in sixteen strides of blocks of 4096`(count: Int) {
    var stream = RandomStream(paper: "test", seed: 9, purpose: .data)
    let x: Tensor<Float> = stream.normal(shape: [count])
    func block(_ numbers: ArraySlice<Float>) -> Float {
      var parts = [Float](repeating: 0, count: 16)
      for (index, number) in numbers.enumerated() { parts[index % 16] += number }
      for half in [8, 4, 2, 1] {
        for index in 0..<half { parts[index] += parts[index + half] }
      }
      return parts[0]
    }
    func total(_ numbers: [Float]) -> Float {
      guard numbers.count > 4096 else { return block(numbers[...]) }
      return total(
        stride(from: 0, to: numbers.count, by: 4096).map {
          block(numbers[$0..<Swift.min($0 + 4096, numbers.count)])
        })
    }
    #expect(x.sum().item == total(x.scalars))
    let columns = Tensor.concatenated([x, x, x]).reshaped(to: [3, count]).transposed()
    #expect(columns.sum(along: 0).scalars == [Float](repeating: total(x.scalars), count: 3))
  }

  @Test func `carry NaN, infinities and the sign of zero`() {
    let x = Tensor<Double>([.nan, infinity, -infinity, -0.0, 0, -1])
    #expect(relu(x) == Tensor([.nan, infinity, 0, 0, 0, 0]))
    #expect(-x == Tensor([.nan, -infinity, infinity, 0, -0.0, 1]))
    #expect(maximum(x, Tensor(0)) == Tensor([.nan, infinity, 0, 0, 0, 0]))
    #expect(minimum(Tensor(0), x) == Tensor([.nan, 0, -infinity, -0.0, 0, -1]))
    #expect(x.max().item.isNaN && x.sum().item.isNaN)
    #expect(x.reshaped(to: [2, 3]).argmaxAlongRows() == [0, 0])
    #expect(Tensor<Double>([1, 3, 3, 2], shape: [1, 4]).argmaxAlongRows() == [1])
    #expect(Tensor<Double>([0]) != Tensor<Double>([-0.0]) && x == x)
  }

  @Test func `convert to the other kind by rounding`() {
    let x = Tensor<Double>([1.0 / 3, -0.0, 1e300, .nan, 1e-46], shape: [1, 5])
    let y = Tensor<Float>(converting: x)
    #expect(y == Tensor([1.0 / 3, -0.0, .infinity, .nan, 0], shape: [1, 5]))
    #expect(Tensor<Double>(converting: y)[0, 0] == Double(Float(1.0 / 3)))
    #expect(Tensor<Double>(converting: x) == x)
  }

  @Test func `know whether all numbers are finite`() {
    #expect(matrix.isFinite && Tensor<Float>(zeros: [0]).isFinite)
    #expect(!Tensor<Float>([0, .infinity]).isFinite && !Tensor<Double>([.nan, 1]).isFinite)
  }

  @Test func `survive coding to the bit`() throws {
    let x = Tensor<Float>([.nan, -.infinity, -0.0, 1.5, .leastNonzeroMagnitude], shape: [5, 1])
    let text = try JSONEncoder().encode(x)
    #expect(try JSONDecoder().decode(Tensor<Float>.self, from: text) == x)
    for count in 0..<8 {
      let y = Tensor<Double>((0..<count).map { Double($0) / 3 })
      let text = try JSONEncoder().encode(y)
      #expect(try JSONDecoder().decode(Tensor<Double>.self, from: text) == y)
    }
    let one = try JSONEncoder().encode(Tensor<Float>([1, -2]))
    #expect(String(decoding: one, as: UTF8.self).contains("AACAPwAAAMA="))
  }

  @Test(arguments: [
    #"{"shape":[2],"scalars":"AACAPw=="}"#, #"{"shape":[-1],"scalars":"AACAPw=="}"#,
    #"{"shape":[1],"scalars":"AACAP"}"#, #"{"shape":[1],"scalars":"AACAP!=="}"#,
    #"{"shape":[1],"scalars":"AACAPx=="}"#, #"{"shape":[1],"scalars":"====AACAPw=="}"#,
    #"{"shape":[4611686018427387904,4],"scalars":""}"#, #"{"shape":[],"scalars":""}"#,
    #"{"shape":[1]}"#,
  ])
  func `refuse texts that no tensor encodes to`(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Tensor<Float>.self, from: Data(text.utf8))
    }
  }
}
