import Foundation
import Tensors
import TestSupport
import Testing

/// A function of one number under test, for tensors of both kinds.
struct Subject: Sendable, CustomTestStringConvertible {
  let name: String
  /// The greatest error allowed for `Double`, in units of the last place.
  let bound: Double
  let double: @Sendable (Tensor<Double>) -> Tensor<Double>
  let float: @Sendable (Tensor<Float>) -> Tensor<Float>
  let single: @Sendable (Double) -> Double
  /// An independent value for `Float` arguments.
  let reference: (@Sendable (Double) -> Double)?

  var testDescription: String { name }

  static let all = [
    Subject(
      name: "exp", bound: 1, double: { exp($0) }, float: { exp($0) },
      single: { Tensors.exp($0) }, reference: { Foundation.exp($0) }),
    Subject(
      name: "expm1", bound: 1, double: { expm1($0) }, float: { expm1($0) },
      single: { Tensors.expm1($0) }, reference: { Foundation.expm1($0) }),
    Subject(
      name: "log", bound: 1, double: { log($0) }, float: { log($0) },
      single: { Tensors.log($0) }, reference: { Foundation.log($0) }),
    Subject(
      name: "log1p", bound: 1, double: { log1p($0) }, float: { log1p($0) },
      single: { Tensors.log1p($0) }, reference: { Foundation.log1p($0) }),
    Subject(
      name: "tanh", bound: 2, double: { tanh($0) }, float: { tanh($0) },
      single: { Tensors.tanh($0) }, reference: { Foundation.tanh($0) }),
    Subject(
      name: "logistic", bound: 2, double: { logistic($0) }, float: { logistic($0) },
      single: { Tensors.logistic($0) },
      reference: {
        $0 < 0
          ? Foundation.exp($0) / (1 + Foundation.exp($0)) : 1 / (1 + Foundation.exp(-$0))
      }),
    Subject(
      name: "softplus", bound: 2, double: { softplus($0) }, float: { softplus($0) },
      single: { Tensors.softplus($0) },
      reference: { Swift.max($0, 0) + Foundation.log1p(Foundation.exp(-Swift.abs($0))) }),
    Subject(
      name: "sin", bound: 1, double: { sin($0) }, float: { sin($0) },
      single: { Tensors.sin($0) }, reference: { Foundation.sin($0) }),
    Subject(
      name: "cos", bound: 1, double: { cos($0) }, float: { cos($0) },
      single: { Tensors.cos($0) }, reference: { Foundation.cos($0) }),
    Subject(
      name: "erf", bound: 1, double: { erf($0) }, float: { erf($0) },
      single: { Tensors.erf($0) }, reference: { Foundation.erf($0) }),
    Subject(
      name: "normalQuantile", bound: 4,
      double: { Tensor($0.scalars.map { normalQuantile($0) }) },
      float: { Tensor($0.scalars.map { normalQuantile($0) }) },
      single: { normalQuantile($0) }, reference: nil),
  ]
}

/// Values to 200 bits, rounded; made by Tests/Golden/functions.py.
private struct Golden: Decodable {
  let functions: [String: [[UInt64]]]
  let pow: [[UInt64]]

  static func read() throws -> Golden {
    let url = try #require(
      Bundle.module.url(forResource: "functions", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: url))
  }
}

struct `Elementary functions` {
  @Test(arguments: Subject.all)
  func `stay within their bound of the exact value`(subject: Subject) throws {
    let pairs = try #require(try Golden.read().functions[subject.name])
    #expect(pairs.count > 70)
    let x = pairs.map { Double(bitPattern: $0[0]) }
    let y = subject.double(Tensor(x)).scalars
    for (index, pair) in pairs.enumerated() {
      let error = ulps(y[index], from: Double(bitPattern: pair[1]))
      // The reference is rounded itself, by half a unit at most.
      #expect(error <= (subject.bound + 0.5).rounded(.down), "\(subject.name)(\(x[index]))")
    }
  }

