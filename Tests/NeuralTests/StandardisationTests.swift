import Neural
import Tensors
import Testing

struct `Standardised features` {
  @Test func `have mean zero and deviation one`() {
    var source = RandomStream(paper: "neural-tests", seed: 10, purpose: .data)
    let x: Tensor<Double> = 3 * source.normal(shape: [50, 2, 4, 4]) + 7
    let y = Standardisation(fitting: x)(x)
    #expect(abs(y.mean(over: [0, 2, 3]).scalars[1]) < 1e-12)
    #expect(abs(y.sumOfSquares().item / 1600 - 1) < 1e-12)
    let table = Tensor([1.0, 5, 3, 5], shape: [2, 2])
    let scaling = Standardisation(fitting: table)
    #expect(scaling.mean == [2, 5] && scaling.deviation == [1, 1])
    #expect(scaling(table).scalars == [-1, 0, 1, 0])
  }
}
