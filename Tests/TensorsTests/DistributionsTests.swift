import Foundation
import Tensors
import TestSupport
import Testing

private func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "test", seed: seed, purpose: .noise)
}

/// A sampler of one of the fixture's distributions.
struct Sampler: Sendable, CustomTestStringConvertible {
  let name: String
  let draw: @Sendable (inout RandomStream, [Int]) -> Tensor<Double>
  var testDescription: String { name }

  static let all = [
    Sampler(name: "exponential") { $0.exponential(shape: $1) },
    Sampler(name: "laplace") { $0.laplace(shape: $1) },
    Sampler(name: "cauchy") { $0.cauchy(shape: $1) },
    Sampler(name: "logNormal 0.5 0.8") { $0.logNormal(mean: 0.5, deviation: 0.8, shape: $1) },
    Sampler(name: "truncatedNormal -2 2") { $0.truncatedNormal(in: -2...2, shape: $1) },
    Sampler(name: "truncatedNormal 1 5") { $0.truncatedNormal(in: 1...5, shape: $1) },
    Sampler(name: "gamma 0.3") { $0.gamma(0.3, shape: $1) },
    Sampler(name: "gamma 1") { $0.gamma(1, shape: $1) },
    Sampler(name: "gamma 7.5") { $0.gamma(7.5, shape: $1) },
    Sampler(name: "beta 0.5 2") { $0.beta(0.5, 2, shape: $1) },
    Sampler(name: "chiSquare 3") { $0.chiSquare(degrees: 3, shape: $1) },
    Sampler(name: "studentT 4") { $0.studentT(degrees: 4, shape: $1) },
    Sampler(name: "normal") { $0.normal(shape: $1) },
    Sampler(name: "uniform") { $0.uniform(shape: $1) },
    Sampler(name: "normal of floats") { Tensor(converting: $0.normal(shape: $1, of: Float.self)) },
    Sampler(name: "dirichlet 0.5 1 2") { stream, shape in
      let draws: Tensor<Double> = stream.dirichlet([0.5, 1, 2], count: shape.reduce(1, *))
      return draws.sliced(along: 1, 0..<1).reshaped(to: shape)
    },
  ]
}

private struct Quantiles: Decodable {
  let quantiles: [String: [Double]]

  static func of(_ name: String) throws -> [Double] {
    let url = try #require(
      Bundle.module.url(
        forResource: "distributions", withExtension: "json", subdirectory: "Fixtures"))
    let all = try JSONDecoder().decode(Quantiles.self, from: Data(contentsOf: url)).quantiles
    return try #require(all[name.replacingOccurrences(of: " of floats", with: "")])
  }
}

struct `Distributions` {
  @Test(arguments: Sampler.all)
  func `fall into each twentieth equally often`(sampler: Sampler) throws {
    let ends = try Quantiles.of(sampler.name)
    var stream = stream(11)
    let count = 20_000
    var bins = [Double](repeating: 0, count: 20)
    for number in sampler.draw(&stream, [count]).scalars {
      bins[ends.count(where: { $0 <= number })] += 1
    }
    let expected = Double(count) / 20
    let distance = bins.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    #expect(distance < 50.8, "\(bins)")  // chi-square with 19 degrees of freedom, 1e-4
  }

  @Test(arguments: Sampler.all)
  func `draw in bulk what they draw one by one`(sampler: Sampler) {
    var (bulk, single) = (stream(12), stream(12))
    _ = (bulk.nextUInt64(), single.nextUInt64())
    let numbers = sampler.draw(&bulk, [3, 67])
    #expect(numbers.scalars == (0..<201).map { _ in sampler.draw(&single, []).item })
    #expect(bulk.nextUInt64() == single.nextUInt64(), "they take as many words")
  }

  @Test func `of normal numbers and their neighbours are not correlated`() {
    var stream = stream(13)
    let count = 200_000
    for numbers in [
      stream.normal(shape: [count], of: Double.self),
      Tensor(converting: stream.normal(shape: [count], of: Float.self)),
      stream.gamma(0.5, shape: [count]) - 0.5,
    ] {
      for lag in [1, 2, 3, 8, 64] {
        let products = numbers.rows(0..<count - lag) * numbers.rows(lag..<count)
        let deviation = sqrt(square(products).mean().item / Double(count))
        #expect(Swift.abs(products.mean().item) < 5 * deviation, "lag \(lag)")
      }
    }
  }

