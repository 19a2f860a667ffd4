// Copies of a factor in the order in which the product's tiles read it.
// The including file defines T, V, W and NAME, and the tile: MR rows of NV vectors.
#define NR (NV * W)
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

// Turns W vectors of W consecutive numbers a row into one vector a column, by log W shuffles.
INLINE void NAME(turn)(V *v __attribute__((unused))) {
#if VECTORS
  V t[W];
  UNROLL for (int stage = 1; stage < W; stage *= 2) {
    UNROLL for (int i = 0; i < W / 2; i++) {
      t[2 * i] = NAME(zip_low)(v[i], v[i + W / 2]);
      t[2 * i + 1] = NAME(zip_high)(v[i], v[i + W / 2]);
    }
    UNROLL for (int i = 0; i < W; i++) v[i] = t[i];
  }
#endif
}

// One group of up to W rows whose numbers are consecutive, from row `first` of the strip on. Rows
// from `taken` on repeat the last one.
INLINE void NAME(pack_turned)(
    const size_t width, size_t first, size_t taken, size_t depth, const T *x, size_t step, T *out) {
  const T *source[W];
  UNROLL for (size_t i = 0; i < W; i++)
    source[i] = x + (first + i < taken ? first + i : taken - 1) * step;
  size_t p = 0;
  for (; p + NAME(STEP) <= depth; p += NAME(STEP)) {
    V v[NAME(STEP)];
    NAME(columns)(source, p, v);
    UNROLL for (int i = 0; i < NAME(STEP); i++) {
      if (first + W <= width) STORE(out + (p + i) * width + first, v[i]);
      else __builtin_memcpy(out + (p + i) * width + first, &v[i], (width - first) * sizeof(T));
    }
  }
  for (; p < depth; p++)
    for (size_t i = 0; i < W && first + i < width; i++) out[p * width + first + i] = source[i][p];
}

// A strip of up to `width` numbers a term: out[p width + i] = x[i step + p term].
INLINE void NAME(pack_strip)(
    const size_t width, size_t taken, size_t depth, const T *x, size_t step, size_t term, T *out) {
  if (step == 1 && taken == width) {
    for (size_t p = 0; p < depth; p++)
      __builtin_memcpy(out + p * width, x + p * term, width * sizeof(T));
  } else if (term == 1) {
    UNROLL for (size_t first = 0; first < width; first += W)
      NAME(pack_turned)(width, first, taken, depth, x, step, out);
  } else {
    for (size_t p = 0; p < depth; p++)
      for (size_t i = 0; i < width; i++)
        out[p * width + i] = i < taken ? x[i * step + p * term] : 0;
  }
}

static void NAME(pack_left)(
    size_t taken, size_t depth, const T *x, size_t step, size_t term, T *out) {
  NAME(pack_strip)(MR, taken, depth, x, step, term, out);
}

static void NAME(pack_right)(
    size_t taken, size_t depth, const T *x, size_t step, size_t term, T *out) {
  NAME(pack_strip)(NR, taken, depth, x, step, term, out);
}

#undef NR
#undef LOAD
#undef STORE
#undef UNROLL
