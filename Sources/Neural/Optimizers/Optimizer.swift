public import Tensors

/// A method that changes a model along gradients of its loss, and keeps what it needs for that from
/// one step to the next.
///
/// A value, like the model: a copy goes on by itself. There is no trainer; a training is a loop, in
/// which clipping, masks and averages are lines of their own:
///
///     var initialisation = trial.stream(.initialisation)
///     var model = MultilayerPerceptron<Float>(widths: [784, 512, 10], using: &initialisation)
///     var optimizer = Adam<MultilayerPerceptron<Float>>(
///       learningRate: 0, decay: .decoupled(0.01), groups: .decayingMatrices)
///     let rate = Schedule.cosine(from: 2e-3, over: setup.steps).warmedUp(over: 100)
///     let batches = ShuffledBatches(count: x.shape[0], size: 128, using: trial.stream(.shuffling))
///     for (step, batch) in batches.prefix(setup.steps).enumerated() {
///       optimizer.learningRate = rate(step)
///       let (loss, gradient) = valueWithGradient(at: model) { model in
///         softmaxCrossEntropy(
///           logits: model(x.gathered(rows: batch)), labels: batch.map { labels[$0] })
///       }
///       guard loss.isFinite else { return .diverged }
///       optimizer.update(&model, along: gradient.clipped(toNorm: 1))
///       if evaluations.contains(step + 1) {
///         outcome.accuracy.append(Ratio(accuracy(of: model)), at: Steps(step + 1))
///       }
///     }
public protocol Optimizer<Model>: Sendable {
  /// What it changes.
  associatedtype Model: Parameterised

  /// The learning rate η, which a schedule may change between steps.
  var learningRate: Double { get set }

  /// Takes one step along the gradient of the loss.
  ///
  /// - Precondition: `gradient` has the parameters of `model`, shape by shape, and so had those of
  ///   the steps before.
  mutating func update(_ model: inout Model, along gradient: Model)

  /// Saves what it keeps between steps, but for the settings that it was made with.
  func save(in checkpoint: inout Checkpoint, as name: String)

  /// Takes over what an optimizer of the same kind saved, for a model of the same form.
  ///
  /// - Throws: ``CheckpointError`` where the checkpoint has nothing of the kind under that name.
  mutating func restore(
    from checkpoint: Checkpoint, as name: String, for model: Model
  ) throws(CheckpointError)
}