  @Test func `raise to powers within a unit of the exact value`() throws {
    for triple in try Golden.read().pow {
      let (x, y) = (Double(bitPattern: triple[0]), Double(bitPattern: triple[1]))
      #expect(ulps(pow(x, y), from: Double(bitPattern: triple[2])) <= 1, "pow(\(x), \(y))")
    }
  }

  @Test(arguments: Subject.all.filter { $0.reference != nil })
  func `are correctly rounded on floats, up to a hair`(subject: Subject) throws {
    let reference = try #require(subject.reference)
    let x = (0..<(1 << 18)).map { Float(bitPattern: UInt32($0) &* 16411) }
    let y = subject.float(Tensor(x)).scalars
    var worst = (error: 0.0, at: Float(0))
    for index in x.indices {
      let exact = reference(Double(x[index]))
      let error =
        Float(exact).isFinite
        ? ulps(y[index], from: exact)
        : Float(exact) == y[index] || exact.isNaN && y[index].isNaN ? 0 : .infinity
      if error > worst.error { worst = (error, x[index]) }
    }
    #expect(worst.error <= 0.5001, "\(subject.name)(\(worst.at))")
  }

  @Test(arguments: Subject.all)
  func `give single numbers the bits of tensors`(subject: Subject) {
    var stream = RandomStream(paper: "test", seed: 1, purpose: .data)
    let x: Tensor<Double> = stream.normal(shape: [257]) * 3
    let y = subject.double(x)
    #expect(Tensor(x.scalars.map(subject.single)) == y)
  }

  @Test func `keep the IEEE special cases`() {
    let infinity = Double.infinity
    func same(_ a: Double, _ b: Double) -> Bool { Tensor(a) == Tensor(b) }
    #expect(same(exp(-infinity), 0) && same(exp(infinity), infinity) && exp(Double.nan).isNaN)
    #expect(same(exp(710.0), infinity) && exp(-745.0) > 0 && same(exp(-746.0), 0))
    #expect(same(expm1(-0.0), -0.0) && same(expm1(-infinity), -1))
    #expect(
      same(expm1(infinity), infinity) && same(expm1(.leastNonzeroMagnitude), .leastNonzeroMagnitude)
    )
    #expect(same(log(0.0), -infinity) && log(-1.0).isNaN && same(log(infinity), infinity))
    #expect(same(log(1.0), 0) && same(log1p(-1.0), -infinity) && log1p(-1.5).isNaN)
    #expect(same(log1p(-0.0), -0.0) && same(log1p(infinity), infinity))
    #expect(same(tanh(-infinity), -1) && same(tanh(-0.0), -0.0) && tanh(Double.nan).isNaN)
    #expect(same(logistic(-infinity), 0) && same(logistic(infinity), 1))
    #expect(same(softplus(-infinity), 0) && same(softplus(infinity), infinity))
    #expect(same(sin(-0.0), -0.0) && sin(infinity).isNaN && cos(-infinity).isNaN)
    #expect(same(erf(infinity), 1) && same(erf(-0.0), -0.0) && erf(Double.nan).isNaN)
    #expect(same(normalQuantile(0.0), -infinity) && same(normalQuantile(1.0), infinity))
    #expect(normalQuantile(-0.1).isNaN && same(normalQuantile(0.5), 0))
    #expect(same(sqrt(-0.0), -0.0) && sqrt(-1.0).isNaN)
  }

  @Test func `raise special numbers as the C standard says`() {
    let special: [Double] = [
      0, -0.0, 1, -1, 2, -2, 3, -3, 0.5, -0.5, 1.5, .infinity, -.infinity, .nan, 1e308, -1e308,
      .leastNonzeroMagnitude, -.leastNonzeroMagnitude, 0x1p53, 0x1p52 + 1, -0x1p53,
      0x1.fffffffffffffp52, 1 + 0x1p-52, 1e-300,
    ]
    for x in special {
      for y in special {
        let (ours, theirs) = (pow(x, y), Foundation.pow(x, y))
        #expect(Tensor(ours) == Tensor(theirs) || ulps(ours, from: theirs) <= 1, "pow(\(x), \(y))")
      }
    }
  }
}
