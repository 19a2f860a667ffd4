import Replication
import TrainingCore

extension Zheng2023DiscriminativeGenerative {
  /// A fitted classifier: scores [rows, K] whose largest decides.
  struct Classifier {
    let scores: (Tensor<Double>) throws -> Tensor<Double>
    /// The affine form W x + b of a Gaussian classifier's scores, which leaves out what is common to
    /// the classes.
    var affine: ((Tensor<Double>) -> Tensor<Double>)?

    /// Test error in percent.
    func error(_ x: Tensor<Double>, _ labels: [Int]) throws -> Double {
      let wrong = zip(try scores(x).argmaxAlongRows(), labels).count { $0 != $1 }
      return 100 * Double(wrong) / Double(labels.count)
    }

    /// The largest difference between scores and affine form, both relative to their first class,
    /// over the largest score.
    func affineGap(_ x: Tensor<Double>) throws -> Double? {
      guard let affine else { return nil }
      func relative(_ scores: Tensor<Double>) -> Tensor<Double> {
        scores - scores.sliced(along: 1, 0..<1)
      }
      let exact = relative(try scores(x))
      return abs(exact - relative(affine(x))).max().item / abs(exact).max().item
    }
  }

  static func fit(
    _ method: Method, _ x: Tensor<Double>, _ labels: [Int], classes: Int
  ) throws -> Classifier {
    switch method {
    case .logistic: try logistic(x, labels, classes: classes, cost: 1)
    case .tunedLogistic: try tunedLogistic(x, labels, classes: classes)
    case .bayes, .unsharedBayes:
      naiveBayes(x, labels, classes: classes, sharing: method == .bayes)
    case .quadratic: try quadratic(x, labels, classes: classes)
    }
  }

  /// The rows of each class.
  private static func groups(
    _ x: Tensor<Double>, _ labels: [Int], classes: Int
  ) -> [Tensor<Double>] {
    (0..<classes).map { label in
      x.gathered(rows: labels.indices.filter { labels[$0] == label })
    }
  }

  /// log π_k − ½ Σᵢ (xᵢ − μ_ki)²/v_i with π, μ and biased variances of the classes, v pooled by π.
  ///
  /// Where it is not shared each class keeps its own variances, and −½ Σᵢ ln v_ki comes in.
  private static func naiveBayes(
    _ x: Tensor<Double>, _ labels: [Int], classes: Int, sharing: Bool
  ) -> Classifier {
    let groups = groups(x, labels, classes: classes)
    let priors = groups.map { Double($0.shape[0]) / Double(labels.count) }
    let means = groups.map { $0.mean(along: 0) }
    let own = groups.map { $0.variance(along: 0, unbiased: false) + 1e-9 }
    let pooled = zip(own, priors).reduce(Tensor<Double>(zeros: [x.shape[1]])) { $0 + $1.0 * $1.1 }
    let precisions = own.map { 1 / (sharing ? pooled : $0) }
    let offsets = (0..<classes).map { k in
      log(priors[k]) + (sharing ? 0 : 0.5 * log(precisions[k]).sum().item)
    }
    func column(_ vector: Tensor<Double>) -> Tensor<Double> {
      vector.reshaped(to: [vector.count, 1])
    }
    let weights = Tensor.concatenated(means.map { column($0 / pooled) }, along: 1)
    let biases = Tensor(
      (0..<classes).map { k in
        offsets[k] - 0.5 * (means[k] * means[k] / pooled).sum().item
      })
    return Classifier(
      scores: { x in
        let columns = (0..<classes).map { k in
          matmul(square(x - means[k]), column(precisions[k])) * -0.5 + offsets[k]
        }
        return Tensor.concatenated(columns, along: 1)
      },
      affine: { matmul($0, weights) + biases })
  }

  /// Gaussian classes with a full covariance each, to which 10⁻³ is added on the diagonal.
  private static func quadratic(
    _ x: Tensor<Double>, _ labels: [Int], classes: Int
  ) throws -> Classifier {
    let size = x.shape[1]
    let ridge = Tensor<Double>(oneHot: Array(0..<size), classes: size) * 1e-3
    let fits = try groups(x, labels, classes: classes).map { rows in
      let count = Double(rows.shape[0])
      let mean = rows.mean(along: 0)
      let centred = rows - mean
      let root = try cholesky(matmul(centred, centred, transposingA: true) / count + ridge)
      let logRoot = (0..<size).reduce(0) { $0 + log(root[$1, $1]) }
      return (mean, root, log(count / Double(labels.count)) - logRoot)
    }
    return Classifier(scores: { x in
      let columns = fits.map { mean, root, offset in
        let white = solveTriangular(root, .lower, (x - mean).transposed())
        return white.sumOfSquares(along: 0).reshaped(to: [x.shape[0], 1]) * -0.5 + offset
      }
      return Tensor.concatenated(columns, along: 1)
    })
  }

  /// min ½‖W‖² + C Σ loss, to a gradient of 10⁻⁴ as the paper's library.
  private static func logistic(
    _ x: Tensor<Double>, _ labels: [Int], classes: Int, cost: Double
  ) throws -> Classifier {
    let fit = try logisticRegression(
      x, labels: labels, classes: classes, cost: cost, tolerance: 1e-4)
    return Classifier(scores: { x in
      let scores = matmul(x, fit.weights) + fit.bias
      // Of two classes there is one logit, for the second.
      return classes == 2 ? Tensor.concatenated([-scores, scores], along: 1) : scores
    })
  }

  /// The same with the C of least error on the last fifth of the samples, fitted to the others.
  private static func tunedLogistic(
    _ x: Tensor<Double>, _ labels: [Int], classes: Int
  ) throws -> Classifier {
    let kept = labels.count - labels.count / 5
    let (first, last) = (x.rows(0..<kept), x.rows(kept..<labels.count))
    var best = (cost: 1.0, error: Double.infinity)
    for cost in [1, 0.01, 0.1, 10, 100] {
      let fit = try logistic(first, Array(labels[..<kept]), classes: classes, cost: cost)
      let error = try fit.error(last, Array(labels[kept...]))
      if error < best.error { best = (cost, error) }
    }
    return try logistic(x, labels, classes: classes, cost: best.cost)
  }
}
