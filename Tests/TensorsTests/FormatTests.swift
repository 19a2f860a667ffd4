import Foundation
import Tensors
import TestSupport
import Testing

/// Roundings and products computed by other libraries; see Tests/Golden/formats.py.
private struct Fixture: Decodable {
  struct Rounded: Decodable {
    let input, float16, bfloat16, float8: [UInt32]
  }
  struct Product: Decodable {
    let mantissa, exponent, productBias, sumBias, chunk, m, k, n: Int
    let a, b, c: [UInt32]
  }
  struct HalfProduct: Decodable {
    let a, b, c: [UInt32]
  }
  let rounded: Rounded
  let products: [Product]
  let halfProduct: HalfProduct

  static func read() throws -> Fixture {
    let url = try #require(
      Bundle.module.url(forResource: "formats", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }
}

private func floats(_ bits: [UInt32]) -> [Float] { bits.map(Float.init(bitPattern:)) }

/// A magnitude rounded as the format's definition words it.
private func naive(_ x: Double, _ format: NumberFormat) -> Double {
  let size = Swift.abs(x)
  if x.isNaN || x == 0 { return x }
  if size < format.least && !format.keepsSubnormals { return x < 0 ? -0.0 : 0 }
  let power = Swift.max(size.isInfinite ? 1024 : Int(size.exponent), format.lowestExponent)
  let step = Foundation.pow(2, Double(power - format.mantissaBits))
  let towardZero = format.rounding == .towardZero
  var result =
    size.isInfinite
    ? size : (size / step).rounded(towardZero ? .towardZero : .toNearestOrEven) * step
  if result > format.greatest {
    let stays = format.saturates || towardZero && !size.isInfinite
    result = stays ? format.greatest : .infinity
  }
  return x < 0 ? -result : result
}

struct `Number formats` {
  @Test func `hold every float16, and round between neighbours to even`() {
    var numbers: [Float] = []
    var expected: [Float] = []
    for pattern in UInt16.min...UInt16.max {
      let number = Float16(bitPattern: pattern)
      let middle = Float(number) + (Float(number.nextUp) - Float(number)) / 2
      for x in [Float(number), middle, middle.nextUp, middle.nextDown] {
        numbers.append(x)
        expected.append(Float(Float16(x)))
      }
    }
    #expect(Tensor(numbers).rounded(to: .float16) == Tensor(expected))
    #expect(
      Tensor(numbers.map(Double.init)).rounded(to: .float16) == Tensor(expected.map(Double.init)))
  }

  @Test func `hold every bfloat16, and round between neighbours to even`() {
    var numbers: [Float] = []
    var expected: [Float] = []
    for pattern in UInt32(0)...0xffff {
      let below = pattern << 16
      guard !Float(bitPattern: below).isNaN else { continue }
      for rest in [UInt32(0), 1, 0x7fff, 0x8000, 0x8001, 0xffff] {
        guard !Float(bitPattern: below + rest).isNaN else { continue }
        numbers.append(Float(bitPattern: below + rest))
        // Halfway goes to the even pattern; the carry into the exponent is meant.
        let up = rest > 0x8000 || rest == 0x8000 && pattern & 1 == 1
        expected.append(Float(bitPattern: below + (up ? 0x10000 : 0)))
      }
    }
    #expect(Tensor(numbers).rounded(to: .bfloat16) == Tensor(expected))
  }

  @Test func `agree with PyTorch`() throws {
    let rounded = try Fixture.read().rounded
    let x = Tensor(floats(rounded.input))
    #expect(x.rounded(to: .float16) == Tensor(floats(rounded.float16)))
    #expect(x.rounded(to: .bfloat16) == Tensor(floats(rounded.bfloat16)))
    let float8 = NumberFormat(mantissaBits: 2, exponents: -14...15)
    #expect(x.rounded(to: float8) == Tensor(floats(rounded.float8)))
  }

