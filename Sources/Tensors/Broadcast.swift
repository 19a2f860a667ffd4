internal import CKernels

/// How two shapes combine entry by entry: an axis of one entry, or a missing first axis, repeats.
struct Broadcast {
  let shape: [Int]
  // Axes before the last two that could be joined with nothing, then the two of the kernel.
  private(set) var outer: [Axis] = []
  private var row = Axis(count: 1, left: 0, right: 0)
  private var column = Axis(count: 1, left: 0, right: 0)

  struct Axis {
    var count: Int
    var left: Int
    var right: Int
  }

  /// Nil where the shapes do not combine.
  init?(_ left: [Int], _ right: [Int]) {
    let rank = max(left.count, right.count)
    let left = Array(repeating: 1, count: rank - left.count) + left
    let right = Array(repeating: 1, count: rank - right.count) + right
    guard zip(left, right).allSatisfy({ $0 == $1 || $0 == 1 || $1 == 1 }) else { return nil }
    shape = zip(left, right).map { $0 == 1 ? $1 : $0 }
    var axes: [Axis] = []
    var leftStep = 1
    var rightStep = 1
    for axis in (0..<rank).reversed() {
      let next = Axis(
        count: shape[axis], left: left[axis] == 1 ? 0 : leftStep,
        right: right[axis] == 1 ? 0 : rightStep)
      leftStep *= left[axis]
      rightStep *= right[axis]
      if next.count == 1 { continue }
      if let inner = axes.last, next.left == inner.left * inner.count,
        next.right == inner.right * inner.count
      {
        axes[axes.count - 1].count *= next.count
      } else {
        axes.append(next)
      }
    }
    if let first = axes.first { column = first }
    if axes.count > 1 { row = axes[1] }
    outer = axes.dropFirst(2).reversed()
  }

  /// Fills the target, which may be the left operand where the result has its shape.
  func run(
    _ operation: ck_zip_op, _ type: ck_type, _ size: Int, _ left: UnsafeRawPointer,
    _ right: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    let slab = row.count * column.count
    for index in 0..<outer.reduce(1, { $0 * $1.count }) {
      var rest = index
      var leftOffset = 0
      var rightOffset = 0
      for axis in outer.reversed() {
        leftOffset += rest % axis.count * axis.left
        rightOffset += rest % axis.count * axis.right
        rest /= axis.count
      }
      ck_zip(
        type, operation, row.count, column.count, left + leftOffset * size, row.left, column.left,
        right + rightOffset * size, row.right, column.right, target + index * slab * size)
    }
  }
}
