import Tensors
import TestSupport
import Testing

private func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "test", seed: seed, purpose: .data)
}

/// The tensor as lists along an axis, one after another.
private func lists<E: Scalar>(_ x: Tensor<E>, along axis: Int) -> [[E]] {
  let inner = x.shape[(axis + 1)...].reduce(1, *)
  let length = x.shape[axis]
  let entries = x.scalars
  return (0..<x.count / length).map { list in
    let start = list / inner * length * inner + list % inner
    return (0..<length).map { entries[start + $0 * inner] }
  }
}

/// Random shapes of rank 3, small and long.
private let shapes: [[Int]] = {
  var sizes = stream(21)
  return (0..<40).map { _ in
    (0..<3).map { _ in [1, 2, 3, 7, 16, 17, 40][sizes.integer(below: 7)] }
  } + [[2, 5003, 1], [1, 9000, 3]]
}()

struct `Rows` {
  @Test(arguments: shapes)
  func `have the softmax of their numbers along any axis`(shape: [Int]) {
    var numbers = stream(22)
    let x: Tensor<Double> = 5 * numbers.normal(shape: shape)
    let floats = Tensor<Float>(converting: x)
    for axis in 0..<3 {
      let soft = lists(softmax(x, along: axis), along: axis)
      let logs = lists(logSoftmax(x, along: axis), along: axis)
      let sums = logSumExp(x, along: axis).scalars
      let floatSoft = lists(softmax(floats, along: axis), along: axis)
      let floatLogs = lists(logSoftmax(floats, along: axis), along: axis)
      for (index, list) in lists(x, along: axis).enumerated() {
        let top = list.max() ?? 0
        let total = list.reduce(0) { $0 + exp($1 - top) }
        for (k, number) in list.enumerated() {
          let expected = exp(number - top) / total
          #expect(Swift.abs(soft[index][k] - expected) < 4e-15 * expected)
          #expect(Swift.abs(logs[index][k] - log(expected)) < 1e-14)
          #expect(Swift.abs(Double(floatSoft[index][k]) - expected) < 4e-6 * expected + 1e-37)
          #expect(Swift.abs(Double(floatLogs[index][k]) - log(expected)) < 1e-5)
        }
        #expect(Swift.abs(sums[index] - top - log(total)) < 1e-14)
      }
    }
  }

  @Test(arguments: shapes)
  func `are normalised by their mean and deviation`(shape: [Int]) {
    var numbers = stream(23)
    let x: Tensor<Double> = numbers.normal(shape: shape) + 3
    let scale: Tensor<Double> = numbers.normal(shape: [shape[2]])
    let offset: Tensor<Double> = numbers.normal(shape: [shape[2]])
    let expected = lists(x, along: 2).flatMap { list -> [Double] in
      let mean = list.reduce(0, +) / Double(list.count)
      let variance = list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(list.count)
      return list.indices.map {
        (list[$0] - mean) / (variance + 1e-5).squareRoot() * scale.scalars[$0] + offset.scalars[$0]
      }
    }
    let y = layerNorm(x, scale: scale, offset: offset)
    #expect(greatestDifference(y, Tensor(expected, shape: shape)) < 1e-11)
    let floats = layerNorm(
      Tensor<Float>(converting: x), scale: Tensor(converting: scale),
      offset: Tensor(converting: offset))
    #expect(greatestDifference(Tensor<Double>(converting: floats), y) < 1e-2)
    let root = x / sqrt(square(x).mean(along: 2, keepingAxis: true) + 1e-5)
    #expect(greatestDifference(rmsNorm(x), root) < 1e-14)
    let moved = x.permuted([0, 2, 1])
    let grouped = groupNorm(moved, groups: 1)
    let flat = layerNorm(moved.reshaped(to: [shape[0], shape[1] * shape[2]]))
    #expect(grouped == flat.reshaped(to: moved.shape))
  }

