// Gamma numbers and what is made of them. A draw takes one place of the stream, and its attempts
// two words each of its own.

extension RandomStream {
  /// A gamma number of scale 1.
  ///
  /// - Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000; below
  ///   shape 1 with their factor `u^(1/shape)`.
  /// - Precondition: the shape parameter is above zero and finite.
  public mutating func gamma(_ alpha: Double) -> Double { exp(logarithmOfGamma(alpha)) }

  /// Gamma numbers of scale 1.
  ///
  /// - Precondition: no axis is negative; the shape parameter is above zero and finite.
  public mutating func gamma<E: Scalar>(
    _ alpha: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    each(shape) { $0.gamma(alpha) }
  }

  /// Beta numbers: a gamma number's share in the sum of two.
  ///
  /// Two places each.
  ///
  /// - Precondition: no axis is negative; the parameters are above zero and finite.
  public mutating func beta<E: Scalar>(
    _ a: Double, _ b: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    each(shape) { stream in
      let first = stream.logarithmOfGamma(a)
      return logistic(first - stream.logarithmOfGamma(b))
    }
  }

  /// Dirichlet vectors: gamma numbers over their sum.
  ///
  /// A place each number.
  ///
  /// - Shapes: `[count, parameters]`.
  /// - Precondition: the count is not negative; there is a parameter, and all are above zero.
  public mutating func dirichlet<E: Scalar>(
    _ parameters: [Double], count: Int, of: E.Type = E.self
  ) -> Tensor<E> {
    require(!parameters.isEmpty, "dirichlet: there is no parameter")
    var index = 0
    let logarithms: Tensor<Double> = each([count, parameters.count]) { stream in
      defer { index += 1 }
      return stream.logarithmOfGamma(parameters[index % parameters.count])
    }
    return rounded(softmax(logarithms))
  }

  /// Chi-square numbers: twice a gamma number of half the degrees of freedom.
  ///
  /// - Precondition: no axis is negative; the degrees of freedom are above zero and finite.
  public mutating func chiSquare<E: Scalar>(
    degrees: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    each(shape) { 2 * $0.gamma(degrees / 2) }
  }

  /// Student's t numbers: normal over the root of a chi-square number per degree of freedom.
  ///
  /// Two places each, the normal number's word first.
  ///
  /// - Precondition: no axis is negative; the degrees of freedom are above zero and finite.
  public mutating func studentT<E: Scalar>(
    degrees: Double, shape: [Int], of: E.Type = E.self
  ) -> Tensor<E> {
    each(shape) { stream in
      let normal = stream.normal()
      return normal / sqrt(2 * stream.gamma(degrees / 2) / degrees)
    }
  }

  /// Poisson numbers: how many exponential times fit into the mean.
  ///
  /// A place each.
  ///
  /// - Precondition: no axis is negative; the mean lies in 0...10 000.
  public mutating func poisson(mean: Double, count: Int) -> [Int] {
    require((0...10_000).contains(mean), "poisson: the mean \(mean) is not in 0...10000")
    return (0..<count).map { _ in
      var (left, number) = (mean, 0)
      var attempts = self.attempts()
      while true {
        left += log(attempts.uniform())
        if left < 0 { return number }
        number += 1
      }
    }
  }

  /// Binomial numbers: how many of `trials` uniform numbers lie below `p`.
  ///
  /// A place each.
  ///
  /// - Precondition: the count and the trials are not negative, and `p` lies in 0...1.
  public mutating func binomial(trials: Int, _ p: Double, count: Int) -> [Int] {
    require(
      trials >= 0 && (0...1).contains(p), "binomial: \(trials) trials of probability \(p)")
    return (0..<count).map { _ in
      var attempts = self.attempts()
      return (0..<trials).count { _ in attempts.uniform() < p }
    }
  }

  // A small parameter's number may be below the least double; its logarithm is not.
  private mutating func logarithmOfGamma(_ alpha: Double) -> Double {
    require(alpha > 0 && alpha.isFinite, "gamma: the shape parameter \(alpha) is not above zero")
    var attempts = self.attempts()
    let d = (alpha < 1 ? alpha + 1 : alpha) - 1.0 / 3
    let c = 1 / sqrt(9 * d)
    while true {
      let x = attempts.normal()
      let u = attempts.uniform()
      let root = 1 + c * x
      if root <= 0 { continue }
      let v = root * root * root
      guard log(u) < 0.5 * x * x + d - d * v + d * log(v) else { continue }
      let result = log(d * v)
      return alpha < 1 ? result + log(attempts.uniform()) / alpha : result
    }
  }

  private mutating func each<E: Scalar>(
    _ shape: [Int], _ draw: (inout RandomStream) -> Double
  ) -> Tensor<E> {
    require(shape.allSatisfy { $0 >= 0 }, "random: shape \(shape) has a negative axis")
    let numbers = (0..<shape.reduce(1, *)).map { _ in draw(&self) }
    return rounded(Tensor(numbers, shape: shape))
  }
}
