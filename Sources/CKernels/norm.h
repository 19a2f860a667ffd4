// Normalisation. Every mean is a sum of reduce.h over the count; with d = x - mean, the variance
// is the sum of d d (fused) over the count, inverse = 1 / sqrt(variance + epsilon), n = d inverse,
// and y = fma(n, scale, offset).
// The including file defines T, V, W and NAME.

typedef struct {
  T mean, inverse;
} NAME(moments);

INLINE T NAME(inverse_root)(T x) {
  V root = __builtin_elementwise_sqrt((V)(x));
  return 1 / root[0];
}

INLINE V NAME(apply)(V x, V scale, V offset, T mean, T inverse) {
  return NAME(fma)((x - mean) * inverse, scale, offset);
}

// Rows: groups of an example's channels. `count` rows side by side, where a block holds a row.

INLINE void NAME(row_moments)(
    const ck_norm *shape, const int count, size_t n, const T *x, NAME(moments) * m) {
  T means[ABREAST] = {0}, sums[ABREAST];
  if (shape->centred) {
    if (count > 1) NAME(reduce_abreast)(CK_SUM, n, x, n, means);
    else means[0] = NAME(sum_row)(n, x);
    for (int r = 0; r < count; r++) means[r] = means[r] / (T)n;
  }
  if (count > 1) NAME(sum_terms_block)(TERM_DEVIATION, count, n, x, x, n, means, sums);
  else sums[0] = NAME(sum_terms)(TERM_DEVIATION, n, x, x, means[0]);
  for (int r = 0; r < count; r++) {
    m[r].mean = means[r];
    m[r].inverse = NAME(inverse_root)(sums[r] / (T)n + (T)shape->epsilon);
  }
}

// The scales, then the offsets, of every entry of an example.
INLINE const T *NAME(spread)(const ck_norm *shape, const T *parameters, T **room) {
  *room = NULL;
  if (shape->inner == 1) return parameters;
  size_t count = 2 * shape->channels;
  T *all = *room = malloc(count * shape->inner * sizeof(T));
  if (!all) abort();
  for (size_t c = 0; c < count; c++)
    for (size_t i = 0; i < shape->inner; i++) all[c * shape->inner + i] = parameters[c];
  return all;
}

INLINE void NAME(row_norm_rows)(
    const ck_norm *shape, const int count, size_t r, const T *x, const T *spread, T *moments,
    T *y) {
  size_t width = shape->channels * shape->inner, n = width / shape->groups;
  NAME(moments) m[ABREAST];
  NAME(row_moments)(shape, count, n, x + r * n, m);
  __builtin_memcpy(moments + 2 * r, m, (size_t)count * sizeof *m);
  for (int k = 0; k < count; k++) {
    const T *row = x + (r + k) * n, *scale = spread + (r + k) % shape->groups * n;
    const T *offset = scale + width;
    T *out = y + (r + k) * n, mean = m[k].mean, inverse = m[k].inverse;
    size_t i = 0;
    for (; i + W <= n; i += W)
      STORE(out + i, NAME(apply)(LOAD(row + i), LOAD(scale + i), LOAD(offset + i), mean, inverse));
    for (; i < n; i++) {
      V last = NAME(apply)((V)(row[i]), (V)(scale[i]), (V)(offset[i]), mean, inverse);
      out[i] = last[0];
    }
  }
}

static void NAME(row_norm)(
    const ck_norm *shape, size_t start, size_t end, const T *x, const T *parameters, T *moments,
    T *y) {
  T *room;
  const T *spread = NAME(spread)(shape, parameters, &room);
  size_t r = start;
  if (shape->channels * shape->inner / shape->groups <= BLOCK)
    for (; r + ABREAST <= end; r += ABREAST)
      NAME(row_norm_rows)(shape, ABREAST, r, x, spread, moments, y);
  for (; r < end; r++) NAME(row_norm_rows)(shape, 1, r, x, spread, moments, y);
  free(room);
}

// The sums of h = g scale and of h n over a block of each of `count` rows.
INLINE void NAME(norm_sums_block)(
    const int count, size_t n, const T *x, const T *g, size_t row, const T *const *scales,
    const NAME(moments) * m, T *first, T *second) {
  V p[ABREAST][LANES], q[ABREAST][LANES];
  size_t i = 0;
  UNROLL for (int r = 0; r < count; r++)
    UNROLL for (int j = 0; j < LANES; j++) p[r][j] = q[r][j] = (V)((T)0);
  for (; i + 16 <= n; i += 16)
    UNROLL for (int r = 0; r < count; r++)
      UNROLL for (int j = 0; j < LANES; j++) {
        size_t at = r * row + i + j * W;
        V h = LOAD(g + at) * LOAD(scales[r] + i + j * W);
        p[r][j] = p[r][j] + h;
        q[r][j] = NAME(fma)(h, (LOAD(x + at) - m[r].mean) * m[r].inverse, q[r][j]);
      }
  UNROLL for (int r = 0; r < count; r++) {
    if (i == n) break;
    T u[16] = {0}, v[16] = {0};
    for (size_t j = 0; j < n - i; j++) {
      T h = g[r * row + i + j] * scales[r][i + j];
      u[j] = h;
      v[j] = x[r * row + i + j];
    }
    // Past the end h is zero; a mean or an inverse that is not finite has spoilt the row already.
    UNROLL for (int j = 0; j < LANES; j++) {
      V h = LOAD(u + j * W);
      p[r][j] = p[r][j] + h;
      q[r][j] = NAME(fma)(h, (LOAD(v + j * W) - m[r].mean) * m[r].inverse, q[r][j]);
    }
  }
  UNROLL for (int r = 0; r < count; r++) {
    first[r] = NAME(join)(CK_SUM, p[r]);
    second[r] = NAME(join)(CK_SUM, q[r]);
  }
}

