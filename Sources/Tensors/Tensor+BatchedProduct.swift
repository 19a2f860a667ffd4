internal import CKernels

/// Products of the last two axes, pair by pair over the axes before them, which broadcast.
func products<E>(
  _ a: Tensor<E>, _ b: Tensor<E>, _ transposingA: Bool, _ transposingB: Bool
) -> Tensor<E> {
  let sizes = ProductSizes("matmul", a.shape, b.shape, transposingA, transposingB)
  let (m, n, k) = (sizes.m, sizes.n, sizes.k)
  var (batch, shape) = batch(a.shape.dropLast(2), b.shape.dropLast(2), m * k, k * n)
  shape += [m, n]
  let operation = Operation.matmulBatched(transposingA, transposingB)
  if k == 0 { return Tensor(zeros: shape).recorded(operation, a, b) }
  return Tensor(shape: shape) { target in
    a.withPointer { left in
      b.withPointer { right in
        ck_matmul_batched(
          Tensor<E>.type, &batch, m, n, k, left, transposingA ? 1 : k, transposingA ? m : 1, right,
          transposingB ? 1 : n, transposingB ? k : 1, target)
      }
    }
  }.recorded(operation, a, b)
}

/// The joint batch of two, axis by axis, and the steps between matrices of the given sizes.
private func batch(
  _ left: ArraySlice<Int>, _ right: ArraySlice<Int>, _ leftSize: Int, _ rightSize: Int
) -> (ck_batch, [Int]) {
  let rank = max(left.count, right.count)
  require(rank <= CK_BATCH_AXES, "matmul: a batch of \(rank) axes is too deep")
  let left = Array(repeating: 1, count: rank - left.count) + left
  let right = Array(repeating: 1, count: rank - right.count) + right
  let shape = zip(left, right).map { $0 == 1 ? $1 : $0 }
  var batch = ck_batch()
  batch.axes = rank
  var (leftStep, rightStep) = (leftSize, rightSize)
  withUnsafeMutableBytes(of: &batch.counts) { counts in
    withUnsafeMutableBytes(of: &batch.a_steps) { leftSteps in
      withUnsafeMutableBytes(of: &batch.b_steps) { rightSteps in
        for axis in (0..<rank).reversed() {
          require(
            left[axis] == right[axis] || left[axis] == 1 || right[axis] == 1,
            "matmul: batches \(left) and \(right) do not broadcast")
          counts.bindMemory(to: Int.self)[axis] = shape[axis]
          leftSteps.bindMemory(to: Int.self)[axis] = left[axis] == 1 ? 0 : leftStep
          rightSteps.bindMemory(to: Int.self)[axis] = right[axis] == 1 ? 0 : rightStep
          leftStep *= left[axis]
          rightStep *= right[axis]
        }
      }
    }
  }
  return (batch, shape)
}
