internal import CKernels

/// A linear map of the entries along an axis: each entry of the result lists the entries of the
/// source that it is made of, with weights.
struct AxisMap: Hashable, Sendable {
  let inputs: Int
  private(set) var starts = [0]
  private(set) var sources: [Int] = []
  private(set) var weights: [Double] = []

  var outputs: Int { starts.count - 1 }

  /// Makes entry `i` of the result from the terms that the body lists for it.
  init(from inputs: Int, to outputs: Int, _ terms: (Int) -> [(source: Int, weight: Double)]) {
    self.inputs = inputs
    for output in 0..<outputs {
      for term in terms(output) {
        sources.append(term.source)
        weights.append(term.weight)
      }
      starts.append(sources.count)
    }
  }

  /// Copies one entry each, or leaves zero where there is none.
  init(from inputs: Int, to outputs: Int, copying source: (Int) -> Int?) {
    self.init(from: inputs, to: outputs) { source($0).map { [($0, 1)] } ?? [] }
  }

  /// The map that takes entries back along the same weights, in ascending order.
  var transposed: AxisMap {
    var terms = [[(source: Int, weight: Double)]](repeating: [], count: inputs)
    for output in 0..<outputs {
      for term in starts[output]..<starts[output + 1] {
        terms[sources[term]].append((output, weights[term]))
      }
    }
    return AxisMap(from: outputs, to: inputs) { terms[$0] }
  }

  func withKernel(_ body: (UnsafePointer<ck_axis>) -> Void) {
    starts.withUnsafeBufferPointer { starts in
      sources.withUnsafeBufferPointer { sources in
        weights.withUnsafeBufferPointer { weights in
          var axis = ck_axis()
          axis.inputs = inputs
          axis.outputs = outputs
          axis.start = starts.baseAddress
          axis.source = sources.baseAddress
          axis.weight = weights.baseAddress
          body(&axis)
        }
      }
    }
  }
}

extension Tensor {
  /// The maps of the rows' axis, then of the columns', which are the last two.
  ///
  /// An entry is one product, then fused multiply-adds in the order of the map's terms, with
  /// weights rounded to the kind of number; +0 where there is no term.
  func resampled(_ rows: AxisMap, _ columns: AxisMap) -> Tensor {
    let planes = shape.dropLast(2).reduce(1, *)
    let result = shape.dropLast(2) + [rows.outputs, columns.outputs]
    if count == 0 || rows.outputs == 0 || columns.outputs == 0 {
      return Tensor(zeros: Array(result)).recorded(.resampled(rows, columns), self)
    }
    return Tensor(shape: Array(result)) { target in
      withPointer { source in
        rows.withKernel { rows in
          columns.withKernel { columns in
            ck_resample(Self.type, planes, rows, columns, source, target)
          }
        }
      }
    }.recorded(.resampled(rows, columns), self)
  }

  /// The rows and columns, where there are two axes at least.
  func imageSize(_ name: String) -> Extent {
    require(rank >= 2, "\(name): shape \(shape) has no rows and columns")
    return Extent(rows: shape[rank - 2], columns: shape[rank - 1])
  }
}
