import Tensors
import Testing

struct `Higher derivatives` {
  private var stream = RandomStream(paper: "higher", seed: 1, purpose: .data)

  private func loss(_ m: [Tensor<Double>], _ x: Tensor<Double>) -> Tensor<Double> {
    let y = matmul(tanh(matmul(x, m[0]) + m[1]), m[2])
    return (exp(y) + y * y).mean()
  }

  private mutating func example() -> (model: [Tensor<Double>], x: Tensor<Double>) {
    (
      [[3, 4], [4], [4, 2]].map { 0.5 * stream.normal(shape: $0) },
      stream.normal(shape: [5, 3])
    )
  }

  private func expectClose(_ a: Tensor<Double>, _ b: Tensor<Double>, within bound: Double = 1e-7) {
    #expect(a.shape == b.shape)
    for (p, q) in zip(a.scalars, b.scalars) {
      #expect(Swift.abs(p - q) <= bound * (1 + Swift.abs(q)))
    }
  }

  @Test mutating func `the Hessian times a direction is the difference of gradients along it`() {
    let (model, x) = example()
    let direction = model.map { stream.normal(shape: $0.shape, of: Double.self) }
    let product = hessianVectorProduct(at: model, along: direction) { loss($0, x) }
    let step = 1e-5
    func shifted(_ scale: Double) -> Tensor<Double> {
      gradient(at: zip(model, direction).map { $0 + $1 * scale }) { loss($0, x) }.flattened
    }
    expectClose(product.flattened, (shifted(step) - shifted(-step)) / (2 * step), within: 1e-8)
  }

  @Test mutating func `the Jacobian times a direction is the derivative along it`() {
    let (model, x) = example()
    let direction = model.map { stream.normal(shape: $0.shape, of: Double.self) }
    func outputs(_ m: [Tensor<Double>]) -> Tensor<Double> {
      matmul(tanh(matmul(x, m[0]) + m[1]), m[2])
    }
    let result = jacobianVectorProduct(at: model, along: direction, of: outputs)
    let step = 1e-6
    let ahead = outputs(zip(model, direction).map { $0 + $1 * step })
    let behind = outputs(zip(model, direction).map { $0 - $1 * step })
    #expect(result.value == outputs(model))
    expectClose(result.product, (ahead - behind) / (2 * step), within: 1e-8)
  }

  @Test mutating func `a pullback gives rows of the Jacobian, as often as one likes`() {
    let (model, x) = example()
    func outputs(_ m: [Tensor<Double>]) -> Tensor<Double> {
      matmul(tanh(matmul(x, m[0]) + m[1]), m[2])
    }
    let (value, pullback) = valueWithPullback(at: model, of: outputs)
    let first: Tensor<Double> = stream.normal(shape: value.shape)
    let second: Tensor<Double> = stream.normal(shape: value.shape)
    for vector in [first, second, first] {
      #expect(
        pullback(vector).flattened == gradient(at: model) { (outputs($0) * vector).sum() }.flattened
      )
    }
  }

  @Test mutating func `a checkpointed function has the bits of the function itself`() {
    let (model, x) = example()
    let plain = valueWithGradient(at: model + [x]) { all in
      loss(Array(all.dropLast()), all[3] * all[3])
    }
    let kept = valueWithGradient(at: model + [x]) { all in
      let square = all[3] * all[3]
      return checkpointed(Array(all.dropLast()), square) { m, x in
        let y = matmul(tanh(matmul(x, m[0]) + m[1]), m[2])
        return (exp(y) + y * y).mean()
      }
    }
    #expect(plain.value == kept.value)
    #expect(plain.gradient.flattened == kept.gradient.flattened)
  }

  @Test mutating func `a checkpointed function is differentiated twice`() {
    let (model, x) = example()
    let direction = model.map { stream.normal(shape: $0.shape, of: Double.self) }
    let plain = hessianVectorProduct(at: model, along: direction) { loss($0, x) }
    let kept = hessianVectorProduct(at: model, along: direction) { model in
      checkpointed(model, x) { m, x in
        let y = matmul(tanh(matmul(x, m[0]) + m[1]), m[2])
        return (exp(y) + y * y).mean()
      }
    }
    expectClose(kept.flattened, plain.flattened, within: 1e-13)
  }

  @Test func `a derivative of one's own is used, and differentiated`() {
    // The cube of x, by a rule that says 5 x² in place of 3 x².
    func cube(_ x: Tensor<Double>) -> Tensor<Double> {
      differentiable(x * x * x, of: [x]) { g, x in [g * 5 * x[0] * x[0]] }
    }
    let x = Tensor<Double>([1, -2, 0.5])
    #expect(gradient(at: x) { cube($0).sum() } == 5 * x * x)
    #expect(gradient(at: x) { x in gradient(at: x) { cube($0).sum() }.sum() } == 10 * x)
  }

  @Test func `a straight-through value has the derivative of the identity`() {
    let x = Tensor<Double>([0.2, 1.7, -3.4])
    let sign = Tensor<Double>([1, 1, -1])
    let result = valueWithGradient(at: x) { x in
      (straightThrough(sign, to: 2 * x) * Tensor([1, 10, 100])).sum()
    }
    #expect(result.value == 1 + 10 - 100)
    #expect(result.gradient == Tensor([2, 20, 200]))
  }

  @Test mutating func `flattened parameters come back in their places`() {
    let model = example().model
    #expect(model.unflattened(model.flattened) == model)
    #expect(model.unflattened(model.flattened * 2)[1] == model[1] * 2)
  }

  @Test func `own derivatives stop when they return too few gradients, or misshapen ones`() async {
    await #expect(processExitsWith: .failure) {
      _ = gradient(at: Tensor<Double>([1, 2])) {
        differentiable($0 * 2, of: [$0]) { _, _ in [] }.sum()
      }
    }
    await #expect(processExitsWith: .failure) {
      _ = gradient(at: Tensor<Double>([1, 2])) { x in
        differentiable(x * 2, of: [x]) { g, _ in [g.sum()] }.sum()
      }
    }
  }
}