// inverse (h - mean(h) - n mean(h n)).
INLINE V NAME(norm_slope)(V x, V h, NAME(moments) m, T first, T second) {
  V n = (x - m.mean) * m.inverse;
  return NAME(fma)(-n, (V)(second), h - first) * m.inverse;
}

INLINE void NAME(row_norm_slopes)(
    const ck_norm *shape, const int count, size_t r, const T *x, const T *spread,
    const T *moments, const T *g, T *y) {
  size_t n = shape->channels * shape->inner / shape->groups;
  NAME(moments) m[ABREAST];
  __builtin_memcpy(m, moments + 2 * r, (size_t)count * sizeof *m);
  const T *scales[ABREAST];
  T first[ABREAST], second[ABREAST];
  for (int k = 0; k < count; k++) scales[k] = spread + (r + k) % shape->groups * n;
  if (n <= BLOCK) {
    NAME(norm_sums_block)(count, n, x + r * n, g + r * n, n, scales, m, first, second);
  } else {
    size_t blocks = (n + BLOCK - 1) / BLOCK;
    T *parts = malloc(2 * blocks * sizeof(T));
    if (!parts) abort();
    for (size_t b = 0, from = 0; b < blocks; b++, from += BLOCK) {
      const T *scale = scales[0] + from;
      NAME(norm_sums_block)(
          1, n - from < BLOCK ? n - from : BLOCK, x + r * n + from, g + r * n + from, n, &scale, m,
          parts + b, parts + blocks + b);
    }
    first[0] = NAME(sum_row)(blocks, parts);
    second[0] = NAME(sum_row)(blocks, parts + blocks);
    free(parts);
  }
  for (int k = 0; k < count; k++) {
    const T *row = x + (r + k) * n, *slope = g + (r + k) * n, *scale = scales[k];
    T *out = y + (r + k) * n, u = shape->centred ? first[k] / (T)n : 0, v = second[k] / (T)n;
    size_t i = 0;
    for (; i + W <= n; i += W)
      STORE(out + i, NAME(norm_slope)(
          LOAD(row + i), LOAD(slope + i) * LOAD(scale + i), m[k], u, v));
    for (; i < n; i++) {
      V last = NAME(norm_slope)((V)(row[i]), (V)(slope[i] * scale[i]), m[k], u, v);
      out[i] = last[0];
    }
  }
}

static void NAME(row_norm_gradient)(
    const ck_norm *shape, size_t start, size_t end, const T *x, const T *parameters,
    const T *moments, const T *g, T *y) {
  T *room;
  const T *spread = NAME(spread)(shape, parameters, &room);
  size_t r = start;
  if (shape->channels * shape->inner / shape->groups <= BLOCK)
    for (; r + ABREAST <= end; r += ABREAST)
      NAME(row_norm_slopes)(shape, ABREAST, r, x, spread, moments, g, y);
  for (; r < end; r++) NAME(row_norm_slopes)(shape, 1, r, x, spread, moments, g, y);
  free(room);
}

// Adds g n and g of `count` examples, sixteen apart, to sums for every entry of a group.
INLINE void NAME(add_example)(
    const int count, size_t n, size_t step, const T *x, const T *g, size_t moments_step,
    const T *m, T *u, T *v) {
  size_t i = 0;
  for (; i + W <= n; i += W) {
    V a = LOAD(u + i), b = LOAD(v + i);
    UNROLL for (int k = 0; k < count; k++) {
      const T *own = m + k * moments_step;
      V s = LOAD(g + k * step + i);
      a = NAME(fma)(s, (LOAD(x + k * step + i) - own[0]) * own[1], a);
      b = b + s;
    }
    STORE(u + i, a);
    STORE(v + i, b);
  }
  for (; i < n; i++)
    for (int k = 0; k < count; k++) {
      const T *own = m + k * moments_step;
      u[i] = NAME(fma1)(g[k * step + i], (x[k * step + i] - own[0]) * own[1], u[i]);
      v[i] += g[k * step + i];
    }
}

// The partial sums `start` to `end` of g n and of g over the examples: number 16 b + j is that of
// the examples j, j + 16, ... of block b. Each has a sum for every entry of an example, first of
// g n, then of g.
static void NAME(row_norm_parameters)(
    const ck_norm *shape, size_t start, size_t end, const T *x, const T *moments, const T *g,
    T *sums) {
  size_t width = shape->channels * shape->inner, n = width / shape->groups;
  size_t step = 16 * width, moments_step = 32 * shape->groups;
  __builtin_memset(sums + 2 * start * width, 0, 2 * (end - start) * width * sizeof(T));
  for (size_t base = start / 16 * 16; base < end; base += 16) {
    size_t low = base < start ? start - base : 0, high = end - base < 16 ? end - base : 16;
    size_t first = base / 16 * BLOCK, last = first + BLOCK;
    if (last > shape->examples) last = shape->examples;
    for (size_t round = first; round < last; round += 32)
      for (size_t j = low; j < high && round + j < last; j++) {
        size_t e = round + j;
        for (size_t group = 0; group < shape->groups; group++) {
          size_t at = e * width + group * n;
          const T *m = moments + 2 * (e * shape->groups + group);
          T *u = sums + 2 * (base + j) * width + group * n, *v = u + width;
          if (e + 16 < last)
            NAME(add_example)(2, n, step, x + at, g + at, moments_step, m, u, v);
          else
            NAME(add_example)(1, n, step, x + at, g + at, moments_step, m, u, v);
        }
      }
  }
}
