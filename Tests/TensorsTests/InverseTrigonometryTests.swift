import Foundation
import Tensors
import Testing

struct InverseTrigonometry {
  /// Places all over [−1, 1], dense at its ends, at zero and at ±1/2 where the formula changes.
  private static let places: [Double] = {
    let even = (-2000...2000).map { Double($0) / 2000 }
    let small = (0...300).map { Foundation.pow(10, -Double($0) / 20) }
    let ends = small.map { 1 - $0 }
    let changes = [0.5, 0.5.nextUp, 0.5.nextDown]
    return even + small + small.map { -$0 } + ends + ends.map { -$0 } + changes
      + changes.map { -$0 }
  }()

  private func worst(
    _ found: [Double], _ reference: (Double) -> Double, unit: (Double) -> Double
  ) -> Double {
    zip(Self.places, found).map { x, y in
      let expected = reference(x)
      return expected == y ? 0 : abs(y - expected) / unit(expected)
    }.max() ?? .infinity
  }

  @Test func `are within four units of libm's`() {
    let x = Tensor(Self.places)
    let sine = worst(arcsine(x).scalars, Foundation.asin) { $0.ulp }
    let cosine = worst(arccosine(x).scalars, Foundation.acos) { $0.ulp }
    #expect(sine <= 4 && cosine <= 4)
  }

  @Test func `are within four units for Float`() {
    let x = Tensor(Self.places.map { Float($0) })
    for (found, reference) in [
      (arcsine(x).scalars, { Foundation.asin($0) }),
      (arccosine(x).scalars, { Foundation.acos($0) as Double }),
    ] {
      for (x, y) in zip(x.scalars, found) {
        let expected = reference(Double(x))
        #expect(abs(Double(y) - expected) <= 4 * Double(Float(expected).ulp))
      }
    }
  }

  @Test func `are not numbers beyond one`() {
    let x = Tensor([Double(1).nextUp, -2, .nan, .infinity])
    #expect(arcsine(x).scalars.allSatisfy { $0.isNaN })
    #expect(arccosine(x).scalars.allSatisfy { $0.isNaN })
  }

  @Test func `have the derivatives of their formulas, twice`() {
    let x = Tensor([-0.9, -0.5, 0, 0.3, 0.8])
    for sign in [1.0, -1] {
      let function: (Tensor<Double>) -> Tensor<Double> =
        sign > 0 ? { arcsine($0) } : { arccosine($0) }
      let first = gradient(at: x) { function($0).sum() }
      let second = gradient(at: x) { x in gradient(at: x) { function($0).sum() }.sum() }
      for (index, x) in x.scalars.enumerated() {
        let rest = 1 - x * x
        #expect(abs(first.scalars[index] - sign / rest.squareRoot()) < 1e-14)
        #expect(abs(second.scalars[index] - sign * x / (rest * rest.squareRoot())) < 1e-13)
      }
    }
  }
}