  @Test func `of normal numbers follow the normal law everywhere`() {
    // Kolmogorov's distance times the root of the count is above 2.23 once in 10 000.
    var stream = stream(14)
    for sorted in [
      stream.normal(shape: [50_000], of: Double.self).scalars.sorted(),
      stream.normal(shape: [50_000], of: Float.self).scalars.map { Double($0) }.sorted(),
    ] {
      let chances = normalDistribution(Tensor(sorted)).scalars
      let count = Double(sorted.count)
      let distance = chances.enumerated().reduce(0.0) { worst, item in
        Swift.max(
          worst, item.element - Double(item.offset) / count,
          Double(item.offset + 1) / count - item.element)
      }
      #expect(distance * sqrt(count) < 2.23)
    }
  }

  @Test func `have tails as long as their words allow`() {
    // 2²⁴ draws: the greatest is near 5.4 and cannot be much below 5.
    var stream = stream(15)
    for _ in 0..<4 {
      let x = stream.normal(shape: [1 << 20], of: Float.self)
      #expect(x.max().item > 4.2 && x.max().item < 6.4 && x.isFinite)
      let beyond = x.isGreater(than: Tensor(3)).sum().item
      #expect(Swift.abs(beyond - 1415.5) < 190)  // 2²⁰ Φ(-3), five deviations
    }
  }

  @Test func `choose by weight`() {
    var stream = stream(16)
    let weights = [1.0, 0, 3, 4]
    var counts = [0.0, 0, 0, 0]
    for index in stream.categorical(weights: weights, count: 80_000) { counts[index] += 1 }
    #expect(counts[1] == 0)
    let distance = zip(counts, weights).reduce(0.0) {
      $1.1 == 0 ? $0 : $0 + ($1.0 - 1e4 * $1.1) * ($1.0 - 1e4 * $1.1) / (1e4 * $1.1)
    }
    #expect(distance < 18.4)  // two degrees of freedom, 1e-4
    var firsts = [0.0, 0, 0, 0]
    for _ in 0..<8000 {
      let order = stream.choice(3, weights: weights)
      #expect(Set(order) == [0, 2, 3])
      firsts[order[0]] += 1
    }
    #expect(Swift.abs(firsts[3] - 4000) < 225 && Swift.abs(firsts[0] - 1000) < 150)
  }

  @Test func `mask and count`() {
    var stream = stream(17)
    let mask = stream.dropoutMask(keep: 0.8, shape: [100_000], of: Float.self)
    #expect(Set(mask.scalars) == [0, 1.25])
    #expect(Swift.abs(mask.mean().item - 1) < 0.01)
    let poisson = Tensor(stream.poisson(mean: 3.5, count: 20_000).map { Double($0) })
    #expect(Swift.abs(poisson.mean().item - 3.5) < 0.07)
    #expect(Swift.abs(poisson.variance(along: 0, unbiased: true).item - 3.5) < 0.2)
    let binomial = Tensor(stream.binomial(trials: 10, 0.3, count: 20_000).map { Double($0) })
    #expect(Swift.abs(binomial.mean().item - 3) < 0.06)
    #expect(Swift.abs(binomial.variance(along: 0, unbiased: true).item - 2.1) < 0.11)
    let range = stream.uniform(in: -2..<3, shape: [10_000], of: Float.self)
    #expect(range.min().item >= -2 && range.max().item < 3 && range.max().item > 2.99)
  }

  @Test func `lie on the sphere`() {
    var stream = stream(18)
    let points = stream.spherePoints(2000, dimension: 3, of: Double.self)
    #expect(points.norm(along: 1).scalars.allSatisfy { Swift.abs($0 - 1) < 1e-15 })
    // Archimedes: each coordinate is uniform on -1...1.
    #expect(points.mean(along: 0).scalars.allSatisfy { Swift.abs($0) < 0.065 })
    #expect(square(points).mean(along: 0).scalars.allSatisfy { Swift.abs($0 - 1.0 / 3) < 0.034 })
  }

  @Test func `draw integers in bulk as one by one`() {
    var (bulk, single) = (stream(19), stream(19))
    let bound = Int.max / 4 * 3  // a quarter of the words is refused
    let many = bulk.integers(below: bound, count: 3000)
    #expect(many == (0..<3000).map { _ in single.integer(below: bound) })
    #expect(bulk.nextUInt64() == single.nextUInt64())
  }

  @Test func `refuse parameters without a distribution`() async {
    await #expect(processExitsWith: .failure) {
      var s = stream(1); _ = s.gamma(0)
    }
    await #expect(processExitsWith: .failure) {
      var s = stream(1)
      _ = s.categorical(weights: [0, 0], count: 1)
    }
    await #expect(processExitsWith: .failure) {
      var s = stream(1); _ = s.choice(2, weights: [1, 0])
    }
    await #expect(processExitsWith: .failure) {
      var s = stream(1)
      _ = s.bernoulli(1.5, shape: [], of: Float.self)
    }
    await #expect(processExitsWith: .failure) {
      var s = stream(1)
      _ = s.truncatedNormal(in: 50...51, shape: [], of: Float.self)
    }
  }
}
