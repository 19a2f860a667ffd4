// The gradient of a convolution with respect to its filters: lanes along filters, which the
// gradient of the results is turned for. The including file defines T, V, W, NAME and FILTERS, the
// vectors of filters that a tile takes.
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

// to[p width + o] = g[o plane + p], and zero for the filters that are missing.
static void NAME(turn_filters)(
    size_t filters, size_t width, size_t pixels, size_t plane, const T *g, T *to) {
  for (size_t o = 0; o < width; o += W) {
    size_t p = 0;
    if (o + W <= filters)
      for (; p + W <= pixels; p += W) {
        V v[W];
        UNROLL for (int i = 0; i < W; i++) v[i] = LOAD(g + (o + i) * plane + p);
        NAME(turn)(v);
        UNROLL for (int i = 0; i < W; i++) STORE(to + (p + i) * width + o, v[i]);
      }
    for (; p < pixels; p++)
      for (size_t i = o; i < o + W; i++) to[p * width + i] = i < filters ? g[i * plane + p] : 0;
  }
}

// Sums of `taken` terms of at most `terms`; further ones repeat the last and are thrown away.
INLINE void NAME(sum_places)(
    const int terms, const int wide, int taken, const ck_run *run, const size_t *offset, T *sums) {
  const T *x[9], *g = run->g;
  V sum[9][FILTERS];
  UNROLL for (int i = 0; i < terms; i++)
    x[i] = (const T *)run->x + offset[i < taken ? i : taken - 1];
  UNROLL for (int i = 0; i < terms; i++)
    UNROLL for (int j = 0; j < wide; j++)
      sum[i][j] = run->fresh || i >= taken ? (V)((T)0) : LOAD(sums + (i * wide + j) * W);
  for (size_t s = 0; s < run->pieces; s++) {
    size_t at = run->piece[s].start;
    for (size_t c = 0; c < run->piece[s].count; c++, at += run->step, g += wide * W) {
      V right[FILTERS];
      UNROLL for (int j = 0; j < wide; j++) right[j] = LOAD(g + j * W);
      UNROLL for (int i = 0; i < terms; i++) {
        V left = (V)(x[i][at]);
        UNROLL for (int j = 0; j < wide; j++) sum[i][j] = NAME(fma)(left, right[j], sum[i][j]);
      }
    }
  }
  UNROLL for (int i = 0; i < terms; i++)
    if (i < taken)
      UNROLL for (int j = 0; j < wide; j++) STORE(sums + (i * wide + j) * W, sum[i][j]);
}

#define TERMS(most)                                                                           \
  if (FILTERS > 1 && run->width > W) NAME(sum_places)(most, FILTERS, taken, run, offset, sums); \
  else NAME(sum_places)(most, 1, taken, run, offset, sums);

static void NAME(filter_sums)(const ck_run *run) {
  size_t most = run->terms % 9 == 0 ? 9 : 8;
  for (size_t k = 0; k < run->terms; k += most) {
    int taken = (int)(run->terms - k < most ? run->terms - k : most);
    const size_t *offset = run->offset + k;
    T *sums = (T *)run->sums + k * run->width;
    for (int j = 0; j < 2; j++)
      for (size_t i = 0; i < run->ahead[j]; i++)
        __builtin_prefetch(run->next[j] + (k / most * run->ahead[j] + i) * 64, 0, 2);
    if (most == 9) {
      TERMS(9)
    } else if (taken > 4) {
      TERMS(8)
    } else {
      TERMS(4)
    }
  }
}

#undef TERMS
#undef LOAD
#undef STORE
#undef UNROLL
