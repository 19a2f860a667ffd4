import LinearAlgebra
import Neural
import Tensors

extension Corpus {
  /// Layers, parametrisations, and a few steps of training of the networks.
  mutating func addNetworks() {
    section("initialisers") { corpus in
      corpus.addInitialisers(Float.self)
      corpus.addInitialisers(Double.self)
    }
    section("attention") { corpus in
      corpus.addAttention(Float.self)
      corpus.addAttention(Double.self)
    }
    section("layers") { corpus in
      corpus.addLayers(Float.self)
      corpus.addLayers(Double.self)
    }
    section("parametrisations") { $0.addParametrisations() }
    section("training of residual and plain networks") { $0.addImageNetworks() }
    section("training of transformers") { $0.addTransformers() }
  }

  private func stream(_ seed: UInt64) -> RandomStream {
    RandomStream(paper: "corpus", seed: seed, purpose: .initialisation)
  }

  private mutating func addInitialisers<E: Scalar>(_: E.Type) {
    var stream = stream(31)
    let laws: [Initialiser] = [
      .kaimingNormal(fan: .output), .kaimingUniform(), .xavierUniform(), .inverseRootUniform,
      .normal(deviation: 0.02), .truncatedNormal(deviation: 0.02), .orthogonal(),
    ]
    for law in laws {
      add(law.weights(inputs: 7, outputs: 5, using: &stream) as Tensor<E>)
      add(law.filters([4, 3, 3, 3], using: &stream) as Tensor<E>)
    }
    for width in WidthParametrisation.allCases {
      let layer: Projection<E> = width.projection(
        inputs: 8, outputs: 3, role: .readout, using: &stream)
      add(layer(Tensor(repeating: 1, shape: [1, 8])))
    }
  }

  private mutating func addAttention<E: Scalar>(_: E.Type) {
    var stream = stream(32)
    for (length, heads, isCausal) in [(5, 1, false), (37, 3, true), (70, 2, true)] {
      let x: Tensor<E> = stream.normal(shape: [3, length, 3 * 12])
      let g: Tensor<E> = stream.normal(shape: [3, length, 12])
      let (y, pullback) = valueWithPullback(at: x) {
        selfAttention($0, heads: heads, isCausal: isCausal)
      }
      add(y)
      add(pullback(g))
    }
    let x: Tensor<E> = stream.normal(shape: [2, 6, 8])
    add(RotaryEmbedding(width: 4, longest: 6)(x, heads: 2))
    add(attention(x, x, x, heads: 4, mask: paddingMask(lengths: [3, 6], longest: 6)))
    add(gradient(at: x) { gelu($0).sum() })
  }

  /// Outputs, and the gradient of everything stored.
  private mutating func addLayer<Layer: Parameterised>(
    _ layer: Layer, _ function: (Layer) -> Tensor<Layer.Number>
  ) {
    let (y, pullback) = valueWithPullback(at: layer, of: function)
    add(y)
    var stream = stream(33)
    add(pullback(stream.normal(shape: y.shape)).flattened)
  }

  private mutating func addLayers<E: Scalar>(_: E.Type) {
    var stream = stream(34)
    let images: Tensor<E> = stream.normal(shape: [3, 4, 7, 6])
    let rows: Tensor<E> = stream.normal(shape: [2, 9, 8])
    addLayer(
      ConvolutionLayer<E>(
        inputs: 4, outputs: 6, size: 3,
        geometry: Convolution(stride: 2, padding: 1, dilation: 2, groups: 2), using: &stream)
    ) { $0(images) }
    addLayer(
      TransposedConvolutionLayer<E>(
        inputs: 4, outputs: 6, size: 3, geometry: Convolution(stride: 2, padding: 1, groups: 2),
        excess: 1, using: &stream)
    ) { $0(images) }
    var norm = BatchNorm<E>(channels: 4)
    addLayer(norm) { $0.training(images, rectified: true).output }
    norm.absorb(norm.training(images).statistics)
    addLayer(norm) { $0(images) }
    addLayer(GroupNorm<E>(groups: 2, channels: 4)) { $0(images) }
    addLayer(LayerNorm<E>(width: 8)) { $0(rows) }
    addLayer(LayerNorm<E>.rms(width: 8)) { $0(rows) }
    let table = Embedding<E>(count: 6, width: 8, using: &stream)
    addLayer(EmbeddingBag(table)) { $0([[1, 4, 4], [], [0, 2]]) }
    addLayer(table) { $0.logits(rows) }
    for kind in FeedForward<E>.Kind.allCases {
      addLayer(FeedForward<E>(width: 8, hidden: 12, kind: kind, using: &stream)) { $0(rows) }
    }
    for pooling in SetPooling.allCases { add(pooling(rows)) }
    add(dropout(rows, probability: 0.3, using: &stream))
    add(channelDropout(images, probability: 0.3, using: &stream))
  }

