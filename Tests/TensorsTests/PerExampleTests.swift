import Tensors
import Testing

struct `Per-example gradients` {
  private var stream = RandomStream(paper: "per-example", seed: 1, purpose: .data)

  // The gradients of each example alone, by a loop.
  private func looped<M: Parameterised>(
    _ n: Int, at model: M, _ loss: (M, Int) -> Tensor<M.Number>
  ) -> [Tensor<M.Number>] {
    let each = (0..<n).map { example in gradient(at: model) { loss($0, example) }.parameters }
    return model.parameters.indices.map { index in
      Tensor.concatenated(each.map { $0[index].reshaped(to: [1] + $0[index].shape) })
    }
  }

  private func close(_ a: [Tensor<Double>], _ b: [Tensor<Double>]) -> Bool {
    zip(a, b).allSatisfy { x, y in
      x.shape == y.shape
        && zip(x.scalars, y.scalars).allSatisfy {
          Swift.abs($0 - $1) <= 1e-12 * (1 + Swift.abs($1))
        }
    }
  }

  @Test mutating func `of a perceptron are those of a loop over the examples`() {
    let n = 7
    let x: Tensor<Double> = stream.normal(shape: [n, 5])
    let labels = (0..<n).map { $0 % 3 }
    let model: [Tensor<Double>] = [[5, 4], [4], [4, 3], [3]].map { stream.normal(shape: $0) }
    func losses(_ m: [Tensor<Double>], _ x: Tensor<Double>, _ labels: [Int]) -> Tensor<Double> {
      crossEntropies(logits: matmul(relu(matmul(x, m[0]) + m[1]), m[2]) + m[3], labels: labels)
    }
    let result = perExampleGradients(at: model) { losses($0, x, labels) }
    let expected = looped(n, at: model) { losses($0, x.rows($1..<$1 + 1), [labels[$1]]).sum() }
    #expect(result.values == losses(model, x, labels))
    #expect(close(result.gradients, expected))
  }

  @Test mutating func `of a convolution, a scale and a table are those of a loop`() {
    let n = 4
    let x: Tensor<Double> = stream.normal(shape: [n, 2, 5, 5])
    let words = (0..<n * 3).map { _ in stream.integer(below: 6) }
    let model: [Tensor<Double>] = [[3, 2, 3, 3], [1, 3, 1, 1], [6, 9]].map {
      stream.normal(shape: $0)
    }
    func losses(_ m: [Tensor<Double>], _ x: Tensor<Double>, _ words: [Int]) -> Tensor<Double> {
      let count = x.shape[0]
      let image = tanh(convolution(x, m[0])) * m[1]
      let text = m[2].gathered(rows: words).reshaped(to: [count, 27])
      let both = image.reshaped(to: [count, 27]) * text
      return (both * both).sum(along: 1)
    }
    let result = perExampleGradients(at: model) { losses($0, x, words) }
    let expected = looped(n, at: model) { m, i in
      losses(m, x.rows(i..<i + 1), Array(words[i * 3..<i * 3 + 3])).sum()
    }
    #expect(close(result.gradients, expected))
  }

  @Test mutating func `past pooling, attention and activations are those of a loop`() {
    let n = 3
    let x: Tensor<Double> = stream.normal(shape: [n, 2, 8, 8])
    let model: [Tensor<Double>] = [[4, 2, 3, 3], [4, 5], [5]].map { stream.normal(shape: $0) }
    func losses(_ m: [Tensor<Double>], _ x: Tensor<Double>) -> Tensor<Double> {
      let pooled = maximumPooling(gelu(convolution(x, m[0])), Window(2))
      let blurred = averagePooling(silu(pooled), Window(2, stride: 1))
      let words = blurred.reshaped(to: [x.shape[0], 4, 4]).permuted([0, 2, 1])
      let scores = softmax(matmul(words, words, transposingB: true))
      let mixed = choose(where: scores.isGreater(than: Tensor(0.2)), scores, else: scores * 0.5)
      let seen = matmul(mixed, words).reshaped(to: [x.shape[0] * 4, 4])
      let read = square(elu(leakyRelu(matmul(seen, m[1]) + m[2])))
      return read.reshaped(to: [x.shape[0], 20]).sum(along: 1)
    }
    let result = perExampleGradients(at: model) { losses($0, x) }
    let expected = looped(n, at: model) { losses($0, x.rows($1..<$1 + 1)).sum() }
    #expect(close(result.gradients, expected))
  }

  @Test mutating func `of weights used twice are the sums of both uses`() {
    let x: Tensor<Double> = stream.normal(shape: [3, 4])
    let w: Tensor<Double> = stream.normal(shape: [4, 4])
    func losses(_ w: Tensor<Double>, _ x: Tensor<Double>) -> Tensor<Double> {
      let y = matmul(tanh(matmul(x, w)), w, transposingB: true)
      return (y * y).sum(along: 1)
    }
    let result = perExampleGradients(at: w) { losses($0, x) }
    let expected = looped(3, at: w) { losses($0, x.rows($1..<$1 + 1)).sum() }
    #expect(close(result.gradients, expected))
  }

  @Test func `of a parameter that no loss depends on are zeros`() {
    let model = [Tensor<Double>([1, 2]), Tensor<Double>([3])]
    let x = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [3, 2])
    let result = perExampleGradients(at: model) { (x * $0[0]).sum(along: 1) }
    #expect(result.gradients[0] == x)
    #expect(result.gradients[1] == Tensor(zeros: [3, 1]))
  }

  @Test func `stop where examples are mixed`() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor<Double>([1, 2, 3, 4], shape: [2, 2])
      _ = perExampleGradients(at: Tensor<Double>([1, 2])) { w in
        let y = x * w
        return (y - y.sum(along: 0)).sum(along: 1)
      }
    }
  }

  @Test func `stop where a parameter is changed before it meets the examples`() async {
    await #expect(processExitsWith: .failure) {
      let x = Tensor<Double>([1, 2, 3, 4], shape: [2, 2])
      _ = perExampleGradients(at: Tensor<Double>([1, 2])) { (x * exp($0)).sum(along: 1) }
    }
  }
}