  @Test(arguments: NumberFormat.Rounding.allCases, [true, false])
  func `follow their definition`(rounding: NumberFormat.Rounding, keepsSubnormals: Bool) {
    var stream = RandomStream(paper: "test", seed: 40, purpose: .data)
    let sizes: Tensor<Double> = stream.normal(shape: [20_000])
    let special: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, -.leastNormalMagnitude,
      .greatestFiniteMagnitude, 0x1p-24, 0x1.8p-8, 1, -1,
    ]
    let x = Tensor.concatenated([sizes * exp(12 * stream.normal(shape: [20_000])), Tensor(special)])
    for (mantissa, low, high) in [(1, -2, 3), (3, -6, 8), (7, -12, 3), (23, -126, 127), (10, 0, 0)]
    {
      for saturates in [true, false] {
        let format = NumberFormat(
          mantissaBits: mantissa, exponents: low...high, keepsSubnormals: keepsSubnormals,
          saturates: saturates, rounding: rounding)
        let y = x.rounded(to: format)
        #expect(y == Tensor(x.scalars.map { naive($0, format) }))
        #expect(y.rounded(to: format) == y)
        let ends = Tensor([format.greatest, format.least, -format.least, format.greatest.nextUp])
        #expect(ends.rounded(to: format) == Tensor(ends.scalars.map { naive($0, format) }))
        let single = Tensor<Float>(converting: x)
        #expect(
          single.rounded(to: format)
            == Tensor<Float>(
              converting: Tensor(single.scalars.map { naive(Double($0), format) })))
      }
    }
  }

  @Test func `round at random to the neighbours, and on average to the number`() {
    var stream = RandomStream(paper: "test", seed: 41, purpose: .data)
    let format = NumberFormat(mantissaBits: 3, exponents: -4...4)
    for x in [1.03, -1.9, 0.07, 0.003, 17.3, -0.0, 2] {
      let draws = stream.uniform(shape: [40_000], of: Double.self)
      let y = Tensor(repeating: x, shape: [40_000]).rounded(to: format, draws: draws)
      let step = Foundation.pow(2, Double(Swift.max(Swift.abs(x).exponent, -4)) - 3)
      let below = (x / step).rounded(.down) * step
      #expect(y.scalars.allSatisfy { $0 == below || $0 == below + step })
      #expect(Swift.abs(y.mean().item - x) < step * 0.012)
      // A draw of zero goes up unless the number is one of the format, one just below 1 stays.
      let up = Tensor([x]).rounded(to: format, draws: Tensor([0])).item
      #expect(Swift.abs(up) == (Swift.abs(x) / step).rounded(.up) * step)
      let down = Tensor([x]).rounded(to: format, draws: Tensor([Double(1).nextDown])).item
      #expect(Swift.abs(down) == (Swift.abs(x) / step).rounded(.down) * step)
    }
  }

  @Test func `let gradients straight through, or not at all when detached`() {
    let x = Tensor([0.3, -1.7, 100])
    let format = NumberFormat(mantissaBits: 2, exponents: -2...3)
    #expect(
      gradient(at: x) { ($0.rounded(to: format) * $0.rounded(to: format)).sum() }
        == 2 * x.rounded(to: format))
    #expect(
      gradient(at: x) { ($0 * $0.rounded(to: format).detached).sum() }
        == x.rounded(to: format))
  }

  @Test func `show the parts of a number`() {
    var stream = RandomStream(paper: "test", seed: 42, purpose: .data)
    let x = exp(30 * stream.normal(shape: [1000], of: Double.self)) * stream.normal(shape: [1000])
    let special: [Double] = [.leastNonzeroMagnitude, -.leastNormalMagnitude, 0x1p-1060, 1, -2]
    for number in x.scalars + special {
      #expect(Tensor(number).exponents().item == Double(number.exponent))
      let significand = Tensor(number).significands().item
      #expect(significand == (number < 0 ? -number.significand : number.significand))
      let single = Float(number)
      guard single != 0, single.isFinite else { continue }
      #expect(Tensor(single).exponents().item == Float(single.exponent))
      #expect(Swift.abs(Tensor(single).significands().item) == single.significand)
    }
    #expect(
      Tensor([0, -0.0, .infinity, .nan]).exponents()
        == Tensor([-.infinity, -.infinity, .infinity, .nan]))
    #expect(
      Tensor([0, -0.0, -.infinity, .nan]).significands()
        == Tensor([0, -0.0, -.infinity, .nan]))
  }

  @Test func `collapse a softmax at the logit gap of half a unit`() {
    // Of two logits, the sum of exponentials rounds to one from this gap on.
    func collapses(_ gap: Double) -> Bool {
      let e = exp(Tensor([0, -gap])).rounded(to: .float16)
      let ones = Tensor<Double>(repeating: 1, shape: [2, 1])
      let steps = RoundedSteps(product: .float16, sum: .float16)
      return roundedMatmul(e.reshaped(to: [1, 2]), ones, steps).item == 1
    }
    #expect(collapses(8) && !collapses(7))
  }
}

