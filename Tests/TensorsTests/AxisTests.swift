import Tensors
import TestSupport
import Testing

private func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "test", seed: seed, purpose: .data)
}

/// Every index of a shape in row-major order.
private func indices(of shape: [Int]) -> [[Int]] {
  shape.reduce([[]]) { heads, count in heads.flatMap { head in (0..<count).map { head + [$0] } } }
}

/// A tensor made entry by entry.
private func made<E: Scalar>(_ shape: [Int], _ entry: ([Int]) -> E) -> Tensor<E> {
  Tensor(indices(of: shape).map(entry), shape: shape)
}

private func at<E: Scalar>(_ x: Tensor<E>, _ index: [Int]) -> E {
  x.scalars[zip(index, x.shape).reduce(0) { $0 * $1.1 + $1.0 }]
}

private func changed<T>(_ list: [T], _ position: Int, _ value: T) -> [T] {
  var list = list
  list[position] = value
  return list
}

struct `Axes` {
  @Test(arguments: 0..<60)
  func `move as their indices say`(round: Int) {
    var choices = stream(31).child(round)
    let rank = 1 + choices.integer(below: 4)
    let shape = (0..<rank).map { _ in [1, 2, 3, 5, 8, 33][choices.integer(below: rank > 3 ? 5 : 6)]
    }
    let x: Tensor<Float> = choices.normal(shape: shape)
    let order = choices.permutation(of: rank)
    #expect(
      x.permuted(order)
        == made(order.map { shape[$0] }) { index in
          at(x, (0..<rank).map { axis in index[order.firstIndex(of: axis) ?? 0] })
        })
    let axis = choices.integer(below: rank)
    let length = shape[axis]
    let start = choices.integer(below: length)
    let step = [-3, -2, -1, 1, 2, 3][choices.integer(below: 6)]
    let room = step > 0 ? (length - 1 - start) / step : start / -step
    let count = choices.integer(below: room + 2)
    #expect(
      x.sliced(along: axis, from: start, step: step, count: count)
        == made(changed(shape, axis, count)) {
          at(x, changed($0, axis, start + $0[axis] * step))
        })
    #expect(
      x.flipped(along: axis) == made(shape) { at(x, changed($0, axis, length - 1 - $0[axis])) })
    let places = choices.integer(below: 3 * length) - length
    #expect(
      x.rolled(along: axis, by: places)
        == made(shape) {
          at(x, changed($0, axis, ($0[axis] - places % length + length) % length))
        })
    let rows = choices.integers(below: length, count: choices.integer(below: 7))
    #expect(
      x.gathered(rows, along: axis)
        == made(changed(shape, axis, rows.count)) { at(x, changed($0, axis, rows[$0[axis]])) })
    let targets = choices.integers(below: 4, count: length)
    var sums = [Float](repeating: 0, count: x.count / length * 4)
    let wide = changed(shape, axis, 4)
    for index in indices(of: shape) {
      let target = changed(index, axis, targets[index[axis]])
      sums[zip(target, wide).reduce(0) { $0 * $1.1 + $1.0 }] += at(x, index)
    }
    #expect(x.scattered(targets, along: axis, of: 4) == Tensor(sums, shape: wide))
    let own = choices.integers(below: length, count: x.count)
    let taken = x.taken(own, along: axis)
    for (place, index) in indices(of: shape).enumerated() {
      #expect(taken.scalars[place] == at(x, changed(index, axis, own[place])))
    }
    let joined = Tensor.concatenated([x, taken, x], along: axis)
    #expect(joined.split(along: axis, into: [length, length, length]) == [x, taken, x])
    #expect(
      Tensor.stacked([x, taken], along: axis).sliced(along: axis, 1..<2)
        == taken.reshaped(to: Array(shape[..<axis]) + [1] + shape[axis...]))
    let twice = x.repeated(along: axis, times: 2)
    #expect(
      twice == made(changed(shape, axis, 2 * length)) { at(x, changed($0, axis, $0[axis] / 2)) })
    let tiles = changed([Int](repeating: 1, count: rank), axis, 3)
    #expect(x.tiled(tiles) == Tensor.concatenated([x, x, x], along: axis))
    #expect(
      x.cumulativeSum(along: axis).sliced(along: axis, length - 1..<length)
        == (0..<length).reduce(Tensor(zeros: changed(shape, axis, 1)) * -1) {
          $0 + x.sliced(along: axis, $1..<$1 + 1)
        })
  }

  @Test(arguments: 0..<30)
  func `are put in order`(round: Int) {
    var choices = stream(32).child(round)
    let shape = [1 + choices.integer(below: 3), 1 + choices.integer(below: 150), 1 + round % 3]
    // Few values, so that there are ties, with zeros of both signs and NaN among them.
    let values: [Double] = [
      0, -0.0, 1, -1, .nan, .infinity, -.infinity, 2, .leastNonzeroMagnitude, -3,
    ]
    let picks = choices.integers(below: values.count, count: shape.reduce(1, *))
    func check<E: Scalar>(_: E.Type) {
      let x = Tensor(picks.map { E(values[$0]) }, shape: shape)
      let ascending = x.sortedIndices(along: 1)
      let descending = x.sortedIndices(along: 1, descending: true)
      func precedes(_ a: E, _ b: E) -> Bool { b.isNaN ? !a.isNaN : a < b }
      for (o, i) in (0..<shape[0]).flatMap({ o in (0..<shape[2]).map { (o, $0) } }) {
        let list = (0..<shape[1]).map { x[o, $0, i] }
        func taken(_ all: [Int], _ count: Int) -> [Int] {
          (0..<count).map { all[(o * count + $0) * shape[2] + i] }
        }
        let up = list.indices.sorted { a, b in
          precedes(list[a], list[b]) || !precedes(list[b], list[a]) && a < b
        }
        let down = list.indices.sorted { a, b in
          precedes(list[b], list[a]) || !precedes(list[a], list[b]) && a < b
        }
        #expect(taken(ascending, shape[1]) == up)
        #expect(taken(descending, shape[1]) == down)
        for k in [1, Swift.min(3, shape[1]), shape[1]] {
          #expect(taken(x.top(k, along: 1).indices, k) == Array(down[..<k]))
          #expect(taken(x.bottom(k, along: 1).indices, k) == Array(up[..<k]))
        }
        #expect(x.argmax(along: 1)[o * shape[2] + i] == down[0])
        let first = list.firstIndex(where: \.isNaN) ?? up[0]
        #expect(x.argmin(along: 1)[o * shape[2] + i] == first)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func `sort as many as there are`() {
    var numbers = stream(33)
    for count in [0, 1, 48, 49, 5000, 20_000] {
      let x: Tensor<Float> = numbers.normal(shape: [count])
      #expect(x.sorted(along: 0).scalars == x.scalars.sorted())
      let y: Tensor<Double> = numbers.normal(shape: [count])
      #expect(y.sorted(along: 0, descending: true).scalars == y.scalars.sorted(by: >))
    }
  }

  @Test func `have ranks, quantiles and bins`() {
    let x = Tensor<Double>([3, 1, 3, .nan, 2, 1, 3])
    #expect(x.ranks(along: 0) == Tensor([5, 1.5, 5, 7, 3, 1.5, 5]))
    let y = Tensor<Double>([4, 1, 3, 2, 10, 20, 30, 40], shape: [2, 4])
    #expect(
      y.quantiles([0, 0.5, 1, 0.1], along: 1)
        == Tensor([1, 2.5, 4, 1.3, 10, 25, 40, 13], shape: [2, 4]))
    #expect(y.quantiles([0.5], along: 0) == Tensor([7, 10.5, 16.5, 21], shape: [1, 4]))
    #expect(x.histogram(edges: [1, 2, 3]) == [2, 4])
    #expect(x.histogram(edges: [0, 1, 1.5]) == [0, 2])
    let edges = Tensor<Float>([1, 2, 2, 3])
    #expect(edges.searchSorted(Tensor([0, 2, 2.5, 9, .nan])) == [0, 1, 3, 4, 4])
    #expect(edges.searchSorted(Tensor([0, 2, 2.5, 9, 3]), afterEquals: true) == [0, 3, 3, 4, 4])
  }

  @Test func `have reductions of several kinds`() {
    let x = Tensor<Double>([3, -1, 2, 5, 0, -4], shape: [2, 3])
    #expect(x.min(along: 1) == Tensor([-1, -4]) && x.min().item == -4)
    #expect(x.product(along: 1) == Tensor([-6, -0.0]))
    #expect(x.sum(over: [0, 1]).item == 5 && x.mean(over: [1], keepingAxes: true).shape == [2, 1])
    #expect(x.variance(along: 1, unbiased: true)[0] == 13.0 / 3)
    #expect(x.norm(along: 0)[0] == 34.0.squareRoot())
    #expect(Tensor<Double>(zeros: [0, 2]).product(along: 0) == Tensor([1, 1]))
    #expect(
      x.cumulativeSum(along: 1, fromTheEnd: true) == Tensor([4, 1, 2, 1, -4, -4], shape: [2, 3]))
    #expect(Tensor<Double>([1, .nan, 0]).min().item.isNaN)
    #expect(x.lowerTriangle() == Tensor([3, 0, 0, 5, 0, 0], shape: [2, 3]))
    #expect(x.upperTriangle(diagonal: 1) == Tensor([0, -1, 2, 0, 0, -4], shape: [2, 3]))
  }

  @Test func `stop what lies outside`() async {
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(zeros: [2]).permuted([1]) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [4]).sliced(along: 0, from: 3, step: 2, count: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor.concatenated([Tensor<Float>(zeros: [2, 2]), Tensor(zeros: [3, 2])], along: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2, 3]).gathered([3], along: 1)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2, 3]).scattered([0], along: 1, of: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2, 3]).taken([0, 0, 2, 0, 0, 0], along: 0)
    }
    await #expect(processExitsWith: .failure) { _ = Tensor<Float>(zeros: [2]).top(3, along: 0) }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [2]).quantiles([2], along: 0)
    }
    await #expect(processExitsWith: .failure) {
      _ = Tensor<Float>(zeros: [1]).variance(along: 0, unbiased: true)
    }
  }
}
