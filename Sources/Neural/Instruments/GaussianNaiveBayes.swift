public import Tensors

/// The naive Bayes classifier of normal features.
///
///     log p(y | x) = log π_y − ½ Σ over features of (log 2π v + (x − μ_y)² / v) + constant
///
/// π, μ and v are shares, means and variances (divided by n) of the training examples; v is a
/// class's own, or that within all classes together. A share of the largest variance of any feature
/// is added to each v (the convention of scikit-learn).
///
/// - Source: Zheng et al. 2023, arXiv 2302.02334, §2, for the shared variances.
public struct GaussianNaiveBayes: Sendable {
  /// The shares π of the classes.
  public let priors: [Double]

  /// The means μ: [classes, features].
  public let means: Tensor<Double>

  /// The variances v: [classes, features], or [1, features] where they are shared.
  public let variances: Tensor<Double>

  /// Fits the classifier.
  ///
  /// - Precondition: one label a row, below the classes, each of which has an example.
  /// - Parameters:
  ///   - x: the examples: [n, features].
  ///   - labels: the classes.
  ///   - classes: how many there are.
  ///   - sharingVariances: whether all classes have one variance a feature.
  ///   - smoothing: the share of the largest variance that is added.
  public init<E>(
    _ x: Tensor<E>, labels: [Int], classes: Int, sharingVariances: Bool = false,
    smoothing: Double = 1e-9
  ) {
    require(
      x.rank == 2 && x.shape[0] == labels.count && Set(labels) == Set(0..<classes) && classes > 0
        && x.shape[1] > 0,
      "GaussianNaiveBayes: examples \(x.shape), \(labels.count) labels of \(classes) classes")
    let x = Tensor<Double>(converting: x)
    let n = Double(labels.count)
    let members = (0..<classes).map { label in labels.indices.filter { labels[$0] == label } }
    let groups = members.map { x.gathered(rows: $0) }
    priors = members.map { Double($0.count) / n }
    let centres = groups.map { $0.mean(along: 0, keepingAxis: true) }
    means = Tensor.concatenated(centres)
    let deviations = zip(groups, centres).map { $0 - $1 }
    let floor = smoothing * x.variance(along: 0, unbiased: false).max().item
    if sharingVariances {
      let all = Tensor.concatenated(deviations)
      variances = all.sumOfSquares(along: 0, keepingAxis: true) / n + floor
    } else {
      variances =
        Tensor.stacked(
          deviations.map { $0.sumOfSquares(along: 0) / Double($0.shape[0]) }) + floor
    }
  }

  /// The logarithms of the classes' joint densities: [n, classes]; their softmax is the posterior.
  ///
  /// - Precondition: `x` has the features that were fitted.
  public func callAsFunction<E>(_ x: Tensor<E>) -> Tensor<Double> {
    require(
      x.rank == 2 && x.shape[1] == means.shape[1],
      "GaussianNaiveBayes: examples of shape \(x.shape) for \(means.shape[1]) features")
    let x = Tensor<Double>(converting: x)
    let columns = priors.indices.map { label -> Tensor<Double> in
      let row = variances.shape[0] == 1 ? 0 : label
      let v = variances.rows(row..<row + 1)
      let gaps = square(x - means.rows(label..<label + 1)) / v + log(2 * Double.pi * v)
      return log(priors[label]) - 0.5 * gaps.sum(along: 1)
    }
    return Tensor.stacked(columns, along: 1)
  }
}
