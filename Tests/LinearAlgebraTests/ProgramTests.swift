import LinearAlgebra
import Tensors
import Testing

/// |xᵢ| ≤ 1 and G x ≤ h.
private func boxed(_ g: Tensor<Double>, _ h: Tensor<Double>) -> LinearConstraints {
  let n = g.shape[1]
  let eye = Tensor<Double>(unit(n), shape: [n, n])
  return LinearConstraints(
    Tensor.concatenated([g, eye, -eye]),
    Tensor.concatenated([h, Tensor(repeating: 1, shape: [2 * n])]))
}

struct `Linear programs` {
  @Test func `agree with HiGHS`() throws {
    for expected in try SolverFixture.load().programs {
      let g = made(expected.rows, expected.columns, expected.salt)
      let h = madeVector(expected.rows, expected.salt + 2) + 0.6
      let c = made(1, expected.columns, expected.salt + 1).reshaped(to: [expected.columns])
      let found = try linearProgram(c, inequalities: boxed(g, h))
      #expect(abs(found.objective - expected.objective) < 1e-8)
      #expect(abs(found.gap) < 1e-8 && found.primalResidual < 1e-8 && found.dualResidual < 1e-8)
      #expect(found.inequalityMultipliers.scalars.allSatisfy { $0 >= 0 })
      guard let norm = expected.pursuit else { continue }
      let pursuit = try basisPursuit(g, h)
      #expect(abs(pursuit.norm - norm) < 1e-8 * norm)
      #expect(gap(matmul(g, pursuit.point), h.scalars) < 1e-8)
      #expect(size(matmul(pursuit.multipliers, g)) <= 1 + 1e-12)
      #expect(abs(pursuit.gap) < 1e-8 * norm)
    }
  }

  @Test func `prove that nothing is feasible`() {
    // x ≤ −1 and −x ≤ −1.
    let clash = LinearConstraints(Tensor([1.0, -1], shape: [2, 1]), Tensor([-1.0, -1]))
    #expect(throws: LinearAlgebraError.infeasible(operation: "linearProgram")) {
      try linearProgram(Tensor([1.0]), inequalities: clash)
    }
    let apart = LinearConstraints(Tensor([1.0, 1, 1, 1], shape: [2, 2]), Tensor([0.0, 1]))
    #expect(throws: LinearAlgebraError.infeasible(operation: "linearProgram")) {
      try linearProgram(
        Tensor([1.0, 1]), equalities: apart,
        inequalities: LinearConstraints(
          Tensor([-1.0, 0, 0, -1], shape: [2, 2]), Tensor([0.0, 0])))
    }
  }

  @Test func `prove that the objective has no bound`() {
    let half = LinearConstraints(Tensor([1.0, 0, 0, 1], shape: [2, 2]), Tensor([1.0, 1]))
    #expect(throws: LinearAlgebraError.unbounded(operation: "linearProgram")) {
      try linearProgram(Tensor([1.0, 0.5]), inequalities: half)
    }
  }

  @Test(arguments: 1...40)
  func `with random constraints are solved, infeasible or unbounded`(seed: Int) throws {
    // A slab a·x ∈ [0.01, 1], or none, and five half-spaces that leave most directions open.
    var source = stream(UInt64(540 + seed))
    let n = 1 + source.integer(below: 15)
    let a: Tensor<Double> = source.normal(shape: [1, n])
    let rows = Tensor.concatenated([a, -a, source.normal(shape: [5, n])])
    let empty = seed % 2 == 0
    let bounds = Tensor.concatenated([
      Tensor([-0.01, empty ? -0.01 : 1]), Tensor(repeating: 1, shape: [5]),
    ])
    do throws(LinearAlgebraError) {
      let found = try linearProgram(
        source.normal(shape: [n]), inequalities: LinearConstraints(rows, bounds))
      #expect(!empty && found.worst <= 1e-9)
    } catch {
      let wanted: LinearAlgebraError =
        empty ? .infeasible(operation: "linearProgram") : .unbounded(operation: "linearProgram")
      #expect(error == wanted)
    }
  }

  @Test func `refuse NaN and say so when they do not converge`() {
    #expect(throws: LinearAlgebraError.nonFinite(operation: "linearProgram")) {
      try linearProgram(Tensor([Double.nan]))
    }
    let failure = #expect(throws: LinearAlgebraError.self) {
      try quadraticProgram(
        quadratic: nil, linear: madeVector(5, 1),
        inequalities: boxed(made(4, 5, 2), madeVector(4, 3) + 0.6),
        iterations: 1)
    }
    guard case .notConverged("quadraticProgram", 1, _, 1e-9) = failure else {
      Issue.record("expected notConverged, got \(String(describing: failure))")
      return
    }
  }
}

