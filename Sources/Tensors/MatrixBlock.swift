internal import CKernels

/// A part of a matrix in memory that others own: what blocked factorizations are written with.
///
/// Entry (i, j) lies at `start[i rowStep + j columnStep]`. The memory outlives the block.
package struct MatrixBlock<Element: Scalar> {
  package let start: UnsafeMutablePointer<Element>
  package let rows: Int
  package let columns: Int
  package let rowStep: Int
  package let columnStep: Int

  package init(
    _ start: UnsafeMutablePointer<Element>, rows: Int, columns: Int, rowStep: Int,
    columnStep: Int = 1
  ) {
    Kernels.prepare()
    self.start = start
    self.rows = rows
    self.columns = columns
    self.rowStep = rowStep
    self.columnStep = columnStep
  }

  /// The same memory with rows as columns.
  package var transposed: MatrixBlock {
    MatrixBlock(start, rows: columns, columns: rows, rowStep: columnStep, columnStep: rowStep)
  }

  /// A block of the block.
  package subscript(rows: Range<Int>, columns: Range<Int>) -> MatrixBlock {
    require(
      rows.lowerBound >= 0 && rows.upperBound <= self.rows && columns.lowerBound >= 0
        && columns.upperBound <= self.columns,
      "block: [\(rows), \(columns)] is outside [\(self.rows), \(self.columns)]")
    return MatrixBlock(
      start + rows.lowerBound * rowStep + columns.lowerBound * columnStep, rows: rows.count,
      columns: columns.count, rowStep: rowStep, columnStep: columnStep)
  }

  /// Becomes the product of two blocks, whose entries are those of `matmul`.
  package func set(toProduct a: MatrixBlock, _ b: MatrixBlock) { update(CK_STORE, a, b, false) }

  /// Adds the product of two blocks.
  package func add(product a: MatrixBlock, _ b: MatrixBlock) { update(CK_PLUS, a, b, false) }

  /// Takes away the product of two blocks; with `lower`, on and below the diagonal alone.
  package func subtract(product a: MatrixBlock, _ b: MatrixBlock, lower: Bool = false) {
    update(CK_MINUS, a, b, lower)
  }

  private func update(_ kind: ck_update, _ a: MatrixBlock, _ b: MatrixBlock, _ lower: Bool) {
    require(
      a.rows == rows && b.columns == columns && a.columns == b.rows
        && (columnStep == 1 || rowStep == 1 && !lower),
      """
      product: [\(a.rows), \(a.columns)] times [\(b.rows), \(b.columns)] does not fit into \
      [\(rows), \(columns)]
      """)
    ck_matmul_into(
      Tensor<Element>.type, kind, lower ? 1 : 0, rows, columns, a.columns, a.start, a.rowStep,
      a.columnStep, b.start, b.rowStep, b.columnStep, start, rowStep, columnStep)
  }

  /// The greatest triangle that `solve` and `factorCholesky` take.
  package static var triangle: Int { Int(CK_TRIANGLE) }

  /// The greatest width of a panel.
  package static var panel: Int { Int(CK_PANEL) }

  /// Becomes the solution of a small triangular system with this block as right-hand sides.
  package func solve(_ t: MatrixBlock, ascending: Bool, unit: Bool) {
    require(
      t.rows == rows && t.columns == rows && rows <= Self.triangle,
      "solve: a triangle of \(t.rows) rows for \(rows)")
    ck_solve(
      Tensor<Element>.type, ascending ? 1 : 0, unit ? 1 : 0, rows, columns, t.start, t.rowStep,
      t.columnStep, start, rowStep, columnStep)
  }

  /// Becomes its lower Cholesky factor; returns the pivot that is not positive, where there is one.
  package func factorCholesky() -> Int? {
    require(
      rows == columns && rows <= Self.triangle && columnStep == 1,
      "factorCholesky: a block of [\(rows), \(columns)]")
    let pivot = ck_cholesky(Tensor<Element>.type, rows, start, rowStep)
    return pivot < rows ? pivot : nil
  }

  /// Factors a panel that lies by columns; returns the row exchanged with each.
  package func factorPanel() -> [Int] {
    require(
      columns <= Self.panel && rowStep == 1 && columnStep == rows && rows >= columns,
      "factorPanel: a block of [\(rows), \(columns)]")
    var pivots = [Int](repeating: 0, count: columns)
    ck_panel(Tensor<Element>.type, rows, columns, start, &pivots)
    return pivots
  }
}

/// Rotations of pairs of rows, collected so that they are applied many at a time.
package struct RowRotations {
  private var rotations: [ck_rotation] = []

  package init() { Kernels.prepare() }

  /// How many wait.
  package var count: Int { rotations.count }

  /// Adds the rotation that makes rows (x, y) of (c x − s y, s x + c y).
  package mutating func append(_ x: Int, _ y: Int, cosine: Double, sine: Double) {
    rotations.append(ck_rotation(x: UInt32(x), y: UInt32(y), c: cosine, s: sine))
  }

  /// Applies the rotations in order to a row-major matrix, and forgets them.
  package mutating func apply(to matrix: inout [Double], rows: Int, columns: Int) {
    require(
      matrix.count == rows * columns && rotations.allSatisfy { $0.x < rows && $0.y < rows },
      "rotations: a row lies outside [\(rows), \(columns)]")
    if columns > 0 { ck_rotate(rows, columns, &matrix, rotations.count, rotations) }
    rotations.removeAll(keepingCapacity: true)
  }
}
