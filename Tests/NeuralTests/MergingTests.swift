import Neural
import Tensors
import Testing

struct `Models as vectors` {
  private let one = [Tensor([1.0, 2]), Tensor([3.0])]
  private let other = [Tensor([3.0, -2]), Tensor([5.0])]

  @Test func `are added, scaled and mixed, parameter by parameter`() {
    #expect(one.adding(other, scaledBy: 2) == [Tensor([7.0, -2]), Tensor([13.0])])
    #expect(one.subtracting(other) == [Tensor([-2.0, 4]), Tensor([-2.0])])
    #expect(one.scaled(by: -1) == [Tensor([-1.0, -2]), Tensor([-3.0])])
    #expect(one.interpolated(to: other, at: 0.5) == [Tensor([2.0, 0]), Tensor([4.0])])
    #expect(one.interpolated(to: other, at: 0) == one)
    #expect(one.interpolated(to: other, at: 1) == other)
    #expect(average(of: [one, other]) == [Tensor([2.0, 0]), Tensor([4.0])])
    #expect(average(of: [one, other], weights: [3, 1]) == [Tensor([1.5, 1]), Tensor([3.5])])
  }

  @Test func `have a barrier where the loss rises above the chord`() {
    func loss(_ x: Tensor<Double>) -> Double {
      let p = x.item
      return (1 - p * p) * (1 - p * p) + p
    }
    let found = lossBarrier(from: Tensor(-1.0), to: Tensor(1.0), intervals: 4, of: loss)
    #expect(found.path == [-1, 0.0625, 1, 1.0625, 1])
    #expect(found.barrier == 1)
    let none = lossBarrier(from: Tensor(0.0), to: Tensor(2.0)) { $0.item * $0.item }
    #expect(none.barrier == 0)
    #expect(lossBarrier(from: Tensor(0.0), to: Tensor(2.0)) { _ in .nan }.barrier.isNaN)
  }

  @Test func `of different forms stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = [Tensor([1.0])].adding([Tensor([1.0, 2])])
    }
    await #expect(processExitsWith: .failure) {
      _ = average(of: [Tensor([1.0])], weights: [1, 2])
    }
  }
}

struct Counting {
  @Test func `follows the formulas of dense layers, convolutions and attention`() {
    let dense = MultiplicationCount.dense(rows: 128, inputs: 784, outputs: 512, isFirst: true)
    #expect(dense == MultiplicationCount(forward: 51_380_224, backward: 51_380_224))
    let convolution = MultiplicationCount.convolution(
      images: 2, positions: 32 * 32, channels: 16, filters: 32, size: 9, groups: 4)
    #expect(convolution.forward == 2 * 1024 * 32 * 4 * 9)
    #expect(convolution.backward == 2 * convolution.forward)
    // A block of width d and hidden width 4 d has 12 d² weights, each used once a position.
    let block = MultiplicationCount.transformerBlock(
      sequences: 3, positions: 10, width: 8, hidden: 32)
    #expect(block.forward == 3 * (10 * 12 * 64 + 2 * 100 * 8))
    #expect(block.operations == 6 * block.forward)
    let network = dense + 2 * convolution
    #expect(network.training == dense.training + 2 * convolution.training)
    #expect(dense.sparse(density: 0.25).forward == 12_845_056)
  }
}

struct `Early stopping` {
  @Test func `waits as long as it has patience, and knows the best`() {
    var stopping = EarlyStopping(patience: 2)
    let improved = [3.0, 2, 2, 1.5, .nan, 1.6].enumerated().map { step, loss in
      #expect(!stopping.isOver)
      return stopping.isImproved(by: loss, at: step)
    }
    #expect(improved == [true, true, false, true, false, false])
    #expect(stopping.isOver && stopping.bestLoss == 1.5 && stopping.bestStep == 3)
  }

  @Test func `asks for its margin, but not of the first loss`() {
    var stopping = EarlyStopping(patience: 1, margin: 1)
    let first = stopping.isImproved(by: 10, at: 0)
    let second = stopping.isImproved(by: 9.5, at: 1)
    #expect(first && !second && stopping.isOver)
  }

  @Test func `logarithmic steps double, and end with the last`() {
    #expect(logarithmicSteps(upTo: 20) == [0, 1, 2, 4, 8, 16, 20])
    #expect(logarithmicSteps(upTo: 16) == [0, 1, 2, 4, 8, 16])
    #expect(logarithmicSteps(upTo: 8, perOctave: 2) == [0, 1, 2, 3, 4, 6, 8])
    #expect(logarithmicSteps(upTo: 0) == [0])
    #expect(logarithmicSteps(upTo: .max).count == 65)
  }
}
