public import Tensors

/// Adam without a mean, whose mean squares of a matrix are kept as one number a row and one a column.
///
///     ρ = min(η, 1/√t),  α = max(ε₂, RMS(θ)) ρ,  δ = t^b      (b = −0.8)
///     θ ← (1 − η λ) θ
///     r ← r + δ (mean of g² over columns − r),  c ← c + δ (mean of g² over rows − c)
///     v = r c / max(mean of r, ε₁)       (a vector's v is kept in full: v ← v + δ (g² − v))
///     u = g / √max(v, ε₁²)
///     θ ← θ − α u / max(1, RMS(u) / d)
///
/// Of a tensor of more than two axes, the last two make matrices. This is PyTorch's form; the paper
/// adds ε₁ to g² in place of the two floors. RMS(θ) is taken before the decay.
///
/// - Source: Shazeer and Stern 2018, arXiv 1804.04235, algorithms 4 to 6.
public struct Adafactor<Model: Parameterised>: Optimizer {
  /// The greatest relative step η, which a schedule may change between steps.
  public var learningRate: Double

  /// The exponent b of the share δ that a step has in the mean squares.
  public let squareExponent: Double

  /// The least root of a mean square, ε₁; the distance of 1 from the next number unless told.
  public let epsilon: Double

  /// The least scale of a parameter, ε₂.
  public let leastScale: Double

  /// The root mean square of u above which a step is scaled down, d.
  public let threshold: Double

  /// The decoupled weight decay λ.
  public var decay: Double

  /// Which parameters take which settings.
  public let groups: ParameterGroups

  /// The number of steps taken, t.
  public private(set) var step = 0

  /// Mean squares: of rows, or of all entries of a vector; empty before the first step.
  public private(set) var rows: [Tensor<Model.Number>] = []

  /// Mean squares of columns; a vector's are none.
  public private(set) var columns: [Tensor<Model.Number>] = []

  private var settings: [ParameterSettings] = []

  /// An optimizer at rest.
  ///
  /// - Precondition: the exponent is at most 0, and no other number is negative.
  public init(
    learningRate: Double = 0.01, squareExponent: Double = -0.8, epsilon: Double? = nil,
    leastScale: Double = 1e-3, threshold: Double = 1, decay: Double = 0,
    groups: ParameterGroups = .alike
  ) {
    require(squareExponent <= 0, "Adafactor: expected an exponent up to 0, got \(squareExponent)")
    require(
      leastScale >= 0 && threshold > 0 && decay >= 0,
      "Adafactor: scale \(leastScale), threshold \(threshold) or decay \(decay) is negative")
    self.learningRate = learningRate
    self.squareExponent = squareExponent
    self.epsilon = epsilon ?? Double(Model.Number.ulpOfOne)
    self.leastScale = leastScale
    self.threshold = threshold
    self.decay = decay
    self.groups = groups
  }

  /// Takes one step along the gradient of the loss.
  ///
  /// - Precondition: `gradient` has the parameters of `model`, shape by shape.
  public mutating func update(_ model: inout Model, along gradient: Model) {
    typealias Number = Model.Number
    if settings.isEmpty { settings = groups.settings(of: model) }
    if step == 0 {
      rows = gradient.parameters.map { Tensor(zeros: Self.rowShape($0.shape)) }
      columns = gradient.parameters.map { Tensor(zeros: Self.columnShape($0.shape)) }
    }
    step += 1
    let share = Number(Tensors.pow(Double(step), squareExponent))
    var index = 0
    model.forEachParameter(with: gradient) { parameter, g in
      let own = settings[index]
      defer { index += 1 }
      if own.isFrozen { return }
      let rate = learningRate * own.rateFactor
      let relative = min(rate, 1 / Double(step).squareRoot())
      let size = Swift.max(leastScale, Self.rootMeanSquare(parameter)) * relative
      if decay != 0 { parameter *= Number(1 - rate * decay * own.decayFactor) }
      let squares = square(g)
      let floor = Number(epsilon)
      var v: Tensor<Number>
      if g.rank > 1 {
        let (row, column) = (g.rank - 1, g.rank - 2)
        rows[index].add(squares.mean(along: row, keepingAxis: true) - rows[index], scaledBy: share)
        columns[index].add(
          squares.mean(along: column, keepingAxis: true) - columns[index], scaledBy: share)
        let mean = rows[index].mean(along: column, keepingAxis: true)
        v = rows[index] * columns[index] / maximum(mean, Tensor(floor))
      } else {
        rows[index].add(squares - rows[index], scaledBy: share)
        v = rows[index]
      }
      let u = g / sqrt(maximum(v, Tensor(floor * floor)))
      let excess = Swift.max(1, Self.rootMeanSquare(u) / threshold)
      parameter.add(u, scaledBy: Number(-size / excess))
    }
  }

  private static func rootMeanSquare(_ x: Tensor<Model.Number>) -> Double {
    (Double(x.sumOfSquares().item) / Double(x.count)).squareRoot()
  }

  private static func rowShape(_ shape: [Int]) -> [Int] {
    shape.count > 1 ? shape.dropLast() + [1] : shape
  }

  private static func columnShape(_ shape: [Int]) -> [Int] {
    shape.count > 1 ? shape.dropLast(2) + [1, shape[shape.count - 1]] : [0]
  }

  /// Saves the mean squares and the count of steps.
  public func save(in checkpoint: inout Checkpoint, as name: String) {
    checkpoint.save([step], as: "\(name).step")
    checkpoint.save(list: rows, as: "\(name).rows")
    checkpoint.save(list: columns, as: "\(name).columns")
  }

  /// Takes over the mean squares and the count of steps that were saved.
  public mutating func restore(
    from checkpoint: Checkpoint, as name: String, for model: Model
  ) throws(CheckpointError) {
    let shapes = model.parameters.map { $0.shape }
    let step = try checkpoint.integer("\(name).step")
    let rows: [Tensor<Model.Number>] = try checkpoint.tensors(
      "\(name).rows", shapes: shapes.map(Self.rowShape))
    let columns: [Tensor<Model.Number>] = try checkpoint.tensors(
      "\(name).columns", shapes: shapes.map(Self.columnShape))
    (self.step, self.rows, self.columns) = (step, rows, columns)
  }
}
