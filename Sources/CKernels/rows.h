// Rows of logits. With e_j = exp(x_j - max) and the first greatest entry left out, `rest` is the
// sum of the others, so that log1p(rest) keeps the digits of a row that is almost certain. Sums
// are those of reduce.h.
// The including file defines T, V, W and NAME.

// The greatest entry that is no NaN: the order of a maximum cannot be seen but in a zero's sign,
// which the exponential does not see, and one NaN makes every result of its row NaN.
INLINE T NAME(top)(size_t n, const T *x) {
  V p[4];
  size_t i = 0;
  UNROLL for (int j = 0; j < 4; j++) p[j] = (V)((T)-__builtin_inf());
  for (; i + 4 * W <= n; i += 4 * W)
    UNROLL for (int j = 0; j < 4; j++) {
      V v = LOAD(x + i + j * W);
      p[j] = NAME(select)(v > p[j], v, p[j]);
    }
  for (; i + W <= n; i += W) {
    V v = LOAD(x + i);
    p[0] = NAME(select)(v > p[0], v, p[0]);
  }
  UNROLL for (int j = 1; j < 4; j++) p[0] = NAME(select)(p[j] > p[0], p[j], p[0]);
  UNROLL for (int step = 0; step < 4; step++) {
    if (8 >> step >= W) continue;
    V other = NAME(later)(p[0], 8 >> step);
    p[0] = NAME(select)(other > p[0], other, p[0]);
  }
  T top = p[0][0];
  for (; i < n; i++) top = x[i] > top ? x[i] : top;
  return top;
}

// The position of the first entry that equals `top`; the last one where none does.
INLINE size_t NAME(first_top)(size_t n, const T *x, T top) {
  size_t i = 0;
  for (; i + W < n; i += W)
    if (__builtin_reduce_or(LOAD(x + i) == top)) break;
  while (i + 1 < n && x[i] != top) i++;
  return i;
}

INLINE void NAME(exponential_lanes)(const T *x, T top, T *e, V *p) {
  UNROLL for (int j = 0; j < LANES; j++) {
    V v = NAME(exp_below)(LOAD(x + j * W) - top);
    STORE(e + j * W, v);
    p[j] = p[j] + v;
  }
}

// e_j for the whole row; returns the sum without the entry `first`.
INLINE T NAME(exponentials)(size_t n, const T *x, T top, size_t first, T *e) {
  T room[16];
  V p[LANES];
  size_t i = 0, around = first / 16 * 16;
  UNROLL for (int j = 0; j < LANES; j++) p[j] = (V)((T)0);
  // The sixteen with the first greatest entry are summed without it.
  for (; i < around; i += 16) NAME(exponential_lanes)(x + i, top, e + i, p);
  size_t left = n - i < 16 ? n - i : 16;
  for (size_t j = 0; j < 16; j++) room[j] = (T)-__builtin_inf();
  __builtin_memcpy(room, x + i, left * sizeof(T));
  T own = room[first - i];
  room[first - i] = own != own ? own : (T)-__builtin_inf();
  NAME(exponential_lanes)(room, top, room, p);
  __builtin_memcpy(e + i, room, left * sizeof(T));
  V greatest = NAME(exp_below)((V)(own - top));
  e[first] = greatest[0];
  for (i += 16; i + 16 <= n; i += 16) NAME(exponential_lanes)(x + i, top, e + i, p);
  if (i < n) {
    for (size_t j = 0; j < 16; j++) room[j] = (T)-__builtin_inf();
    __builtin_memcpy(room, x + i, (n - i) * sizeof(T));
    NAME(exponential_lanes)(room, top, room, p);
    __builtin_memcpy(e + i, room, (n - i) * sizeof(T));
  }
  // What is no number in the entry left out must be none in the sum.
  if (n <= BLOCK) return NAME(join)(CK_SUM, p) + 0 * e[first];
  T kept = e[first];
  e[first] = 0 * kept;
  T rest = NAME(sum_row)(n, e);
  e[first] = kept;
  return rest;
}

