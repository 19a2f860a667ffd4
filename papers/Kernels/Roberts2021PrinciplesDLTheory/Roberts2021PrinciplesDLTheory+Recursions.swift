import Replication
import TrainingCore

// Infinite width and its first correction (chapters 4 and 5): with z ~ N(0, K) and ⟨·⟩_K its mean,
// K_{l+1} = C_b + C_W⟨σ²⟩, χ∥ = C_W⟨zσσ'⟩/K, χ⊥ = C_W⟨σ'²⟩, and the four-point vertex obeys
// V_{l+1} = C_W²(⟨σ⁴⟩ − ⟨σ²⟩²) + χ∥²V_l.
extension Roberts2021PrinciplesDLTheory {
  /// An activation function.
  enum Nonlinearity: String, Codable {
    case linear, relu, leaky, tanh, swish, gelu, sigmoid

    /// The slope of the leaky ReLU below zero.
    static let leak = 0.5

    /// σ(z).
    func callAsFunction<E: Scalar>(_ z: Tensor<E>) -> Tensor<E> {
      switch self {
      case .linear: z
      case .relu: TrainingCore.relu(z)
      case .leaky: leakyRelu(z, slope: E(Self.leak))
      case .tanh: TrainingCore.tanh(z)
      case .swish: silu(z)
      case .gelu: TrainingCore.gelu(z)
      case .sigmoid: logistic(z)
      }
    }

    /// σ'(z).
    func derivative<E: Scalar>(_ z: Tensor<E>) -> Tensor<E> {
      gradient(at: z) { self($0).sum() }
    }
  }

  /// What the recursions need of an activation at one K.
  struct Brackets {
    /// ⟨σ²⟩.
    let square: Double
    /// ⟨σ⁴⟩.
    let fourth: Double
    /// ⟨zσσ'⟩ / K.
    let parallel: Double
    /// ⟨σ'²⟩.
    let perpendicular: Double

    init(_ nonlinearity: Nonlinearity, at kernel: Double, by rule: Quadrature) {
      let z = rule.nodes * sqrt(kernel)
      let (value, slope) = (nonlinearity(z), nonlinearity.derivative(z))
      let squares = value * value
      square = matmul(rule.weights, squares).item
      fourth = matmul(rule.weights, squares * squares).item
      parallel = matmul(rule.weights, z * value * slope).item / kernel
      perpendicular = matmul(rule.weights, slope * slope).item
    }
  }

  /// Enough nodes that criticality conditions hold to rounding for activations as smooth as these.
  static let nodes = 300

  /// The residuals of the criticality conditions at a stated point, and their solution.
  static func criticality(_ setup: Setup) throws -> Outcome {
    let rule = try gaussHermite(nodes)
    let solved = try criticalPoint(of: setup.nonlinearity, by: rule)
    let isStated = setup.fixedPoint > 0
    let kernel = isStated ? setup.fixedPoint : solved.kernel
    let bias = isStated ? setup.biasVariance : solved.bias
    let weight = isStated ? setup.weightVariance : solved.weight
    let brackets = Brackets(setup.nonlinearity, at: kernel, by: rule)
    var outcome = Outcome()
    let place = Kernel(kernel)
    outcome.kernelResidual.append(
      Ratio((kernel - bias - weight * brackets.square) / kernel), at: place)
    outcome.parallelResidual.append(Ratio(weight * brackets.parallel - 1), at: place)
    outcome.perpendicularResidual.append(Ratio(weight * brackets.perpendicular - 1), at: place)
    outcome.solvedBias.append(Ratio(solved.bias), at: place)
    outcome.solvedWeight.append(Ratio(solved.weight), at: place)
    outcome.solvedKernel.append(Ratio(solved.kernel), at: place)
    return outcome
  }

  /// The point with a fixed kernel and both susceptibilities one, or the nearest to it.
  ///
  /// At each K, χ⊥ = 1 gives C_W and the fixed point C_b. What is left is χ∥ = χ⊥ as an equation in
  /// K, where C_b, a variance, is not negative; the nearest point has the least |χ∥ − 1|.
  static func criticalPoint(
    of nonlinearity: Nonlinearity, by rule: Quadrature
  ) throws -> (bias: Double, weight: Double, kernel: Double) {
    func point(_ kernel: Double) -> (bias: Double, weight: Double, mismatch: Double) {
      let brackets = Brackets(nonlinearity, at: kernel, by: rule)
      let weight = 1 / brackets.perpendicular
      return (kernel - weight * brackets.square, weight, weight * brackets.parallel - 1)
    }
    // From .1 to 100: beyond, the nodes lie too far apart for a sigmoid's bend.
    let grid = (0...120).map { 0.1 * pow(10, Double($0) / 40) }
    let candidates = grid.map { ($0, point($0)) }.filter { $0.1.bias >= 0 }
    for (low, high) in zip(candidates, candidates.dropFirst())
    where (low.1.mismatch < 0) != (high.1.mismatch < 0) {
      let kernel = try root(in: low.0...high.0) { point($0).mismatch }
      let found = point(kernel)
      return (found.bias, found.weight, kernel)
    }
    let nearest = candidates.min { abs($0.1.mismatch) < abs($1.1.mismatch) }
    guard let (kernel, found) = nearest else { throw NoAdmissiblePoint() }
    return (found.bias, found.weight, kernel)
  }

  /// No K on the grid has a bias variance that is not negative.
  struct NoAdmissiblePoint: Error {}

  /// The kernel and the vertex from layer to layer, at layers 1, 2 and 5 times powers of ten.
  ///
  /// K_0 = 1 for the kernel's decay; for the vertex that same kernel is layer 1's, where V_1 = 0.
  static func recursion(_ setup: Setup) throws -> Outcome {
    let rule = try gaussHermite(nodes)
    var (kernel, vertex) = (1.0, 0.0)
    var outcome = Outcome()
    let places = [1, 10, 100, 1000, 10_000].flatMap { [$0, 2 * $0, 5 * $0] }
    for layer in 1...setup.depth {
      if places.contains(layer) {
        outcome.vertex.append(
          Ratio(vertex / (kernel * kernel * Double(layer))), at: Layers(layer))
      }
      let brackets = Brackets(setup.nonlinearity, at: kernel, by: rule)
      let weight = setup.weightVariance
      let parallel = weight * brackets.parallel
      vertex =
        weight * weight * (brackets.fourth - brackets.square * brackets.square)
        + parallel * parallel * vertex
      kernel = setup.biasVariance + weight * brackets.square
      if places.contains(layer) {
        outcome.scaledKernel.append(Ratio(2 * Double(layer) * kernel), at: Layers(layer))
      }
    }
    return outcome
  }
}
