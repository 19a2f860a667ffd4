import BitCorpus
import Foundation
import Tensors
import TestSupport
import Testing

/// A function of entries with its bound for `Double`, in units of the last place.
struct EntryFunction: Sendable, CustomTestStringConvertible {
  let name: String
  let bound: Double
  let double: @Sendable (Tensor<Double>) -> Tensor<Double>
  let float: @Sendable (Tensor<Float>) -> Tensor<Float>
  var testDescription: String { name }

  static let all = [
    EntryFunction(
      name: "inverseSquareRoot", bound: 2, double: { inverseSquareRoot($0) },
      float: { inverseSquareRoot($0) }),
    EntryFunction(
      name: "normalDistribution", bound: 3, double: { normalDistribution($0) },
      float: { normalDistribution($0) }),
    EntryFunction(name: "gelu", bound: 4, double: { gelu($0) }, float: { gelu($0) }),
    EntryFunction(name: "geluTanh", bound: 100, double: { geluTanh($0) }, float: { geluTanh($0) }),
    EntryFunction(name: "silu", bound: 4, double: { silu($0) }, float: { silu($0) }),
    EntryFunction(name: "logGamma", bound: 50, double: { logGamma($0) }, float: { logGamma($0) }),
    EntryFunction(name: "digamma", bound: 50, double: { digamma($0) }, float: { digamma($0) }),
    EntryFunction(name: "trigamma", bound: 13, double: { trigamma($0) }, float: { trigamma($0) }),
  ]
}

/// Values to 200 bits, rounded; made by Tests/Golden/activations.py.
private struct Golden: Decodable {
  let functions: [String: [[UInt64]]]

  static func pairs(_ name: String) throws -> [(x: Double, y: Double)] {
    let url = try #require(
      Bundle.module.url(
        forResource: "activations", withExtension: "json", subdirectory: "Fixtures"))
    let golden = try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
    return try #require(golden.functions[name]).map {
      (Double(bitPattern: $0[0]), Double(bitPattern: $0[1]))
    }
  }
}

struct `Functions of entries` {
  @Test(arguments: EntryFunction.all)
  func `stay within their bound of the exact value`(function: EntryFunction) throws {
    let pairs = try Golden.pairs(function.name)
    #expect(pairs.count >= 100)
    let values = function.double(Tensor(pairs.map(\.x))).scalars
    let floats = function.float(Tensor(pairs.map { Float($0.x) })).scalars
    for (index, (x, y)) in pairs.enumerated() {
      #expect(ulps(values[index], from: y) <= function.bound + 0.5, "\(function.name)(\(x))")
      if Double(Float(x)) == x { #expect(ulps(floats[index], from: y) <= 0.51) }
    }
  }

  @Test(arguments: EntryFunction.all)
  func `round the double for floats`(function: EntryFunction) {
    var stream = RandomStream(paper: "test", seed: 5, purpose: .data)
    let x: Tensor<Float> = stream.normal(shape: [4099]) * 3
    let y = function.double(Tensor(converting: x))
    #expect(function.float(x) == Tensor(converting: y))
  }

  @Test(arguments: Differentiable.entries)
  func `agree with finite differences`(subject: Differentiable) {
    #expect(gradientError(at: subject.point) { subject.function($0).sum() } < 1e-8)
  }

  @Test(arguments: Differentiable.entries)
  func `can be differentiated twice`(subject: Differentiable) {
    let error = gradientError(at: subject.point) { x in
      let slope = gradient(at: x) { subject.function($0).sum() }
      return (slope * slope).sum()
    }
    #expect(error < 1e-7)
  }

  @Test func `keep the special cases`() {
    let infinity = Double.infinity
    let x = Tensor<Double>([infinity, -infinity, 0, -0.0, .nan])
    #expect(gelu(x) == Tensor([infinity, -0.0, 0, -0.0, .nan]))
    #expect(geluTanh(x) == Tensor([infinity, -0.0, 0, -0.0, .nan]))
    #expect(silu(x) == Tensor([infinity, -0.0, 0, -0.0, .nan]))
    #expect(normalDistribution(x) == Tensor([1, 0, 0.5, 0.5, .nan]))
    #expect(elu(x, alpha: 2) == Tensor([infinity, -2, 0, -0.0, .nan]))
    #expect(leakyRelu(x, slope: 0.5) == Tensor([infinity, -infinity, 0, -0.0, .nan]))
    #expect(clamp(x, to: -1...1) == Tensor([1, -1, 0, -0.0, .nan]))
    #expect(sign(x) == Tensor([1, -1, 0, -0.0, .nan]))
    #expect(logGamma(x) == Tensor([infinity, .nan, infinity, infinity, .nan]))
    #expect(logGamma(Tensor([1.0, 2])).scalars.allSatisfy { Swift.abs($0) < 1e-16 })
    let halves = Tensor<Double>([0.5, 1.5, 2.5, -0.5, -1.2, 0.49999999999999994, 1e300])
    #expect(round(halves) == Tensor([0, 2, 2, -0.0, -1, 0, 1e300]))
    #expect(floor(halves) == Tensor([0, 1, 2, -1, -2, 0, 1e300]))
    let slope = gradient(at: x.rows(0..<4)) { gelu($0).sum() }
    #expect(slope == Tensor([1, 0, 0.5, 0.5]))
  }

  @Test func `compare and choose`() {
    let x = Tensor<Float>([1, 2, .nan, -0.0])
    let y = Tensor<Float>([2, 1, 1, 0])
    #expect(x.isGreater(than: y) == Tensor([0, 1, 0, 0]))
    #expect(x.isEqual(to: y) == Tensor([0, 0, 0, 1]))
    #expect(choose(where: Tensor([1, 0, -1, 0]), x, else: y) == Tensor([1, 1, .nan, 0]))
    #expect(choose(where: Tensor(1), x, else: y) == x)
    #expect(
      choose(where: Tensor([1, 0], shape: [2, 1]), x, else: Tensor(7))
        == Tensor([1, 2, .nan, -0.0, 7, 7, 7, 7], shape: [2, 4]))
    let a: Float = 1 + .ulpOfOne
    #expect(multiplyAdd(Tensor(a), Tensor(a), Tensor(-1)).item == (-1 as Float).addingProduct(a, a))
  }

  @Test func `stop where shapes do not broadcast`() async {
    await #expect(processExitsWith: .failure) {
      _ = choose(
        where: Tensor<Float>(zeros: [2]), Tensor<Float>(zeros: [3]), else: Tensor<Float>(0))
    }
    await #expect(processExitsWith: .failure) {
      _ = gradient(at: Tensor<Float>(1)) { x in
        gradient(at: x) { y in gradient(at: y) { digamma($0) } }
      }
    }
  }
}
