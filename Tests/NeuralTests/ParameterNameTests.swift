import Neural
import Tensors
import Testing

private struct Block: Parameterised {
  var scale = Tensor([1.0, 2])
  var running = Tensor([0.0, 0])
  var projection: Linear<Double>?
  let sizes = [1, 2, 3]

  mutating func forEachParameter(_ body: (inout Tensor<Double>) -> Void) {
    body(&scale)
    projection.forEachParameter(body)
  }
}

private struct Net: Parameterised {
  var blocks: [Block]
  var pair = (Tensor([3.0]), 4)

  mutating func forEachParameter(_ body: (inout Tensor<Double>) -> Void) {
    blocks.forEachParameter(body)
    body(&pair.0)
  }
}

/// Visits in another order than it stores.
private struct Swapped: Parameterised {
  var first = Tensor([1.0])
  var second = Tensor([2.0])

  mutating func forEachParameter(_ body: (inout Tensor<Double>) -> Void) {
    body(&second)
    body(&first)
  }
}

/// Visits what it does not store.
private struct Made: Parameterised {
  var stored = Tensor([1.0])

  mutating func forEachParameter(_ body: (inout Tensor<Double>) -> Void) {
    var copy = stored + 1
    body(&copy)
  }
}

struct `Names of parameters` {
  private var linear: Linear<Double> { Linear(weight: Tensor(zeros: [2, 1]), bias: Tensor([0.0])) }

  @Test func `are paths of properties and indices, past optionals and unvisited tensors`() {
    let net = Net(blocks: [Block(), Block(projection: linear)])
    #expect(
      net.parameterNames == [
        "blocks.0.scale", "blocks.1.scale", "blocks.1.projection.weight",
        "blocks.1.projection.bias", "pair.0",
      ])
    #expect(net.namedParameters.map(\.tensor) == net.parameters)
    #expect(Tensor([1.0]).parameterNames == [""])
    #expect([Tensor([1.0]), Tensor([2.0])].parameterNames == ["0", "1"])
    #expect(net.parameterCounts.map(\.count) == [2, 2, 2, 1, 1])
    #expect(net.parameterCount { $0.hasPrefix("blocks.1.") } == 5)
    #expect(net.nonzeroCount == 5)
  }

  @Test func `are refused where the visit disagrees with what is stored`() async {
    await #expect(processExitsWith: .failure) { _ = Swapped().parameterNames }
    await #expect(processExitsWith: .failure) { _ = Made().parameterNames }
  }

  @Test func `choose what is trained`() {
    let net = Net(blocks: [Block()])
    let settings = ParameterGroups.training { $0.hasPrefix("blocks") }.settings(of: net)
    #expect(settings == [ParameterSettings(), .frozen])
    #expect(ParameterGroups.decayingMatrices.settings(of: linear).map(\.decayFactor) == [1, 0])
  }
}
