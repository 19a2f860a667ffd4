import Neural
import Tensors
import Testing

/// A layer's function of its parameters, in the order of its visit, and its input.
private typealias LayerFunction = ([Tensor<Double>], Tensor<Double>) -> Tensor<Double>

private func applied<Layer: Parameterised>(
  _ layer: Layer, _ function: @escaping (Layer, Tensor<Double>) -> Tensor<Double>
) -> LayerFunction where Layer.Number == Double {
  { parameters, x in function(layer.replacingParameters(parameters), x) }
}

private func stream() -> RandomStream {
  RandomStream(paper: "neural-tests", seed: 4, purpose: .initialisation)
}

private func convolution(
  _ inputs: Int, _ outputs: Int, _ size: Extent, _ geometry: Convolution, biased: Bool = true
) -> ConvolutionLayer<Double> {
  var stream = stream()
  return ConvolutionLayer(
    inputs: inputs, outputs: outputs, size: size, geometry: geometry, biased: biased,
    using: &stream)
}

private func attention(
  heads: Int = 2, norms: Bool = false, rotary: Bool = false
) -> MultiHeadAttention<Double> {
  var stream = stream()
  return MultiHeadAttention(
    width: 8, heads: heads, normalisesQueries: norms,
    rotary: rotary ? RotaryEmbedding(width: 8 / heads, longest: 9) : nil, using: &stream)
}

private func block(
  _ kind: FeedForward<Double>.Kind, norm: LayerNorm<Double> = LayerNorm(width: 8),
  rotary: Bool = false, normsFirst: Bool = true
) -> TransformerBlock<Double> {
  var stream = stream()
  return TransformerBlock(
    attention: attention(rotary: rotary),
    feedForward: FeedForward(width: 8, hidden: 12, kind: kind, using: &stream), norm: norm,
    normsFirst: normsFirst)
}

private func bags(
  _ pooling: EmbeddingBag<Double>.Pooling, weights: [[Double]]? = nil
) -> LayerFunction {
  applied(EmbeddingBag(Embedding(table: Tensor(zeros: [5, 4])), pooling: pooling)) { layer, _ in
    layer([[1, 4, 4], [], [0, 2]], weights: weights)
  }
}

private func sets(_ pooling: SetPooling) -> LayerFunction {
  var stream = stream()
  let network = DeepSets<Double>(
    members: MultilayerPerceptron(widths: [4, 6, 5], using: &stream),
    whole: MultilayerPerceptron(widths: [5, 4, 2], using: &stream), pooling: pooling)
  return applied(network) { $0($1, present: Tensor([1, 1, 0, 0, 1, 1], shape: [2, 3])) }
}

private func functions() -> [String: LayerFunction] {
  var stream = stream()
  let linear = Linear<Double>(inputs: 4, outputs: 5, using: &stream)
  let wide = Linear<Double>(inputs: 8, outputs: 5, using: &stream)
  var norm = BatchNorm<Double>(channels: 3)
  norm.mean = Reference.made([3], 90)
  norm.variance = Reference.made([3], 91, reach: 1, centre: 2)
  let transposed = TransposedConvolutionLayer<Double>(
    inputs: 4, outputs: 6, size: 3, geometry: Convolution(stride: 2, padding: 1, groups: 2),
    excess: 1, using: &stream)
  let padding: Tensor<Double> = paddingMask(lengths: [3, 5], longest: 5)
  let memory: Tensor<Double> = Reference.made([2, 3, 8], 96)
  let weights: Tensor<Double> = Reference.made([5], 95)
  let dilated = Convolution(
    padding: Margins(top: 2, bottom: 2, left: 1, right: 1), dilation: 2)
  return [
    "linear": applied(linear) { $0($1) },
    "linear of sequences": applied(wide) { $0($1) },
    "convolution": applied(
      convolution(4, 6, 3, Convolution(stride: 2, padding: 1, groups: 2))
    ) { $0($1) },
    "dilated convolution": applied(
      convolution(3, 4, Extent(rows: 3, columns: 2), dilated, biased: false)
    ) { $0($1) },
    "depthwise convolution": applied(
      convolution(3, 6, 3, Convolution(padding: 1, groups: 3))
    ) { $0($1) },
    "transposed convolution": applied(transposed) { $0($1) },
    "batch norm, training": applied(norm) { $0.training($1).output },
    "batch norm, evaluation": applied(norm) { $0($1) },
    "layer norm": applied(LayerNorm(width: 8)) { $0($1) },
    "root-mean-square norm": applied(LayerNorm.rms(width: 8)) { $0($1) },
    "group norm": applied(GroupNorm(groups: 3, channels: 6)) { $0($1) },
    "embedding": applied(Embedding(table: Tensor(zeros: [5, 4]))) { layer, _ in
      layer([1, 4, 4, 0, 2])
    },
    "tied head": applied(Embedding(table: Tensor(zeros: [7, 4]))) { $0.logits($1) },
    "bags, sum": bags(.sum),
    "bags, weighted": bags(
      .sum, weights: [Array(weights.scalars[..<3]), [], Array(weights.scalars[3...])]),
    "bags, mean": bags(.mean),
    "attention": applied(attention()) { $0($1) },
    "causal attention": applied(attention()) { $0($1, isCausal: true) },
    "long causal attention": applied(attention()) { $0($1, isCausal: true) },
    "padded attention": applied(attention(heads: 4)) { $0($1, mask: padding) },
    "attention with norms and rotations": applied(attention(norms: true, rotary: true)) {
      $0($1, isCausal: true)
    },
    "attention to another sequence": applied(attention()) { $0($1, attendingTo: memory) },
    "block": applied(block(.gelu)) { $0($1, isCausal: true) },
    "block, norms last": applied(block(.relu, normsFirst: false)) { $0($1) },
    "block of LLaMA": applied(block(.swiGLU, norm: .rms(width: 8), rotary: true)) {
      $0($1, isCausal: true)
    },
    "deep sets, sum": sets(.sum), "deep sets, mean": sets(.mean), "deep sets, max": sets(.max),
  ]
}

struct `Layers beside PyTorch` {
  @Test func `have its outputs and gradients`() throws {
    let cases: [Reference.Layer] = try Reference.load("reference-layers")
    let functions = functions()
    #expect(Set(cases.map(\.name)) == Set(functions.keys))
    for one in cases {
      guard let function = functions[one.name] else { continue }
      let parameters = Reference.parameters(one.parameters, of: Double.self)
      let x = one.input.map { Reference.made($0, 70, of: Double.self) } ?? Tensor(0)
      let output = function(parameters, x)
      #expect(one.output.difference(from: output) < 1e-9, "\(one.name)")
      let weights: Tensor<Double> = Reference.made(output.shape, 80)
      let slopes = gradient(at: parameters + [x]) { inputs in
        (function(Array(inputs.dropLast()), inputs[inputs.count - 1]) * weights).sum()
      }
      for (index, expected) in one.gradients.enumerated() {
        #expect(expected.difference(from: slopes[index]) < 1e-8, "\(one.name), parameter \(index)")
      }
      if let expected = one.inputGradient {
        #expect(expected.difference(from: slopes[slopes.count - 1]) < 1e-8, "\(one.name), input")
      }
    }
  }
}