// Divides a row, and scales it where `scales` is set.
INLINE void NAME(divide_row)(size_t n, T divisor, const int scales, T scale, T *x) {
  size_t i = 0;
  for (; i + W <= n; i += W) {
    V v = LOAD(x + i) / divisor;
    STORE(x + i, scales ? v * scale : v);
  }
  for (; i < n; i++) x[i] = scales ? x[i] / divisor * scale : x[i] / divisor;
}

static void NAME(rows)(
    ck_row_op op, size_t rows, size_t columns, const T *x, const int64_t *labels, const T *scales,
    T *y) {
  int keeps = op == CK_SOFTMAX || op == CK_SOFTMAX_LESS_ONE_HOT;
  T *room = malloc((columns + 2 * rows) * sizeof(T));
  if (!room) abort();
  T *greatest = room + columns, *rest = greatest + rows;
  for (size_t r = 0; r < rows; r++) {
    const T *row = x + r * columns;
    T *e = keeps ? y + r * columns : room;
    T top = NAME(top)(columns, row);
    size_t first = NAME(first_top)(columns, row, top);
    greatest[r] = top;
    rest[r] = NAME(exponentials)(columns, row, top, first, e);
    T total = rest[r] + e[first];
    if (op == CK_SOFTMAX) NAME(divide_row)(columns, total, 0, 1, e);
    if (op == CK_SOFTMAX_LESS_ONE_HOT) {
      T scale = scales ? scales[r] : 1;
      e[labels[r]] = 0 * total;
      T others = NAME(sum_row)(columns, e);
      NAME(divide_row)(columns, total, 1, scale, e);
      e[labels[r]] = -(others / total) * scale;
    }
  }
  if (!keeps) {
    NAME(map_row)(CK_LOG1P, rows, rest, rest);
    for (size_t r = 0; r < rows; r++) {
      const T *row = x + r * columns;
      if (op == CK_LOG_SUM_EXP) y[r] = greatest[r] + rest[r];
      if (op == CK_CROSS_ENTROPY) y[r] = (greatest[r] - row[labels[r]]) + rest[r];
      if (op != CK_LOG_SOFTMAX) continue;
      T *out = y + r * columns;
      size_t i = 0;
      for (; i + W <= columns; i += W) STORE(out + i, LOAD(row + i) - greatest[r] - rest[r]);
      for (; i < columns; i++) out[i] = row[i] - greatest[r] - rest[r];
    }
  }
  free(room);
}

// Functions of two rows; `labels` is for none of them.
static void NAME(row_pairs)(
    ck_row_pair_op op, size_t rows, size_t columns, const T *x, const T *z, T *y) {
  if (op == CK_SOFT_CROSS_ENTROPY) NAME(rows)(CK_LOG_SUM_EXP, rows, columns, x, NULL, NULL, y);
  for (size_t r = 0; r < rows; r++) {
    const T *a = x + r * columns, *b = z + r * columns;
    T *out = y + r * columns;
    size_t i = 0;
    if (op == CK_SOFTMAX_GRADIENT) {
      T sum = NAME(sum_terms)(TERM_PRODUCT, columns, a, b, 0);
      for (; i + W <= columns; i += W) STORE(out + i, LOAD(a + i) * (LOAD(b + i) - sum));
      for (; i < columns; i++) out[i] = a[i] * (b[i] - sum);
    } else if (op == CK_LOG_SOFTMAX_GRADIENT) {
      T sum = NAME(sum_row)(columns, b);
      for (; i + W <= columns; i += W)
        STORE(out + i, NAME(fma)(NAME(exp_below)(LOAD(a + i)), (V)(-sum), LOAD(b + i)));
      for (; i < columns; i++) {
        V last = NAME(fma)(NAME(exp_below)((V)(a[i])), (V)(-sum), (V)(b[i]));
        out[i] = last[0];
      }
    } else {
      y[r] = NAME(sum_terms)(TERM_SOFT_TARGET, columns, a, b, y[r]);
    }
  }
}
