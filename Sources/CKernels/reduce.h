// Reductions along an axis: entry i of a block of 4096 goes into partial result i mod 16, the
// sixteen are joined by halves, and the blocks' results are reduced in the same way.
// The including file defines T, V, W and NAME.
#define BLOCK 4096
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")
// Vectors that hold the sixteen partial results, and rows that are reduced side by side.
#define LANES (16 / W)
#define ABREAST (LANES <= 2 ? 4 : LANES <= 4 ? 2 : 1)

INLINE V NAME(reduce_start)(ck_reduce_op op) {
  return (V)(op == CK_MAX   ? (T)-__builtin_inf()
             : op == CK_MIN ? (T)__builtin_inf()
                            : (T)(op == CK_PRODUCT));
}

// Two partial results; NaN is the greatest and the least number, and of equals the first stays.
INLINE V NAME(reduce_pair)(ck_reduce_op op, V a, V b) {
  switch (op) {
    case CK_SUM:
    case CK_SUM_OF_SQUARES: return a + b;
    case CK_PRODUCT: return a * b;
    case CK_MAX: return NAME(select)((b > a) | (b != b), b, a);
    case CK_MIN: return NAME(select)((b < a) | (b != b), b, a);
  }
}

// A partial result and one more entry.
INLINE V NAME(reduce_entry)(ck_reduce_op op, V a, V x) {
  return op == CK_SUM_OF_SQUARES ? NAME(fma)(x, x, a) : NAME(reduce_pair)(op, a, x);
}

// The sixteen partial results joined: j with j + 8, then with j + 4, j + 2 and j + 1.
INLINE T NAME(join)(ck_reduce_op op, V *p) {
  UNROLL for (int step = 0; step < 4; step++) {
    const int half = 8 >> step;
    if (half < W) p[0] = NAME(reduce_pair)(op, p[0], NAME(later)(p[0], half));
    else
      UNROLL for (int j = 0; j < half / W; j++)
        p[j] = NAME(reduce_pair)(op, p[j], p[j + half / W]);
  }
  return p[0][0];
}

// A block of numbers, `step` apart.
INLINE T NAME(reduce_block)(ck_reduce_op op, size_t n, const T *x, size_t step) {
  V p[LANES];
  size_t i = 0;
  UNROLL for (int j = 0; j < LANES; j++) p[j] = NAME(reduce_start)(op);
  if (step == 1)
    for (; i + 16 <= n; i += 16)
      UNROLL for (int j = 0; j < LANES; j++)
        p[j] = NAME(reduce_entry)(op, p[j], LOAD(x + i + j * W));
  // What is left, padded with entries that change nothing.
  for (; i < n; i += 16) {
    T rest[16];
    UNROLL for (int j = 0; j < LANES; j++) STORE(rest + j * W, NAME(reduce_start)(op));
    for (size_t j = 0; j < 16 && i + j < n; j++) rest[j] = x[(i + j) * step];
    UNROLL for (int j = 0; j < LANES; j++)
      p[j] = NAME(reduce_entry)(op, p[j], LOAD(rest + j * W));
  }
  return NAME(join)(op, p);
}

// Blocks of consecutive numbers, `row` apart, side by side: one chain of sums would wait for itself.
INLINE void NAME(reduce_abreast)(ck_reduce_op op, size_t n, const T *x, size_t row, T *y) {
  V p[ABREAST][LANES];
  UNROLL for (int r = 0; r < ABREAST; r++)
    UNROLL for (int j = 0; j < LANES; j++) p[r][j] = NAME(reduce_start)(op);
  for (size_t i = 0; i + 16 <= n; i += 16)
    UNROLL for (int r = 0; r < ABREAST; r++)
      UNROLL for (int j = 0; j < LANES; j++)
        p[r][j] = NAME(reduce_entry)(op, p[r][j], LOAD(x + r * row + i + j * W));
  size_t done = n / 16 * 16;
  UNROLL for (int r = 0; r < ABREAST; r++) {
    T rest[16];
    if (done == n) break;
    UNROLL for (int j = 0; j < LANES; j++) STORE(rest + j * W, NAME(reduce_start)(op));
    __builtin_memcpy(rest, x + r * row + done, (n - done) * sizeof(T));
    UNROLL for (int j = 0; j < LANES; j++)
      p[r][j] = NAME(reduce_entry)(op, p[r][j], LOAD(rest + j * W));
  }
  UNROLL for (int r = 0; r < ABREAST; r++) y[r] = NAME(join)(op, p[r]);
}

// A block of rows, `inner` apart, over at most STRIP columns: whole vectors of them.
#define STRIP 256
INLINE void NAME(reduce_columns)(
    ck_reduce_op op, size_t n, size_t columns, const T *x, size_t inner, T *y) {
  T p[16 * STRIP];
  for (size_t k = 0; k < 16 * columns; k += W) STORE(p + k, NAME(reduce_start)(op));
  size_t i = 0;
  for (; i + 64 <= n; i += 64)
    for (int j = 0; j < 16; j++) {
      const T *row = x + (i + j) * inner;
      for (size_t c = 0; c < columns; c += W) {
        V sum = LOAD(p + j * columns + c);
        UNROLL for (int k = 0; k < 4; k++)
          sum = NAME(reduce_entry)(op, sum, LOAD(row + 16 * k * inner + c));
        STORE(p + j * columns + c, sum);
      }
    }
  for (; i < n; i++) {
    T *sums = p + i % 16 * columns;
    for (size_t c = 0; c < columns; c += W)
      STORE(sums + c, NAME(reduce_entry)(op, LOAD(sums + c), LOAD(x + i * inner + c)));
  }
  for (size_t c = 0; c < columns; c += W) {
    V q[16];
    UNROLL for (int j = 0; j < 16; j++) q[j] = LOAD(p + j * columns + c);
    UNROLL for (int step = 0; step < 4; step++)
      UNROLL for (int j = 0; j < 8 >> step; j++)
        q[j] = NAME(reduce_pair)(op, q[j], q[j + (8 >> step)]);
    STORE(y + c, q[0]);
  }
}