struct `Rounded products` {
  @Test func `agree with the steps one by one`() throws {
    for product in try Fixture.read().products {
      let a = Tensor(floats(product.a), shape: [product.m, product.k])
      let b = Tensor(floats(product.b), shape: [product.k, product.n])
      let expected = Tensor(floats(product.c), shape: [product.m, product.n])
      let steps = RoundedSteps(
        product: .accumulator(
          mantissaBits: product.mantissa, exponentBits: product.exponent,
          bias: product.productBias),
        sum: .accumulator(
          mantissaBits: product.mantissa, exponentBits: product.exponent, bias: product.sumBias),
        chunk: product.chunk)
      #expect(roundedMatmul(a, b, steps) == expected)
      let wide = roundedMatmul(Tensor<Double>(converting: a), Tensor(converting: b), steps)
      #expect(wide == Tensor(converting: expected))
    }
  }

  @Test func `agree with arithmetic in float16`() throws {
    let half = try Fixture.read().halfProduct
    let a = Tensor(floats(half.a), shape: [5, 50])
    let b = Tensor(floats(half.b), shape: [50, 19])
    let steps = RoundedSteps(product: .float16, sum: .float16)
    #expect(roundedMatmul(a, b, steps) == Tensor(floats(half.c), shape: [5, 19]))
  }

  @Test(arguments: RoundedSteps.Gradient.allCases)
  func `show a gradient the terms it names`(rule: RoundedSteps.Gradient) {
    var stream = RandomStream(paper: "test", seed: 43, purpose: .data)
    for (m, k, n, chunk) in [(3, 10, 5, 4), (1, 1, 1, 1), (6, 33, 37, 16), (2, 7, 16, 100)] {
      let a: Tensor<Double> = stream.normal(shape: [m, k]).rounded(to: .float16)
      let b: Tensor<Double> = stream.normal(shape: [k, n]).rounded(to: .float16)
      let g: Tensor<Double> = stream.normal(shape: [m, n]).rounded(to: .float16)
      let steps = RoundedSteps(
        product: .accumulator(mantissaBits: 3, exponentBits: 2, bias: 2),
        sum: .accumulator(mantissaBits: 3, exponentBits: 2, bias: 2), chunk: chunk, gradient: rule)
      let found = gradient(at: [a, b]) { (roundedMatmul($0[0], $0[1], steps) * g).sum() }
      var (left, right) = (Tensor<Double>(zeros: [m, k]), Tensor<Double>(zeros: [k, n]))
      for i in 0..<m {
        for j in 0..<n {
          for (p, seen) in Self.seen(a, b, i, j, steps).enumerated() where seen {
            left[i, p] += g[i, j] * b[p, j]
            right[p, j] += g[i, j] * a[i, p]
          }
        }
      }
      #expect(greatestDifference(found[0], left) < 1e-12)
      #expect(greatestDifference(found[1], right) < 1e-12)
    }
  }

  /// Which terms of one entry a gradient sees, by the definition.
  private static func seen(
    _ a: Tensor<Double>, _ b: Tensor<Double>, _ i: Int, _ j: Int, _ steps: RoundedSteps
  ) -> [Bool] {
    let k = a.shape[1]
    let chunk = steps.chunk ?? k
    var (own, change, joined) = ([Bool](), [Bool](), [Bool]())
    func fits(_ x: Double, _ format: NumberFormat) -> Bool {
      Swift.abs(naive(x, format)) < format.greatest || Swift.abs(x) <= format.greatest
    }
    var total = 0.0
    for start in stride(from: 0, to: k, by: chunk) {
      var sum = 0.0
      for p in start..<Swift.min(start + chunk, k) {
        let product = naive(a[i, p] * b[p, j], steps.product)
        let next = naive(product + sum, steps.sum)
        own.append(fits(a[i, p] * b[p, j], steps.product) && fits(product + sum, steps.sum))
        change.append(next != sum)
        sum = next
      }
      joined.append(fits(total + sum, steps.sum))
      total = naive(total + sum, steps.sum)
    }
    switch steps.gradient {
    case .identity: return own.map { _ in true }
    case .ownOverflow: return own
    case .change: return change
    case .laterOverflow:
      return (0..<k).map { p in
        let end = Swift.min((p / chunk + 1) * chunk, k)
        return own[p..<end].allSatisfy(\.self) && joined[(p / chunk)...].allSatisfy(\.self)
      }
    }
  }
}
