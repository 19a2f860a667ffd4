// Small triangles and panels, the leaves of the recursive factorizations. Lanes run along right-hand
// sides or rows; every entry is one chain of fused multiply-adds.
// The including file defines T, V, W and NAME.
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

// `vectors` W right-hand sides, which lie in rows of `vectors` W numbers.
INLINE void NAME(substitute)(
    const int vectors, int ascending, int unit, size_t n, const T *t, size_t t_row,
    size_t t_column, T *x) {
  for (size_t step = 0; step < n; step++) {
    size_t i = ascending ? step : n - 1 - step;
    V sum[8];
    UNROLL for (int v = 0; v < vectors; v++) sum[v] = LOAD(x + (i * vectors + v) * W);
    for (size_t earlier = 0; earlier < step; earlier++) {
      size_t j = ascending ? earlier : n - 1 - earlier;
      V factor = (V)(-t[i * t_row + j * t_column]);
      UNROLL for (int v = 0; v < vectors; v++)
        sum[v] = NAME(fma)(factor, LOAD(x + (j * vectors + v) * W), sum[v]);
    }
    V pivot = (V)(unit ? (T)1 : t[i * t_row + i * t_column]);
    UNROLL for (int v = 0; v < vectors; v++) STORE(x + (i * vectors + v) * W, sum[v] / pivot);
  }
}

static void NAME(solve)(
    int ascending, int unit, size_t n, size_t columns, const T *t, size_t t_row, size_t t_column,
    T *x, size_t x_row, size_t x_column) {
  T room[CK_TRIANGLE * 8 * W];
  for (size_t start = 0; start < columns; start += 8 * W) {
    size_t taken = columns - start < 8 * W ? columns - start : 8 * W;
    int vectors = taken <= W ? 1 : taken <= 4 * W ? 4 : 8;
    size_t width = (size_t)vectors * W;
    T *first = x + start * x_column;
    for (size_t i = 0; i < n; i++) {
      for (size_t c = 0; c < taken; c++) room[i * width + c] = first[i * x_row + c * x_column];
      for (size_t c = taken; c < width; c++) room[i * width + c] = 0;
    }
    if (vectors == 1) NAME(substitute)(1, ascending, unit, n, t, t_row, t_column, room);
    else if (vectors == 4) NAME(substitute)(4, ascending, unit, n, t, t_row, t_column, room);
    else NAME(substitute)(8, ascending, unit, n, t, t_row, t_column, room);
    for (size_t i = 0; i < n; i++)
      for (size_t c = 0; c < taken; c++) first[i * x_row + c * x_column] = room[i * width + c];
  }
}

// y -= f x for consecutive numbers.
INLINE void NAME(take_multiple)(size_t n, T f, const T *x, T *y) {
  size_t i = 0;
  V factor = (V)(-f);
  for (; i + W <= n; i += W) STORE(y + i, NAME(fma)(factor, LOAD(x + i), LOAD(y + i)));
  for (; i < n; i++) y[i] = NAME(fma1)(-f, x[i], y[i]);
}

INLINE void NAME(divide_by)(size_t n, T divisor, T *x) {
  size_t i = 0;
  for (; i + W <= n; i += W) STORE(x + i, LOAD(x + i) / (V)(divisor));
  for (; i < n; i++) x[i] /= divisor;
}

static size_t NAME(cholesky)(size_t n, T *a, size_t a_row) {
  // Columns of the lower half, so that lanes run along rows.
  T room[CK_TRIANGLE * CK_TRIANGLE];
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++) room[j * CK_TRIANGLE + i] = a[i * a_row + j];
  for (size_t j = 0; j < n; j++) {
    T *column = room + j * CK_TRIANGLE, pivot = column[j];
    if (!(pivot > 0 && pivot < (T)__builtin_inf())) {
      a[j * a_row + j] = pivot;
      return j;
    }
    V root = __builtin_elementwise_sqrt((V)(pivot));
    column[j] = root[0];
    NAME(divide_by)(n - j - 1, column[j], column + j + 1);
    for (size_t p = j + 1; p < n; p++)
      NAME(take_multiple)(n - p, column[p], column + p, room + p * CK_TRIANGLE + p);
  }
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j <= i; j++) a[i * a_row + j] = room[j * CK_TRIANGLE + i];
  return n;
}

static void NAME(panel)(size_t m, size_t width, T *x, size_t *pivots) {
  for (size_t j = 0; j < width && j < m; j++) {
    T *column = x + j * m, greatest = -1;
    for (size_t i = j; i < m; i++) {
      T size = column[i] < 0 ? -column[i] : column[i];
      if (size > greatest) {
        greatest = size;
        pivots[j] = i;
      }
    }
    for (size_t p = 0; p < width; p++) {
      T kept = x[p * m + j];
      x[p * m + j] = x[p * m + pivots[j]];
      x[p * m + pivots[j]] = kept;
    }
    if (greatest == 0) continue;
    NAME(divide_by)(m - j - 1, column[j], column + j + 1);
    for (size_t p = j + 1; p < width; p++)
      NAME(take_multiple)(m - j - 1, x[p * m + j], column + j + 1, x + p * m + j + 1);
  }
}

#undef LOAD
#undef STORE
#undef UNROLL