  @Test(arguments: shapes + [[300, 5, 16], [70, 20, 64], [5000, 40, 1]])
  func `have the moments of a channel's list, to the bit`(shape: [Int]) {
    func check<E: Scalar>(_: E.Type) {
      var numbers = stream(24)
      let x: Tensor<E> = numbers.normal(shape: shape) + 1
      let (output, mean, variance) = batchNorm(x)
      let list = x.permuted([1, 0, 2]).reshaped(to: [shape[1], shape[0] * shape[2]])
      #expect(mean == list.mean(along: 1))
      #expect(variance == list.variance(along: 1, unbiased: false))
      let column = [shape[1], 1]
      let expected =
        (x - mean.reshaped(to: column))
        * (1 / sqrt(variance + E(1e-5))).reshaped(to: column)
      #expect(output == expected)
      #expect(batchNorm(x, rectified: true).output == relu(expected))
      if shape[2] == 1 {
        let flat = batchNorm(x.reshaped(to: [shape[0], shape[1]]))
        #expect(flat.output.reshaped(to: shape) == output)
      }
      let evaluated = batchNorm(x, mean: mean, variance: variance)
      #expect(greatestDifference(evaluated, output) < (E.self == Float.self ? 1e-4 : 1e-13))
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func `have fused sums of squares`() {
    var numbers = stream(25)
    let x: Tensor<Double> = numbers.normal(shape: [100])
    var parts = [Double](repeating: 0, count: 16)
    for (index, number) in x.scalars.enumerated() {
      parts[index % 16].addProduct(number, number)
    }
    for half in [8, 4, 2, 1] { for index in 0..<half { parts[index] += parts[index + half] } }
    #expect(x.sumOfSquares().item == parts[0])
    let long: Tensor<Double> = numbers.normal(shape: [40_000])
    #expect(
      Swift.abs(long.sumOfSquares().item - square(long).sum().item) < 1e-9)
  }

  @Test func `keep to soft targets that are zero`() {
    let logits = Tensor<Double>([-Double.infinity, 1, 2], shape: [1, 3])
    let targets = Tensor<Double>([0, 0.25, 0.75], shape: [1, 3])
    let loss = crossEntropies(logits: logits, targets: targets).item
    #expect(Swift.abs(loss - (log(exp(1.0) + exp(2.0)) - 1.75)) < 1e-15)
    let hard = Tensor<Double>(oneHot: [2, 0], classes: 3)
    let x = Tensor<Double>([1, 2, 3, -1, 0, 4], shape: [2, 3])
    let difference = greatestDifference(
      crossEntropies(logits: x, targets: hard), crossEntropies(logits: x, labels: [2, 0]))
    #expect(difference < 1e-15)
  }

  @Test func `spread NaN and infinities over their own row alone`() {
    let x = Tensor<Float>(
      [1, .nan, 2, 0, .infinity, 1, -.infinity, 0, 0, -.infinity, -.infinity, -.infinity],
      shape: [4, 3])
    let y = softmax(x)
    for row in [0, 1, 3] {
      #expect(y.rows(row..<row + 1).scalars.allSatisfy { $0.isNaN })
    }
    #expect(y.rows(2..<3).scalars == [0, 0.5, 0.5])
    #expect(layerNorm(x).rows(0..<1).scalars.allSatisfy { $0.isNaN })
    #expect(layerNorm(Tensor<Float>([2, 2], shape: [1, 2])).scalars == [0, 0])
    let tiny = Tensor<Float>([0, -200, -87, -90], shape: [1, 4])
    #expect(softmax(tiny)[0, 1] == 0 && softmax(tiny)[0, 3] == 0 && softmax(tiny)[0, 2] > 0)
    #expect(softmax(Tensor<Double>(zeros: [0, 3])).shape == [0, 3])
  }

  @Test func `stop where shapes do not fit`() async {
    await #expect(processExitsWith: .failure) { _ = softmax(Tensor<Float>(zeros: [2, 0])) }
    await #expect(processExitsWith: .failure) { _ = softmax(Tensor<Float>(zeros: [2]), along: 1) }
    await #expect(processExitsWith: .failure) {
      _ = crossEntropies(logits: Tensor<Float>(zeros: [2, 3]), targets: Tensor(zeros: [3, 2]))
    }
    await #expect(processExitsWith: .failure) {
      _ = layerNorm(Tensor<Float>(zeros: [2, 3]), scale: Tensor(zeros: [2]))
    }
    await #expect(processExitsWith: .failure) {
      _ = groupNorm(Tensor<Float>(zeros: [2, 3, 4]), groups: 2)
    }
    await #expect(processExitsWith: .failure) { _ = batchNorm(Tensor<Float>(zeros: [3])) }
    await #expect(processExitsWith: .failure) {
      _ = batchNorm(
        Tensor<Float>(zeros: [2, 3]), mean: Tensor(zeros: [2]), variance: Tensor(zeros: [3]))
    }
  }
}
