import LinearAlgebra
import Tensors
import Testing

private func rosenbrock(_ x: Tensor<Double>) -> (value: Double, gradient: Tensor<Double>) {
  let s = x.scalars
  var (value, gradient) = (0.0, [Double](repeating: 0, count: s.count))
  for i in 0..<s.count - 1 {
    let (bend, rest) = (s[i + 1] - s[i] * s[i], 1 - s[i])
    value += 100 * bend * bend + rest * rest
    gradient[i] += -400 * bend * s[i] - 2 * rest
    gradient[i + 1] += 200 * bend
  }
  return (value, Tensor(gradient, shape: x.shape))
}

struct `Minimisation` {
  @Test(arguments: [2, 10, 40])
  func `finds Rosenbrock's minimum`(n: Int) throws {
    let found = try minimize(from: Tensor(repeating: -1.2, shape: [n]), rosenbrock)
    #expect(found.gradientSize <= 1e-8 && found.reason == .gradient)
    // From there the valley of ten and more dimensions may end in its second minimum.
    #expect(n > 2 || gap(found.point, [1, 1]) < 1e-7)
  }

  @Test func `keeps the shape of the start`() throws {
    let target = made(3, 4, 2)
    let found = try minimize(from: Tensor(zeros: [3, 4])) { x in
      let rest = x - target
      return ((rest * rest).sum().item, 2 * rest)
    }
    #expect(gap(found.point, target.scalars) < 1e-8)
    #expect(found.point.shape == [3, 4])
  }

  @Test func `solves badly conditioned quadratics`() throws {
    let scales = Tensor((0..<30).map { pow(10.0, Double($0) / 10) }, shape: [30])
    let found = try minimize(from: Tensor(repeating: 1, shape: [30])) { x in
      ((scales * x * x).sum().item / 2, scales * x)
    }
    #expect(found.gradientSize <= 1e-8)
  }

  @Test func `ends at a kink only where it may`() throws {
    func kink(_ x: Tensor<Double>) -> (value: Double, gradient: Tensor<Double>) {
      let s = x.scalars
      return (
        abs(s[0]) + 2 * abs(s[1]), Tensor([s[0] < 0 ? -1 : 1, s[1] < 0 ? -2 : 2], shape: [2])
      )
    }
    let start = Tensor([1.3, -0.7], shape: [2])
    #expect(throws: LinearAlgebraError.self) { try minimize(from: start, kink) }
    let found = try minimize(from: start, decrease: 1e-12, kink)
    #expect(found.reason == .decrease)
  }

  @Test func `says so when steps run out, and refuses a start without value`() {
    let start = Tensor(repeating: -1.2, shape: [5])
    let failure = #expect(throws: LinearAlgebraError.self) {
      try minimize(from: start, iterations: 3, rosenbrock)
    }
    guard case .notConverged("minimize", 3, let residual, 1e-8) = failure else {
      Issue.record("expected notConverged, got \(String(describing: failure))")
      return
    }
    #expect(residual > 1e-8)
    #expect(throws: LinearAlgebraError.nonFinite(operation: "minimize")) {
      try minimize(from: start) { ($0.scalars[0].squareRoot(), $0) }
    }
  }

  @Test func `walks round points without value`() throws {
    // x − log x, which is NaN below zero.
    let found = try minimize(from: Tensor([20.0])) { x in
      let s = x.scalars[0]
      return (s - log(s), Tensor([1 - 1 / s]))
    }
    #expect(abs(found.point.scalars[0] - 1) < 1e-8)
  }

  @Test func `by Newton's method takes few steps`() throws {
    // Σ exp(zᵢ·w) + ½‖w‖².
    let z = made(40, 6, 3) * 4
    func value(_ w: Tensor<Double>) -> (value: Double, gradient: Tensor<Double>) {
      let e = exp(matmul(z, w))
      return (e.sum().item + (w * w).sum().item / 2, matmul(e, z) + w)
    }
    let found = try minimizeByNewton(from: Tensor(zeros: [6]), value) { w in
      let e = exp(matmul(z, w)).reshaped(to: [40, 1])
      return matmul(z, e * z, transposingA: true) + Tensor(unit(6), shape: [6, 6])
    }
    #expect(found.gradientSize <= 1e-10 && found.iterations < 15)
    #expect(size(value(found.point).gradient - found.gradient) == 0)
    let other = try minimize(from: Tensor(zeros: [6]), tolerance: 1e-10, value)
    #expect(gap(other.point, found.point.scalars) < 1e-10)
  }

  @Test func `by Newton's method leaves a saddle`() throws {
    // (x² − 1)² + y², whose Hessian at the start is indefinite.
    let found = try minimizeByNewton(from: Tensor([0.1, 1.0])) { point in
      let (x, y) = (point.scalars[0], point.scalars[1])
      return ((x * x - 1) * (x * x - 1) + y * y, Tensor([4 * x * (x * x - 1), 2 * y]))
    } hessian: { point in
      let x = point.scalars[0]
      return Tensor([12 * x * x - 4, 0, 0, 2], shape: [2, 2])
    }
    #expect(gap(found.point, [1, 0]) < 1e-9)
  }
}