static void NAME(reduce_slab)(
    ck_reduce_op op, size_t n, size_t columns, const T *x, size_t inner, T *y) {
  if (n > BLOCK) {
    size_t blocks = (n + BLOCK - 1) / BLOCK;
    T *parts = malloc(blocks * columns * sizeof(T));
    if (!parts) abort();
    for (size_t b = 0; b < blocks; b++) {
      size_t taken = n - b * BLOCK < BLOCK ? n - b * BLOCK : BLOCK;
      NAME(reduce_slab)(op, taken, columns, x + b * BLOCK * inner, inner, parts + b * columns);
    }
    // Sums of blocks are joined as numbers, not squared again.
    NAME(reduce_slab)(
        op == CK_SUM_OF_SQUARES ? CK_SUM : op, blocks, columns, parts, columns, y);
    free(parts);
    return;
  }
  size_t c = 0, whole = inner > 1 ? columns / W * W : 0;
  for (; c < whole; c += STRIP)
    NAME(reduce_columns)(op, n, whole - c < STRIP ? whole - c : STRIP, x + c, inner, y + c);
  for (c = whole; c < columns; c++) y[c] = NAME(reduce_block)(op, n, x + c, inner);
}

// `columns` of the `inner` columns of each of `outer` slabs.
INLINE void NAME(reduce)(
    ck_reduce_op op, size_t outer, size_t n, size_t inner, size_t columns, const T *x, T *y) {
  size_t o = 0;
  if (inner == 1 && n <= BLOCK)
    for (; o + ABREAST <= outer; o += ABREAST) NAME(reduce_abreast)(op, n, x + o * n, n, y + o);
  for (; o < outer; o++)
    NAME(reduce_slab)(op, n, columns, x + o * n * inner, inner, y + o * inner);
}

// The reduction of one row of consecutive numbers.
static T NAME(sum_row)(size_t n, const T *x) {
  T y;
  if (n <= BLOCK) return NAME(reduce_block)(CK_SUM, n, x, 1);
  NAME(reduce_slab)(CK_SUM, n, 1, x, 1, &y);
  return y;
}
// Terms of sums over two rows of numbers a and b, with a number s.
#ifndef TERM_PRODUCT
enum { TERM_PRODUCT, TERM_SOFT_TARGET, TERM_DEVIATION };
#define TERM_PRODUCT TERM_PRODUCT
#endif

INLINE V NAME(add_term)(const int term, V sum, V a, V b, T s) {
  if (term == TERM_PRODUCT) return NAME(fma)(a, b, sum);
  // Targets of zero say nothing, whatever the logit.
  if (term == TERM_SOFT_TARGET)
    return NAME(fma)(b, NAME(select)(b == (T)0, (V)((T)0), s - a), sum);
  V d = a - s;
  return NAME(fma)(d, d, sum);
}

// A block of each of `count` rows, `row` apart, side by side; each has its own s.
INLINE void NAME(sum_terms_block)(
    const int term, const int count, size_t n, const T *a, const T *b, size_t row, const T *s,
    T *sums) {
  V p[ABREAST][LANES];
  size_t i = 0;
  UNROLL for (int r = 0; r < count; r++)
    UNROLL for (int j = 0; j < LANES; j++) p[r][j] = (V)((T)0);
  for (; i + 16 <= n; i += 16)
    UNROLL for (int r = 0; r < count; r++)
      UNROLL for (int j = 0; j < LANES; j++) {
        size_t at = r * row + i + j * W;
        p[r][j] = NAME(add_term)(term, p[r][j], LOAD(a + at), LOAD(b + at), s[r]);
      }
  UNROLL for (int r = 0; r < count; r++) {
    if (i == n) break;
    T u[16] = {0}, v[16] = {0}, live[16] = {0};
    __builtin_memcpy(u, a + r * row + i, (n - i) * sizeof(T));
    __builtin_memcpy(v, b + r * row + i, (n - i) * sizeof(T));
    for (size_t j = 0; j < n - i; j++) live[j] = 1;
    UNROLL for (int j = 0; j < LANES; j++) {
      V more = NAME(add_term)(term, p[r][j], LOAD(u + j * W), LOAD(v + j * W), s[r]);
      p[r][j] = NAME(select)(LOAD(live + j * W) != (T)0, more, p[r][j]);
    }
  }
  UNROLL for (int r = 0; r < count; r++) sums[r] = NAME(join)(CK_SUM, p[r]);
}

INLINE T NAME(sum_terms)(const int term, size_t n, const T *a, const T *b, T s) {
  T sum;
  if (n <= BLOCK) {
    NAME(sum_terms_block)(term, 1, n, a, b, 0, &s, &sum);
    return sum;
  }
  size_t blocks = (n + BLOCK - 1) / BLOCK;
  T *parts = malloc(blocks * sizeof(T));
  if (!parts) abort();
  for (size_t k = 0, from = 0; k < blocks; k++, from += BLOCK)
    NAME(sum_terms_block)(
        term, 1, n - from < BLOCK ? n - from : BLOCK, a + from, b + from, 0, &s, parts + k);
  sum = NAME(sum_row)(blocks, parts);
  free(parts);
  return sum;
}
