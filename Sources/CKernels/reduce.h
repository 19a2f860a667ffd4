// Reductions along an axis: entry i of a block of 4096 goes into partial result i mod 16, the
// sixteen are joined by halves, and the blocks' results are reduced in the same way.
// The including file defines T, V, W and NAME.
#define BLOCK 4096
#define LOAD NAME(load)
#define STORE NAME(store)

INLINE T NAME(reduce_pair)(ck_reduce_op op, T a, T b) {
  return op == CK_SUM ? a + b : b > a || b != b ? b : a;
}

INLINE V NAME(reduce_lanes)(ck_reduce_op op, V a, V b) {
  return op == CK_SUM ? a + b : NAME(select)((b > a) | (b != b), b, a);
}

INLINE T NAME(reduce_start)(ck_reduce_op op) { return op == CK_SUM ? 0 : (T)-__builtin_inf(); }

INLINE T NAME(join)(ck_reduce_op op, T *p) {
  for (int half = 8; half > 0; half /= 2)
    for (int j = 0; j < half; j++) p[j] = NAME(reduce_pair)(op, p[j], p[j + half]);
  return p[0];
}

// A block of numbers, `step` apart.
INLINE T NAME(reduce_block)(ck_reduce_op op, size_t n, const T *x, size_t step) {
  T p[16];
  size_t i = 0;
  for (int j = 0; j < 16; j++) p[j] = NAME(reduce_start)(op);
  if (step == 1 && n >= 16) {
    V lanes[16 / W];
    for (int j = 0; j < 16 / W; j++) lanes[j] = (V)(NAME(reduce_start)(op));
    for (; i + 16 <= n; i += 16)
      for (int j = 0; j < 16 / W; j++)
        lanes[j] = NAME(reduce_lanes)(op, lanes[j], LOAD(x + i + j * W));
    for (int j = 0; j < 16 / W; j++) STORE(p + j * W, lanes[j]);
  }
  for (; i < n; i++) p[i % 16] = NAME(reduce_pair)(op, p[i % 16], x[i * step]);
  return NAME(join)(op, p);
}

// A block of rows, `inner` apart, of which W columns are reduced at once.
INLINE V NAME(reduce_columns)(ck_reduce_op op, size_t n, const T *x, size_t inner) {
  V p[16];
  size_t i = 0;
  for (int j = 0; j < 16; j++) p[j] = (V)(NAME(reduce_start)(op));
  for (; i + 16 <= n; i += 16)
    for (int j = 0; j < 16; j++)
      p[j] = NAME(reduce_lanes)(op, p[j], LOAD(x + (i + j) * inner));
  for (; i < n; i++) p[i % 16] = NAME(reduce_lanes)(op, p[i % 16], LOAD(x + i * inner));
  for (int half = 8; half > 0; half /= 2)
    for (int j = 0; j < half; j++) p[j] = NAME(reduce_lanes)(op, p[j], p[j + half]);
  return p[0];
}

static void NAME(reduce_slab)(ck_reduce_op op, size_t n, size_t inner, const T *x, T *y) {
  if (n > BLOCK) {
    size_t blocks = (n + BLOCK - 1) / BLOCK;
    T *parts = malloc(blocks * inner * sizeof(T));
    if (!parts) abort();
    for (size_t b = 0; b < blocks; b++) {
      size_t taken = n - b * BLOCK < BLOCK ? n - b * BLOCK : BLOCK;
      NAME(reduce_slab)(op, taken, inner, x + b * BLOCK * inner, parts + b * inner);
    }
    NAME(reduce_slab)(op, blocks, inner, parts, y);
    free(parts);
    return;
  }
  size_t c = 0;
  if (inner > 1)
    for (; c + W <= inner; c += W) STORE(y + c, NAME(reduce_columns)(op, n, x + c, inner));
  for (; c < inner; c++) y[c] = NAME(reduce_block)(op, n, x + c, inner);
}

INLINE void NAME(reduce)(
    ck_reduce_op op, size_t outer, size_t n, size_t inner, const T *x, T *y) {
  for (size_t o = 0; o < outer; o++) NAME(reduce_slab)(op, n, inner, x + o * n * inner, y + o * inner);
}

// Rows of logits. With e_j = exp(x_j - max) and the first greatest entry left out, `rest` is the
// sum of the others, so that log1p(rest) keeps the digits of a row that is almost certain.
static void NAME(rows)(
    ck_row_op op, size_t rows, size_t columns, const T *x, const int64_t *labels, T *y) {
  T *e = malloc((columns + 2 * rows) * sizeof(T));
  if (!e) abort();
  T *greatest = e + columns, *rest = greatest + rows;
  for (size_t r = 0; r < rows; r++) {
    const T *row = x + r * columns;
    T top = NAME(reduce_start)(CK_MAX);
    NAME(reduce_slab)(CK_MAX, columns, 1, row, &top);
    size_t first = 0;
    while (first + 1 < columns && !(row[first] == top || row[first] != row[first])) first++;
    NAME(zip_row)(CK_SUBTRACT, columns, row, 1, &top, 0, e);
    NAME(map_row)(CK_EXP, columns, e, e);
    T first_value = e[first];
    e[first] = 0 * first_value;
    NAME(reduce_slab)(CK_SUM, columns, 1, e, &rest[r]);
    e[first] = first_value;
    greatest[r] = top;
    T total = rest[r] + first_value;
    T *out = y + r * columns;
    if (op == CK_SOFTMAX || op == CK_SOFTMAX_LESS_ONE_HOT)
      NAME(zip_row)(CK_DIVIDE, columns, e, 1, &total, 0, out);
    if (op == CK_SOFTMAX_LESS_ONE_HOT) {
      T others = 0;
      e[labels[r]] = 0 * total;
      NAME(reduce_slab)(CK_SUM, columns, 1, e, &others);
      out[labels[r]] = -(others / total);
    }
  }
  if (op == CK_LOG_SOFTMAX || op == CK_LOG_SUM_EXP || op == CK_CROSS_ENTROPY) {
    NAME(map_row)(CK_LOG1P, rows, rest, rest);
    for (size_t r = 0; r < rows; r++) {
      const T *row = x + r * columns;
      if (op == CK_LOG_SUM_EXP) y[r] = greatest[r] + rest[r];
      if (op == CK_CROSS_ENTROPY) y[r] = (greatest[r] - row[labels[r]]) + rest[r];
      if (op != CK_LOG_SOFTMAX) continue;
      T *out = y + r * columns;
      NAME(zip_row)(CK_SUBTRACT, columns, row, 1, &greatest[r], 0, out);
      NAME(zip_row)(CK_SUBTRACT, columns, out, 1, &rest[r], 0, out);
    }
  }
  free(e);
}

#undef BLOCK
#undef LOAD
#undef STORE
