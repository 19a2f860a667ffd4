import Replication
import TrainingCore

extension Woodruff2023LpSensitivity {
  /// The matrices whose rows are drawn.
  enum Matrix: String, Codable {
    /// Standard normal rows.
    case gaussian
    /// Normal rows, the first two replaced by 30 e₁ and 30 e₂.
    case spiky
    /// Normal rows, the first d replaced by n e₁, …, n e_d.
    case tall
    /// The unit matrix, stacked n/d times.
    case copies
    /// Entries of Student's t with 1.5 degrees of freedom.
    case heavy
    /// The leading principal components of images.
    case images
  }

  /// An orthonormal basis of the columns of the setup's matrix: [n, d].
  ///
  /// Sensitivities, leverages and distortions depend on the columns' span only.
  static func basis(
    _ matrix: Matrix, rows n: Int, dimension d: Int, in trial: Trial
  ) throws -> Tensor<Double> {
    var stream = trial.stream(.data)
    var entries: [Double]
    switch matrix {
    case .gaussian, .spiky, .tall: entries = stream.normal(shape: [n, d]).scalars
    case .heavy: entries = stream.studentT(degrees: 1.5, shape: [n, d]).scalars
    case .images: return qr(try components(n, d, in: trial, using: &stream)).q
    case .copies: entries = [Double](repeating: 0, count: n * d)
    }
    func put(_ height: Double, at row: Int, _ column: Int) {
      for k in 0..<d { entries[row * d + k] = k == column ? height : 0 }
    }
    switch matrix {
    case .spiky: for row in 0..<2 { put(30, at: row, row) }
    case .tall: for row in 0..<d { put(Double(n), at: row, row) }
    case .copies: for row in 0..<n { put(1, at: row, row % d) }
    case .gaussian, .heavy, .images: break
    }
    return qr(Tensor(entries, shape: [n, d])).q
  }

  /// Images of the seed's choice on their d leading principal components, with their mean taken off.
  private static func components(
    _ n: Int, _ d: Int, in trial: Trial, using stream: inout RandomStream
  ) throws -> Tensor<Double> {
    let images = try MNIST(from: trial.data(.mnist)).train
    let pixels = images.tensor(at: stream.choice(n, of: images.count), of: Double.self)
    let centred = pixels - pixels.mean(along: 0, keepingAxis: true)
    let eigen = try symmetricEigen(matmul(centred, centred, transposingA: true))
    let last = images.pixels
    return matmul(centred, eigen.vectors.sliced(along: 1, last - d..<last))
  }
}
