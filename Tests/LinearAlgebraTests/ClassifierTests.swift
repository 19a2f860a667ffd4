import LinearAlgebra
import Tensors
import Testing

/// Random points of two classes, apart by a margin along the first axis where one is given.
private func classes(
  _ n: Int, _ d: Int, seed: UInt64, margin: Double?
) -> (points: Tensor<Double>, labels: [Int]) {
  var source = stream(seed)
  var x = (source.normal(shape: [n, d]) as Tensor<Double>).scalars
  let labels = (0..<n).map { $0 % 2 == 0 ? 1 : -1 }
  for i in 0..<n {
    let side = margin.map { $0 + abs(x[i * d]) } ?? x[i * d] + 0.5
    x[i * d] = Double(labels[i]) * side
  }
  return (Tensor(x, shape: [n, d]), labels)
}

struct `Hard-margin machine` {
  @Test(arguments: [(20, 3), (60, 10), (15, 40)], [0.01, 1])
  func `brackets the greatest margin`(shape: (Int, Int), margin: Double) throws {
    let (x, labels) = classes(shape.0, shape.1, seed: 700, margin: margin)
    let through = try hardMarginSVM(x, labels: labels, fittingBias: false)
    #expect(through.bias == 0)
    #expect(abs(through.upperBound / through.margin - 1) < 1e-8)
    let signed = x * Tensor(labels.map(Double.init), shape: [shape.0, 1])
    let expected = try leastNormPoint(ofHullOf: signed).norm
    #expect(abs(through.margin / expected - 1) < 1e-9)
    let free = try hardMarginSVM(x + 0.3, labels: labels)
    #expect(free.margin >= through.margin - 1e-9)
    #expect(abs(free.upperBound / free.margin - 1) < 1e-8)
    let pull = matmul(
      free.multipliers * Tensor(labels.map(Double.init), shape: [shape.0]), x + 0.3)
    #expect(gap(pull, free.weights.scalars) < 1e-7 * size(free.weights))
  }

  @Test func `proves that no separation exists`() {
    let x = Tensor([1.0, 2, 3], shape: [3, 1])
    #expect(throws: LinearAlgebraError.infeasible(operation: "hardMarginSVM")) {
      try hardMarginSVM(x, labels: [1, -1, 1])
    }
  }
}

struct `Soft-margin machines` {
  @Test func `agree with the quadratic program`() throws {
    let (x, labels) = classes(30, 4, seed: 701, margin: nil)
    let cost = 0.7
    let found = try softMarginSVM(x, labels: labels, cost: cost, tolerance: 1e-9)
    // min ½‖w‖² + C Σξ where y⟨w, x⟩ + ξ ≥ 1, ξ ≥ 0.
    let signed = x * Tensor(labels.map(Double.init), shape: [30, 1])
    let eye = Tensor<Double>(unit(30), shape: [30, 30])
    var curvature = Tensor<Double>(zeros: [34, 34])
    for i in 0..<4 { curvature[i, i] = 1 }
    let upper = Tensor.concatenated([-signed.transposed(), -eye]).transposed()
    let lower = Tensor.concatenated([Tensor(zeros: [4, 30]), -eye]).transposed()
    let program = try quadraticProgram(
      quadratic: curvature,
      linear: Tensor.concatenated([Tensor(zeros: [4]), Tensor(repeating: cost, shape: [30])]),
      inequalities: LinearConstraints(
        Tensor.concatenated([upper, lower]),
        Tensor.concatenated([Tensor(repeating: -1, shape: [30]), Tensor(zeros: [30])])))
    #expect(abs(found.objective - program.objective) < 1e-6)
    #expect(gap(found.weights, Array(program.point.scalars.prefix(4))) < 1e-4)
    #expect(found.multipliers.scalars.allSatisfy { $0 >= 0 && $0 <= cost })
  }

  @Test(arguments: [1, 1e-3, 1e-6])
  func `with squared hinge satisfy the optimality condition`(ridge: Double) throws {
    let (x, labels) = classes(60, 8, seed: 702, margin: nil)
    let found = try squaredHingeSVM(x, labels: labels, ridge: ridge)
    let (w, b) = (found.weights, found.bias.item)
    let signs = labels.map(Double.init)
    var slope = (ridge * w).scalars
    var end = 0.0
    for i in 0..<60 {
      let score = (0..<8).reduce(b) { $0 + x[i, $1] * w.scalars[$1] }
      let slack = max(0, 1 - signs[i] * score)
      for k in 0..<8 { slope[k] -= 2 / 60 * slack * signs[i] * x[i, k] }
      end -= 2 / 60 * slack * signs[i]
    }
    #expect(gap(slope, [Double](repeating: 0, count: 8)) < 1e-9 && abs(end) < 1e-9)
    let again = try squaredHingeSVM(x, labels: labels, ridge: ridge, from: found)
    #expect(again.minimum.iterations == 0)
  }

  @Test func `say so when they do not converge, and stop at other labels`() async {
    let (x, labels) = classes(30, 4, seed: 703, margin: nil)
    #expect(throws: LinearAlgebraError.self) {
      try softMarginSVM(x, labels: labels, cost: 100, tolerance: 1e-12, passes: 2)
    }
    await #expect(processExitsWith: .failure) {
      _ = try softMarginSVM(made(2, 2, 1), labels: [0, 1], cost: 1)
    }
  }
}

