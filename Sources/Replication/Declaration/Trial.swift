public import Datasets
public import Diagnostics
public import Tensors

/// One execution of a setup with a seed: what `run` may read besides the setup.
public struct Trial: Sendable {
  /// The paper's id; it keys the random streams.
  public let paper: String
  /// The seed, from 0.
  public let seed: Int
  private let store: DataStore?
  private let declared: [DatasetName]
  private let stages: StageStore
  private let saved: SavedState

  /// A trial of a paper.
  ///
  /// - Parameters:
  ///   - paper: The paper's id.
  ///   - seed: The seed, from 0.
  ///   - data: Where data sets lie; nil when the trial may read none.
  ///   - declared: The data sets that the paper declares.
  ///   - stages: Where products shared between trials are kept.
  ///   - saved: Where the trial keeps what it has done so far; nowhere unless told.
  public init(
    paper: String, seed: Int, data: DataStore? = nil, declared: [DatasetName] = [],
    stages: StageStore = StageStore(), saved: SavedState = SavedState()
  ) {
    require(seed >= 0, "trial: seed \(seed) is negative")
    self.paper = paper
    self.seed = seed
    self.store = data
    self.declared = declared
    self.stages = stages
    self.saved = saved
  }

  /// The random stream for a purpose: equal for all arms of one seed, so differences are paired.
  public func stream(_ purpose: Purpose) -> RandomStream {
    RandomStream(paper: paper, seed: UInt64(seed), purpose: purpose)
  }

  /// Where a declared data set is loaded from.
  ///
  /// - Parameter dataset: One of the paper's declared data sets.
  /// - Returns: The store to load it from, as in `try MNIST(from: trial.data(.mnist))`.
  /// - Throws: ``TrialError`` where the paper does not declare the data set.
  public func data(_ dataset: DatasetName) throws -> DataStore {
    guard declared.contains(dataset) else {
      throw TrialError.undeclared(paper: paper, dataset: dataset.rawValue)
    }
    guard let store else { throw TrialError.noData(paper: paper, dataset: dataset.rawValue) }
    return store
  }

  /// The product of a stage at this trial's seed: built once, by whichever trial needs it first.
  ///
  /// - Parameter stage: The stage, a value that the setup holds.
  /// - Returns: The product, equal to the bit whether it was just built or read back.
  /// - Throws: What building throws, or what keeps the product from being kept.
  public func product<S: Stage>(of stage: S) throws -> S.Product {
    try stages.product(of: stage, in: self)
  }

  /// What this trial saved before it was interrupted; nil where it begins.
  ///
  /// A method that takes long asks once, and goes on from there:
  ///
  ///     var training = Training(setup, trial)
  ///     if let state = trial.savedState() { try training.resume(Checkpoint(state)) }
  ///     while training.step < setup.steps {
  ///       training.advance()
  ///       if training.step.isMultiple(of: 1000) {
  ///         try trial.saveState(training.checkpoint.bytes)
  ///       }
  ///     }
  ///
  /// The outcome must not tell whether it was interrupted: everything that a later step depends on
  /// is saved, the positions of random streams and the curves so far too.
  ///
  /// - Returns: The bytes, as they were saved by the same method with the same setup, seed and data.
  public func savedState() -> [UInt8]? { saved.read() }

  /// Saves what this trial has done so far, in place of what it saved before.
  ///
  /// Kept until the trial has ended; not kept at all where it runs without a runner.
  ///
  /// - Throws: What keeps the bytes from being written.
  public func saveState(_ bytes: [UInt8]) throws { try saved.write(bytes) }
}

/// What a trial asked for and cannot have.
public enum TrialError: Diagnosable, Equatable {
  /// The paper reads a data set that it does not declare.
  case undeclared(paper: String, dataset: String)
  /// No data folder was given to the trial.
  case noData(paper: String, dataset: String)

  /// What is wrong, and where.
  public var problem: String {
    switch self {
    case .undeclared(let paper, let dataset): "\(paper): reads \(dataset) without declaring it"
    case .noData(let paper, let dataset): "\(paper): no data folder to read \(dataset) from"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .undeclared(_, let dataset): "Add .\(dataset) to the paper's `data`."
    case .noData(_, let dataset): "Run `replicate data fetch \(dataset)`."
    }
  }
}
