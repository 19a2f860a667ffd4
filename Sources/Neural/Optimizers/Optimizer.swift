public import Tensors

/// A method that changes a model along gradients of its loss, and keeps what it needs for that from
/// one step to the next.
///
/// A value, like the model: a copy goes on by itself. With a schedule and clipped gradients:
///
///     var optimizer = Adam<GPT>(learningRate: 0, decay: .decoupled(0.1))
///     for step in 0..<steps {
///       optimizer.learningRate = schedule(step)
///       let (loss, gradient) = valueWithGradient(at: model) { … }
///       optimizer.update(&model, along: gradient.clipped(toNorm: 1))
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
