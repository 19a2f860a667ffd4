// The gradient of a convolution with respect to its filters: lanes along filters, which the
// gradient of the results is turned for. The including file defines T, V, W, NAME and FILTERS, the
// vectors of filters that a tile takes.
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

// to[p width + o] = g[o plane + p], and zero for the filters that are missing; 1 where all are
// finite.
static int NAME(turn_filters)(
    size_t filters, size_t width, size_t pixels, size_t plane, const T *g, T *to) {
  // Zero times a number is zero where it is finite, and NaN where not.
  V checks = (V)((T)0);
  T check = 0;
  for (size_t o = 0; o < width; o += W) {
    size_t p = 0;
    for (; p + W <= pixels; p += W) {
      V v[W];
      UNROLL for (int i = 0; i < W; i++) {
        v[i] = o + i < filters ? LOAD(g + (o + i) * plane + p) : (V)((T)0);
        checks = NAME(fma)(v[i], (V)((T)0), checks);
      }
      NAME(turn)(v);
      UNROLL for (int i = 0; i < W; i++) STORE(to + (p + i) * width + o, v[i]);
    }
    for (; p < pixels; p++)
      for (size_t i = o; i < o + W; i++) {
        T number = i < filters ? g[i * plane + p] : 0;
        check = NAME(fma1)(number, 0, check);
        to[p * width + i] = number;
      }
  }
  UNROLL for (int i = 0; i < W; i++) check += checks[i];
  return check == 0;
}

// Sums of `taken` terms of at most `terms`; further ones repeat the last and are thrown away.
INLINE void NAME(sum_places)(
    const int terms, const int wide, const int each, int taken, const ck_run *run,
    const size_t *offset, T *sums) {
  const size_t scalars = each ? W : 1;
  const T *x[9], *g = run->g;
  V sum[9][FILTERS];
  UNROLL for (int i = 0; i < terms; i++)
    x[i] = (const T *)run->x + offset[i < taken ? i : taken - 1] * scalars;
  UNROLL for (int i = 0; i < terms; i++)
    UNROLL for (int j = 0; j < wide; j++)
      sum[i][j] = run->fresh || i >= taken ? (V)((T)0) : LOAD(sums + (i * wide + j) * W);
  for (size_t s = 0; s < run->pieces; s++) {
    size_t at = run->piece[s].start;
    for (size_t c = 0; c < run->piece[s].count; c++, at += run->step, g += wide * W) {
      V right[FILTERS];
      UNROLL for (int j = 0; j < wide; j++) right[j] = LOAD(g + j * W);
      UNROLL for (int i = 0; i < terms; i++) {
        V left = each ? LOAD(x[i] + at * W) : (V)(x[i][at]);
        UNROLL for (int j = 0; j < wide; j++) sum[i][j] = NAME(fma)(left, right[j], sum[i][j]);
      }
    }
  }
  UNROLL for (int i = 0; i < terms; i++)
    if (i < taken)
      UNROLL for (int j = 0; j < wide; j++) STORE(sums + (i * wide + j) * W, sum[i][j]);
}

// The pixel at `at` of a line, for the taps on lines k0 to k1 and columns l0 to l1 around it.
INLINE void NAME(sum_pixel)(
    const int wide, const int k0, const int k1, const int l0, const int l1, const T *x,
    size_t line, const T *g, V (*sum)[FILTERS]) {
  V right[FILTERS];
  UNROLL for (int j = 0; j < wide; j++) right[j] = LOAD(g + j * W);
  UNROLL for (int k = k0; k < k1; k++)
    UNROLL for (int l = l0; l < l1; l++) {
      V left = (V)(x[(size_t)k * line + (size_t)l]);
      UNROLL for (int j = 0; j < wide; j++)
        sum[3 * k + l][j] = NAME(fma)(left, right[j], sum[3 * k + l][j]);
    }
}

INLINE void NAME(sum_line)(
    const int wide, const int k0, const int k1, const T *x, size_t line, const T *g,
    V (*sum)[FILTERS]) {
  NAME(sum_pixel)(wide, k0, k1, 1, 3, x, line, g, sum);
  for (size_t c = 1; c + 1 < line; c++)
    NAME(sum_pixel)(wide, k0, k1, 0, 3, x + c, line, g + c * wide * W, sum);
  NAME(sum_pixel)(wide, k0, k1, 0, 2, x + line - 1, line, g + (line - 1) * wide * W, sum);
}

// The nine terms of a 3 x 3 filter that keeps the size of the image, without the products with the
// zeros around it: pieces are whole lines, and the image is read where it lies.
INLINE void NAME(sum_edges)(const int wide, const ck_run *run, const T *x, T *sums) {
  V sum[9][FILTERS];
  UNROLL for (int i = 0; i < 9; i++)
    UNROLL for (int j = 0; j < wide; j++)
      sum[i][j] = run->fresh ? (V)((T)0) : LOAD(sums + (i * wide + j) * W);
  const T *g = run->g;
  for (size_t s = 0; s < run->pieces; s++) {
    size_t line = run->piece[s].count;
    // From the pixel above and left of the first, which is not read.
    const T *at = x + run->piece[s].start - line - 1;
    if (run->piece[s].edge < 0) NAME(sum_line)(wide, 1, 3, at, line, g, sum);
    else if (run->piece[s].edge > 0) NAME(sum_line)(wide, 0, 2, at, line, g, sum);
    else NAME(sum_line)(wide, 0, 3, at, line, g, sum);
    g += line * wide * W;
  }
  UNROLL for (int i = 0; i < 9; i++)
    UNROLL for (int j = 0; j < wide; j++) STORE(sums + (i * wide + j) * W, sum[i][j]);
}

#define SUMS(most, wide, each) NAME(sum_places)(most, wide, each, taken, run, offset, sums)
#define TERMS(most)                                           \
  if (run->each) SUMS(most, 1, 1);                            \
  else if (FILTERS > 1 && run->width > W) SUMS(most, FILTERS, 0); \
  else SUMS(most, 1, 0);

static void NAME(filter_sums)(const ck_run *run) {
  size_t most = run->terms % 9 == 0 ? 9 : 8;
  for (size_t k = 0; k < run->terms; k += most) {
    int taken = (int)(run->terms - k < most ? run->terms - k : most);
    const size_t *offset = run->offset + k;
    T *sums = (T *)run->sums + k * run->width;
    for (int j = 0; j < 2; j++)
      for (size_t i = 0; i < run->ahead[j]; i++)
        __builtin_prefetch(run->next[j] + (k / most * run->ahead[j] + i) * 64, 0, 2);
    if (run->edges) {
      const T *x = (const T *)run->x + k / 9 * run->plane;
      if (FILTERS > 1 && run->width > W) NAME(sum_edges)(FILTERS, run, x, sums);
      else NAME(sum_edges)(1, run, x, sums);
    } else if (most == 9) {
      TERMS(9)
    } else if (taken > 4) {
      TERMS(8)
    } else {
      TERMS(4)
    }
  }
}

#undef SUMS
#undef TERMS
#undef LOAD
#undef STORE
#undef UNROLL