struct `Logistic regression` {
  @Test func `agrees with SciPy`() throws {
    for expected in try SolverFixture.load().logistic {
      let x = made(expected.rows, expected.columns, expected.salt)
      let labels = (0..<expected.rows).map { ($0 * 7 + expected.salt) % expected.classes }
      let found = try logisticRegression(
        x, labels: labels, classes: expected.classes, cost: 3, fittingBias: false, tolerance: 1e-10)
      #expect(abs(found.minimum.value - expected.value) < 1e-10)
      #expect(gap(found.weights, expected.weights) < 1e-6)
      #expect(found.bias.scalars.allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: [2, 3])
  func `has the gradient of its value`(count: Int) throws {
    let x = made(25, 3, 8)
    let labels = (0..<25).map { $0 * $0 % count }
    let found = try logisticRegression(x, labels: labels, classes: count, tolerance: 1e-9)
    #expect(found.minimum.gradientSize <= 1e-9)
    // With a bias the predicted shares are those of the labels.
    let scores = matmul(x, found.weights) + found.bias
    let mean = count == 2 ? logistic(scores).mean().item : softmax(scores).mean(along: 0).scalars[1]
    #expect(abs(mean - Double(labels.count { $0 == 1 }) / 25) < 1e-8)
  }
}

struct `Cheapest assignment` {
  @Test func `agrees with SciPy`() throws {
    for expected in try SolverFixture.load().assignments {
      let cost = made(expected.size, expected.size, expected.salt)
      let found = try cheapestAssignment(cost)
      #expect(abs(found.cost - expected.cost) < 1e-12)
      #expect(Set(found.columns).count == expected.size)
      #expect(abs(found.gap) < 1e-12)
      for i in 0..<expected.size {
        for j in 0..<expected.size {
          let bound = found.rowPotentials.scalars[i] + found.columnPotentials.scalars[j]
          #expect(bound <= cost[i, j] + 1e-14)
        }
      }
    }
  }

  @Test func `leaves columns over, takes ties in order, and costs what transport costs`() throws {
    let wide = Tensor([5.0, 1, 9, 9, 2, 0.5], shape: [2, 3])
    #expect(try cheapestAssignment(wide).columns == [1, 2])
    #expect(try cheapestAssignment(Tensor<Double>(zeros: [3, 3])).columns == [0, 1, 2])
    #expect(try cheapestAssignment(Tensor<Double>(zeros: [0, 2])).cost == 0)
    // Uniform transport has an assignment among its optima.
    let n = 6
    let cost = made(n, n, 9)
    var rows = [Double](repeating: 0, count: 2 * n * n * n)
    for i in 0..<n {
      for j in 0..<n {
        rows[i * n * n + i * n + j] = 1
        rows[(n + j) * n * n + i * n + j] = 1
      }
    }
    let plan = try linearProgram(
      cost.reshaped(to: [n * n]),
      equalities: LinearConstraints(
        Tensor(rows, shape: [2 * n, n * n]), Tensor(repeating: 1, shape: [2 * n])),
      inequalities: LinearConstraints(
        -Tensor<Double>(unit(n * n), shape: [n * n, n * n]), Tensor(zeros: [n * n])))
    #expect(abs(plan.objective - (try cheapestAssignment(cost).cost)) < 1e-8)
  }
}

struct `Simplex projection` {
  @Test func `is the nearest point`() throws {
    var source = stream(710)
    for n in [1, 2, 5, 30] {
      let v: Tensor<Double> = source.normal(shape: [n])
      let x = try simplexProjection(v, sum: 1.5)
      #expect(abs(x.sum().item - 1.5) < 1e-14)
      #expect(x.scalars.allSatisfy { $0 >= 0 })
      // What is positive is shifted by one number, and no other entry lies above it.
      let shift = zip(v.scalars, x.scalars).first { $1 > 0 }.map { $0 - $1 } ?? .nan
      for (a, b) in zip(v.scalars, x.scalars) { #expect(abs(max(a - shift, 0) - b) < 1e-14) }
    }
    #expect(throws: LinearAlgebraError.nonFinite(operation: "simplexProjection")) {
      try simplexProjection(Tensor([Double.infinity]))
    }
  }
}

struct `Fits of least p-norm` {
  @Test(arguments: [1.2, 1.5, 2, 3, 4, 8])
  func `bracket the least norm`(p: Double) throws {
    var source = stream(711)
    let a: Tensor<Double> = source.normal(shape: [40, 5])
    let b: Tensor<Double> = source.normal(shape: [40])
    let found = try leastPowers(a, b, p: p, tolerance: 1e-8)
    let norm = pow(pow(abs(b - matmul(a, found.coefficients)), p).sum().item, 1 / p)
    #expect(abs(found.norm - norm) < 1e-12)
    #expect(found.lowerBound <= found.norm && found.norm - found.lowerBound < 1e-6)
    if p == 2 {
      #expect(gap(found.coefficients, try leastSquares(a, b).scalars) < 1e-12)
      #expect(found.iterations == 0)
    }
  }
}
