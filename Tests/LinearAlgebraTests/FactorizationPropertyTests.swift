import LinearAlgebra
import Tensors
import Testing

/// Reconstruction and orthogonality on random shapes, sizes and conditions.
@Suite(.serialized) struct `Factorizations of random matrices` {
  /// A random matrix whose columns are scaled over up to twelve decades.
  private func random(
    _ n: Int, _ k: Int, _ source: inout RandomStream, graded: Bool
  ) -> Tensor<Double> {
    let a: Tensor<Double> = source.normal(shape: [n, k])
    guard graded else { return a }
    let scales = (0..<k).map { pow(10.0, -12 * Double($0) / Double(max(k - 1, 1))) }
    return a * Tensor(scales, shape: [k])
  }

  /// A size up to 60, or one that reaches over several blocks.
  private func dimension(_ source: inout RandomStream) -> Int {
    source.integer(below: 8) == 0 ? 65 + source.integer(below: 90) : 1 + source.integer(below: 60)
  }

  @Test func `QR gives back its matrix`() {
    var source = stream(301)
    for turn in 0..<60 {
      let (x, y) = (dimension(&source), dimension(&source))
      let a = random(max(x, y), min(x, y), &source, graded: turn % 2 == 0)
      let factors = qr(a)
      let bound = 8 * Double(max(x, y)) * 2.2e-16
      #expect(size(matmul(factors.q, factors.r) - a) <= bound * size(a))
      #expect(gap(matmul(factors.q, factors.q, transposingA: true), unit(min(x, y))) <= bound)
    }
  }

  @Test func `Cholesky gives back its matrix`() throws {
    var source = stream(302)
    for _ in 0..<60 {
      let n = dimension(&source)
      let g = random(n, n, &source, graded: false)
      let a =
        matmul(g, g, transposingB: true) + 0.01 * Tensor(unit(n), shape: [n, n]) as Tensor<Double>
      let l = try cholesky(a)
      #expect(size(matmul(l, l, transposingB: true) - a) <= 4 * Double(n) * 2.2e-16 * size(a))
      for i in 0..<n { for j in i + 1..<max(n, i + 1) { #expect(l[i, j] == 0) } }
      let b = random(n, 3, &source, graded: false)
      let x = try solvePositiveDefinite(a, b)
      #expect(size(matmul(a, x) - b) <= 100 * Double(n) * 2.2e-16 * size(a) * max(size(x), 1))
    }
  }

  @Test func `LU gives back its matrix with its rows exchanged`() throws {
    var source = stream(303)
    for turn in 0..<60 {
      let n = dimension(&source)
      let a = random(n, n, &source, graded: turn % 2 == 0)
      let factors = try lu(a)
      var (l, u) = (unit(n) as [Double], [Double](repeating: 0, count: n * n))
      for i in 0..<n {
        for j in 0..<n {
          if j < i {
            l[i * n + j] = factors.packed[i, j]
          } else {
            u[i * n + j] = factors.packed[i, j]
          }
        }
      }
      #expect(l.allSatisfy { abs($0) <= 1 })
      let back = matmul(Tensor(l, shape: [n, n]), Tensor(u, shape: [n, n]))
      let exchanged = a.gathered(rows: factors.permutation)
      #expect(size(back - exchanged) <= 8 * Double(n) * 2.2e-16 * size(a))
    }
  }

  @Test func `eigenvectors diagonalize, with values repeated and of every size`() throws {
    var source = stream(304)
    for turn in 0..<60 {
      let n = dimension(&source)
      let q: Tensor<Double> = haarOrthogonal(n, using: &source)
      let values = (0..<n).map { index -> Double in
        switch turn % 4 {
        case 0: source.normal()
        case 1: Double(index % 3)
        case 2: pow(10.0, -20 * Double(index) / Double(n))
        default: index == 0 ? 1 : 0
        }
      }
      let a = matmul(q * Tensor(values, shape: [n]), q, transposingB: true)
      let eigen = try symmetricEigen(a)
      let bound = 8 * Double(n) * 2.2e-16
      #expect(gap(eigen.values, values.sorted()) <= bound)
      let v = eigen.vectors
      #expect(gap(matmul(v, v, transposingA: true), unit(n)) <= bound)
      #expect(gap(try symmetricEigenvalues(a), eigen.values.scalars) <= bound)
      for j in 0..<n {
        let column = (0..<n).map { v[$0, j] }
        let largest = column.reduce(0) { abs($1) > abs($0) ? $1 : $0 }
        #expect(largest > 0)
      }
    }
  }

  @Test func `singular vectors diagonalize, at every rank and shape`() throws {
    var source = stream(305)
    for turn in 0..<60 {
      let (n, k) = (dimension(&source), dimension(&source))
      let rank = turn % 3 == 0 ? 1 + source.integer(below: min(n, k)) : min(n, k)
      var a = random(n, rank, &source, graded: turn % 2 == 0)
      a = matmul(a, random(rank, k, &source, graded: false))
      let factors = try singularValueDecomposition(a)
      let small = min(n, k)
      let bound = 16 * Double(max(n, k)) * 2.2e-16
      let back = matmul(factors.u * factors.values, factors.v, transposingB: true)
      #expect(size(back - a) <= bound * factors.values[0])
      #expect(gap(matmul(factors.u, factors.u, transposingA: true), unit(small)) <= bound)
      #expect(gap(matmul(factors.v, factors.v, transposingA: true), unit(small)) <= bound)
      #expect(
        gap(try singularValues(a), factors.values.scalars) <= bound * factors.values[0])
      #expect(
        zip(factors.values.scalars, factors.values.scalars.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }

  @Test(arguments: [1e-150, 1e150, 0x1p-1030])
  func `numbers far from one make no difference`(scale: Double) throws {
    var source = stream(306)
    let a = random(20, 20, &source, graded: false)
    let symmetric = a + a.transposed()
    // Denormal numbers have fewer digits.
    let bound = scale < 1e-300 ? 1e-9 : 1e-12
    let plain = try symmetricEigen(symmetric)
    let scaled = try symmetricEigen(symmetric * scale)
    #expect(gap(scaled.values / scale, plain.values.scalars) < bound)
    let values = try singularValues(a * scale)
    #expect(gap(values / scale, try singularValues(a).scalars) < bound)
    let definite = matmul(a, a, transposingB: true)
    if scale > 1e-300 {
      #expect(
        gap(try cholesky(definite * scale) / scale.squareRoot(), try cholesky(definite).scalars)
          < 1e-12)
      let b = madeVector(20, 3)
      #expect(gap(try solve(a * scale, b) * scale, try solve(a, b).scalars) < 1e-11)
    }
  }
}