  private mutating func addParametrisations() {
    var stream = stream(35)
    let v: Tensor<Double> = stream.normal(shape: [6, 6])
    let sparse = SparseParameter<Double>(inputs: 6, outputs: 6, share: 0.3, using: &stream)
    addLayer(MaskedParameter(v, mask: v.isGreater(than: Tensor(0)))) { $0.value }
    addLayer(LowRankParameter(rank: 2, rest: sparse, using: &stream)) { $0.value }
    addLayer(OrthogonalParameter(v)) { $0.value }
    addLayer(QuantisedParameter(v, bits: 4, channels: 1)) { $0.value }
    for map in CompandedParameter<Double>.Map.allCases {
      addLayer(CompandedParameter(v, map: map, reach: 1, width: 0.5, trainsMap: true)) { $0.value }
    }
  }

  private mutating func addTraining<Model: Parameterised>(
    _ start: Model, steps: Int = 3, _ loss: (Model) -> Tensor<Float>
  ) -> Model where Model.Number == Float {
    var model = start
    var optimizer = SGD<Model>(learningRate: 0.05, momentum: 0.9)
    for _ in 0..<steps { optimizer.update(&model, along: gradient(at: model, of: loss)) }
    add(model.flattened)
    return model
  }

  private mutating func addImageNetworks() {
    var stream = stream(36)
    let x: Tensor<Float> = stream.normal(shape: [6, 3, 16, 16])
    let labels = (0..<6).map { $0 % 5 }
    for normsFirst in [false, true] {
      let start = ResidualNetwork<Float>.resNet18(
        width: 4, classes: 5, normsFirst: normsFirst, using: &stream)
      var statistics: [BatchStatistics<Float>] = []
      var model = addTraining(start) {
        statistics = []
        return softmaxCrossEntropy(logits: $0(x, gathering: &statistics), labels: labels)
      }
      model.absorb(statistics)
      add(model(x))
    }
    let start = VGG<Float>(stages: [[4, 4], [8]], classes: 5, using: &stream)
    _ = addTraining(start) {
      var statistics: [BatchStatistics<Float>] = []
      return softmaxCrossEntropy(logits: $0(x, gathering: &statistics), labels: labels)
    }
  }

  private mutating func addTransformers() {
    var stream = stream(37)
    var form = GPT<Float>.Form(vocabulary: 9, context: 40, width: 16, depth: 2, heads: 2)
    let tokens = (0..<80).map { $0 * $0 % 9 }
    let following = (0..<80).map { ($0 + 1) * ($0 + 1) % 9 }
    for isRotary in [false, true] {
      (form.isRotary, form.normalisesQueries, form.tiesHead) = (isRotary, isRotary, !isRotary)
      form.feedForward = isRotary ? .swiGLU : .gelu
      form.centresNorms = !isRotary
      _ = addTraining(GPT<Float>(form, using: &stream)) {
        softmaxCrossEntropy(logits: $0(tokens, length: 40), labels: following)
      }
    }
    let x: Tensor<Float> = stream.normal(shape: [6, 3, 32, 32])
    let vision = VisionTransformer<Float>(
      VisionTransformer.Form(width: 16, depth: 2, heads: 2), using: &stream)
    _ = addTraining(vision) {
      softmaxCrossEntropy(logits: $0(x), labels: (0..<6).map { $0 })
    }
  }
}