struct `Quadratic programs` {
  @Test(arguments: 1...40)
  func `satisfy the optimality conditions on random data`(seed: Int) throws {
    var source = stream(UInt64(500 + seed))
    let (n, m) = (1 + source.integer(below: 30), 1 + source.integer(below: 50))
    let p = source.integer(below: max(n / 2, 1))
    let half: Tensor<Double> = source.normal(shape: [1 + source.integer(below: n), n])
    let quadratic = matmul(half, half, transposingA: true)
    let g: Tensor<Double> = source.normal(shape: [m, n])
    let a: Tensor<Double> = source.normal(shape: [p, n])
    let inside: Tensor<Double> = source.normal(shape: [n])
    let h = matmul(g, inside) + (source.uniform(shape: [m]) as Tensor<Double>)
    let q: Tensor<Double> = source.normal(shape: [n])
    let constraints = boxed(g, h)
    let wide = LinearConstraints(
      constraints.matrix, Tensor.concatenated([h, Tensor(repeating: 4, shape: [2 * n])]))
    let found = try quadraticProgram(
      quadratic: quadratic, linear: q, equalities: LinearConstraints(a, matmul(a, inside)),
      inequalities: wide)
    let x = found.point
    let slope =
      matmul(quadratic, x) + q + matmul(found.equalityMultipliers, a)
      + matmul(found.inequalityMultipliers, wide.matrix)
    #expect(size(slope) < 1e-7)
    #expect((wide.bounds - matmul(wide.matrix, x)).scalars.allSatisfy { $0 > -1e-7 })
    #expect(size(matmul(a, x - inside)) < 1e-7)
    #expect(found.inequalityMultipliers.scalars.allSatisfy { $0 >= 0 })
    #expect(abs(found.gap) < 1e-7 * max(1, abs(found.objective)))
  }

  @Test func `project on a polyhedron to working precision`() throws {
    // The hull's margin problem is the projection of the origin on {w: Z w ≥ 1}.
    var source = stream(77)
    var z = (source.normal(shape: [30, 6]) as Tensor<Double>).scalars
    for i in 0..<30 { z[i * 6] = 0.3 + abs(z[i * 6]) }
    let points = Tensor(z, shape: [30, 6])
    let found = try quadraticProgram(
      quadratic: Tensor(unit(6), shape: [6, 6]), linear: Tensor(zeros: [6]),
      inequalities: LinearConstraints(-points, Tensor(repeating: -1, shape: [30])))
    let margin = try leastNormPoint(ofHullOf: points).norm
    #expect(abs((found.point * found.point).sum().item.squareRoot() * margin - 1) < 1e-12)
  }

  @Test func `without constraints solve a system`() throws {
    let a = madeDefinite(12, 3)
    let found = try quadraticProgram(quadratic: a, linear: madeVector(12, 4))
    #expect(gap(found.point, try solve(a, -madeVector(12, 4)).scalars) < 1e-9)
  }
}

struct `Nonnegative least squares` {
  @Test func `agrees with SciPy`() throws {
    for expected in try SolverFixture.load().nnls {
      let found = try nonNegativeLeastSquares(
        made(expected.rows, expected.columns, expected.salt),
        madeVector(expected.rows, expected.salt + 1))
      #expect(abs(found.residual - expected.residual) < 1e-12)
      if expected.rows >= expected.columns {
        #expect(gap(found.solution, expected.solution) < 1e-10)
      }
      #expect(found.solution.scalars.allSatisfy { $0 >= 0 })
      #expect(found.violation <= 1e-11)
    }
  }

  @Test func `gives zeros where every column points away`() throws {
    let found = try nonNegativeLeastSquares(
      Tensor([1.0, 2, 3, 4], shape: [2, 2]), Tensor([-1.0, -1]))
    #expect(found.solution.scalars == [0, 0])
  }
}
