// A matrix times a vector: y[i] = sum over p of a[i row + p column] x[p], the same chains as the
// matrix product's, at the speed of reading the matrix once.
// The including file defines T, V, W and NAME.
#define CHAIN 4096
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

// 2 W rows whose numbers are consecutive: their columns are put together, and lanes run along rows.
// Rows from `rows` on repeat the last one and are not stored.
INLINE void NAME(vector_rows)(size_t rows, size_t depth, const T *a, size_t row, const T *x, T *y) {
  const T *source[2 * W];
  UNROLL for (int i = 0; i < 2 * W; i++) source[i] = a + ((size_t)i < rows ? i : rows - 1) * row;
  V low = (V)((T)0), high = (V)((T)0);
  size_t p = 0;
  for (; p + NAME(STEP) <= depth; p += NAME(STEP)) {
    V u[NAME(STEP)], v[NAME(STEP)];
    NAME(columns)(source, p, u);
    NAME(columns)(source + W, p, v);
    UNROLL for (int i = 0; i < NAME(STEP); i++) {
      V factor = (V)(x[p + i]);
      low = NAME(fma)(u[i], factor, low);
      high = NAME(fma)(v[i], factor, high);
    }
  }
  for (; p < depth; p++) {
    V u, v, factor = (V)(x[p]);
    UNROLL for (int i = 0; i < W; i++) {
      u[i] = source[i][p];
      v[i] = source[i + W][p];
    }
    low = NAME(fma)(u, factor, low);
    high = NAME(fma)(v, factor, high);
  }
  T out[2 * W];
  STORE(out, low);
  STORE(out + W, high);
  __builtin_memcpy(y, out, (rows < 2 * W ? rows : 2 * W) * sizeof(T));
}

// y += a x for `terms` columns that lie `column` apart, their numbers consecutive.
INLINE void NAME(vector_columns)(
    const int terms, size_t m, const T *a, size_t column, const T *x, T *y) {
  size_t i = 0;
  for (; i + W <= m; i += W) {
    V sum = LOAD(y + i);
    UNROLL for (int q = 0; q < terms; q++)
      sum = NAME(fma)(LOAD(a + q * column + i), (V)(x[q]), sum);
    STORE(y + i, sum);
  }
  for (; i < m; i++)
    for (int q = 0; q < terms; q++) y[i] = NAME(fma1)(a[q * column + i], x[q], y[i]);
}

static void NAME(vector_block)(
    size_t m, size_t depth, const T *a, size_t row, size_t column, const T *x, T *y) {
  if (column == 1) {
    for (size_t i = 0; i < m; i += 2 * W)
      NAME(vector_rows)(m - i, depth, a + i * row, row, x, y + i);
  } else if (row == 1) {
    __builtin_memset(y, 0, m * sizeof(T));
    // Strips whose sums stay in the first cache.
    for (size_t i = 0; i < m; i += 2048) {
      size_t taken = m - i < 2048 ? m - i : 2048, p = 0;
      for (; p + 8 <= depth; p += 8)
        NAME(vector_columns)(8, taken, a + i + p * column, column, x + p, y + i);
      for (; p < depth; p++)
        NAME(vector_columns)(1, taken, a + i + p * column, column, x + p, y + i);
    }
  } else {
    for (size_t i = 0; i < m; i++) {
      T sum = 0;
      for (size_t p = 0; p < depth; p++)
        sum = NAME(fma1)(a[i * row + p * column], x[p], sum);
      y[i] = sum;
    }
  }
}

static void NAME(vector_alone)(
    size_t m, size_t k, const T *a, size_t row, size_t column, const T *x, size_t x_step, T *y) {
  size_t later = k > CHAIN ? m : 0;
  T *room = ck_scratch(CK_SCRATCH_VECTOR, (later + (x_step == 1 ? 0 : k)) * sizeof(T));
  if (x_step != 1) {
    for (size_t p = 0; p < k; p++) room[later + p] = x[p * x_step];
    x = room + later;
  }
  for (size_t start = 0; start < k; start += CHAIN) {
    size_t depth = k - start < CHAIN ? k - start : CHAIN;
    T *target = start ? room : y;
    NAME(vector_block)(m, depth, a + start * column, row, column, x + start, target);
    if (start)
      for (size_t i = 0; i < m; i++) y[i] += room[i];
  }
}

typedef struct {
  size_t m, k, part;
  const T *a;
  size_t row, column;
  const T *x;
  size_t x_step;
  T *y;
} NAME(vector_task);

static void NAME(vector_part)(void *context, size_t number) {
  const NAME(vector_task) *t = context;
  size_t start = number * t->part, rows = t->m - start < t->part ? t->m - start : t->part;
  NAME(vector_alone)(
      rows, t->k, t->a + start * t->row, t->row, t->column, t->x, t->x_step, t->y + start);
}

// Threads share the rows of a large matrix.
static void NAME(vector)(
    size_t m, size_t k, const T *a, size_t row, size_t column, const T *x, size_t x_step, T *y) {
  NAME(vector_task) t = {m, k, m, a, row, column, x, x_step, y};
  if (m * k >= (size_t)1 << 18 && ck_threads() > 1) {
    size_t rows = ((size_t)1 << 17) / k / (2 * W) * (2 * W);
    t.part = rows < 4 * W ? 4 * W : rows;
  }
  ck_share((m + t.part - 1) / t.part, NAME(vector_part), &t);
}

#undef CHAIN
#undef LOAD
#undef STORE
#undef UNROLL
