import LinearAlgebra
import Tensors
import Testing

struct `Haar measure` {
  @Test(arguments: [(1, 1), (7, 7), (50, 3), (100, 40), (80, 80)])
  func `gives orthonormal columns`(rows: Int, columns: Int) {
    var source = stream(1)
    let frame: Tensor<Double> = haarFrame(rows: rows, columns: columns, using: &source)
    #expect(frame.shape == [rows, columns])
    #expect(gap(matmul(frame, frame, transposingA: true), unit(columns)) < 1e-14)
  }

  @Test func `has the moments of the orthogonal group`() {
    // E O_ij² = 1/n, E O_11⁴ = 3/(n(n+2)), E O_11² O_22² = (n+1)/(n(n−1)(n+2)), E tr O = 0,
    // E (tr O)² = 1, at n = 3.
    let n = 3
    let draws = 20_000
    var source = stream(2)
    var moments = [Double](repeating: 0, count: 6)
    for _ in 0..<draws {
      let o = (haarOrthogonal(n, using: &source) as Tensor<Double>).scalars
      let trace = o[0] + o[4] + o[8]
      let values = [
        o[0] * o[0], o[0] * o[0] * o[0] * o[0], o[0] * o[0] * o[4] * o[4], trace, trace * trace,
        o[8] * o[8],
      ]
      for (index, value) in values.enumerated() { moments[index] += value / Double(draws) }
    }
    let expected = [1.0 / 3, 0.2, 4.0 / 30, 0, 1, 1.0 / 3]
    // Four standard errors of the widest, the squared trace, whose standard deviation is √2.
    #expect(gap(moments, expected) < 4 * 1.4143 / Double(draws).squareRoot())
    #expect(abs(moments[0] - expected[0]) < 4 * 0.3 / Double(draws).squareRoot())
    #expect(abs(moments[5] - expected[5]) < 4 * 0.3 / Double(draws).squareRoot())
  }

  @Test func `turns one dimension by either sign`() {
    var source = stream(3)
    let signs = (0..<200).map { _ in
      (haarOrthogonal(1, using: &source) as Tensor<Double>).scalars[0]
    }
    #expect(Set(signs) == [-1, 1])
    #expect(abs(signs.reduce(0, +)) < 60)
  }

  @Test func `repeats itself to the bit`() {
    var first = stream(4)
    var second = stream(4)
    let a: Tensor<Double> = haarOrthogonal(70, using: &first)
    let b: Tensor<Double> = haarOrthogonal(70, using: &second)
    #expect(a == b)
  }

  @Test func `stops where there are more columns than rows`() async {
    await #expect(processExitsWith: .failure) {
      var source = stream(5)
      let _: Tensor<Double> = haarFrame(rows: 2, columns: 3, using: &source)
    }
  }
}
