// Products whose every step is rounded. Lanes run along the columns of b, sixteen at a time.
#define COLUMNS 16
#define VECTORS_16 (COLUMNS / WD)
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE void take_sixteen(ck_type type, const void *x, size_t first, size_t taken, vd *columns) {
  UNROLL for (int v = 0; v < VECTORS_16; v++)
    columns[v] = take_lanes(
        type, x, first + v * WD, taken > (size_t)v * WD ? taken - v * WD : 0);
}

INLINE void put_sixteen(ck_type type, void *y, size_t first, size_t taken, const vd *columns) {
  for (int v = 0; v < VECTORS_16; v++)
    put_lanes(type, y, first + v * WD, taken > (size_t)v * WD ? taken - v * WD : 0, columns[v]);
}

INLINE double take_one(ck_type type, const void *x, size_t place) {
  return type == CK_F32 ? ((const float *)x)[place] : ((const double *)x)[place];
}

// One term: the sum after it, and whether product or sum overflowed.
INLINE vd step(const grid *multiply, const grid *add, vd a, vd b, vd sum, vdi *over) {
  vdi first, second;
  vd product = to_grid(multiply, a * b, &first);
  sum = to_grid(add, product + sum, &second);
  *over = first | second;
  return sum;
}

// Sixteen columns of some rows of the product.
INLINE void rounded_strip(
    const int rows, const grid *multiply, const grid *add, ck_type type, size_t chunk, size_t n,
    size_t k, const void *a, const void *b, size_t i, size_t j, void *c) {
  vd total[4][VECTORS_16], sum[4][VECTORS_16], right[VECTORS_16];
  vdi over;
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < VECTORS_16; v++) total[r][v] = S(0.0);
  for (size_t start = 0; start < k; start += chunk) {
    size_t end = k - start < chunk ? k : start + chunk;
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < VECTORS_16; v++) sum[r][v] = S(0.0);
    for (size_t p = start; p < end; p++) {
      take_sixteen(type, b, p * n + j, n - j, right);
      UNROLL for (int r = 0; r < rows; r++) {
        vd left = (vd)(take_one(type, a, (i + r) * k + p));
        UNROLL for (int v = 0; v < VECTORS_16; v++)
          sum[r][v] = step(multiply, add, left, right[v], sum[r][v], &over);
      }
    }
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < VECTORS_16; v++)
        total[r][v] = to_grid(add, total[r][v] + sum[r][v], &over);
  }
  for (int r = 0; r < rows; r++) put_sixteen(type, c, (i + r) * n + j, n - j, total[r]);
}

// The formats that hardware proposals use, toward zero without subnormals, are known at compile
// time and take a third of the work.
INLINE void chop(grid *q) {
  q->subnormals = 0;
  q->saturates = 1;
  q->chops = 1;
}

static void rounded_matmul(
    ck_type type, const ck_rounded_steps *steps, size_t first, size_t end, size_t n, size_t k,
    const void *a, const void *b, void *c) {
  grid multiply = grid_of(&steps->multiply), add = grid_of(&steps->add);
  int chopped = multiply.chops && add.chops && !multiply.subnormals && !add.subnormals &&
                multiply.saturates && add.saturates;
  for (size_t j = 0; j < n; j += COLUMNS)
    for (size_t i = first; i < end;) {
      size_t rows = end - i >= 4 && WD == 8 ? 4 : 1;
      if (chopped) {
        grid x = multiply, y = add;
        chop(&x);
        chop(&y);
        if (rows == 4) rounded_strip(4, &x, &y, type, steps->chunk, n, k, a, b, i, j, c);
        else rounded_strip(1, &x, &y, type, steps->chunk, n, k, a, b, i, j, c);
      } else {
        if (rows == 4) rounded_strip(4, &multiply, &add, type, steps->chunk, n, k, a, b, i, j, c);
        else rounded_strip(1, &multiply, &add, type, steps->chunk, n, k, a, b, i, j, c);
      }
      i += rows;
    }
}

// For sixteen columns of row i, which terms a gradient sees: k rows of sixteen masks.
static void seen_terms(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t n, size_t k, const void *a,
    const void *b, size_t i, size_t j, int64_t *masks) {
  grid multiply = grid_of(&steps->multiply), add = grid_of(&steps->add);
  size_t chunks = (k + steps->chunk - 1) / steps->chunk;
  // Per chunk, where joining it overflowed.
  int64_t *joined = masks + k * COLUMNS;
  for (size_t v = 0; v < COLUMNS; v += WD) {
    vd total = S(0.0);
    for (size_t start = 0; start < k; start += steps->chunk) {
      size_t end = k - start < steps->chunk ? k : start + steps->chunk;
      vd sum = S(0.0);
      vdi over;
      for (size_t p = start; p < end; p++) {
        vd before = sum, left = (vd)(take_one(type, a, i * k + p));
        vd right = take_lanes(type, b, p * n + j + v, n > j + v ? n - j - v : 0);
        sum = step(&multiply, &add, left, right, sum, &over);
        vdi mask = seen == CK_SEE_CHANGE ? (vdi)(sum != before) : ~over;
        if (seen == CK_SEE_ALL) mask = (vdi)((int64_t)-1);
        __builtin_memcpy(masks + p * COLUMNS + v, &mask, sizeof mask);
      }
      total = to_grid(&add, total + sum, &over);
      __builtin_memcpy(joined + start / steps->chunk * COLUMNS + v, &over, sizeof over);
    }
    if (seen != CK_SEE_LATER) continue;
    vdi open = (vdi)((int64_t)-1);
    for (size_t q = chunks; q-- > 0;) {
      vdi over, mask;
      __builtin_memcpy(&over, joined + q * COLUMNS + v, sizeof over);
      open &= ~over;
      vdi within_chunk = open;
      size_t start = q * steps->chunk;
      for (size_t p = k - start < steps->chunk ? k : start + steps->chunk; p-- > start;) {
        __builtin_memcpy(&mask, masks + p * COLUMNS + v, sizeof mask);
        within_chunk &= mask;
        __builtin_memcpy(masks + p * COLUMNS + v, &within_chunk, sizeof mask);
      }
    }
  }
}

// sums[p] += g other where seen, in sixteen columns.
INLINE void add_seen(
    const int64_t *masks, const vd *g, const vd *other, size_t p, double *sums) {
  UNROLL for (int v = 0; v < VECTORS_16; v++) {
    vdi mask;
    __builtin_memcpy(&mask, masks + p * COLUMNS + v * WD, sizeof mask);
    double *place = sums + p * COLUMNS + v * WD;
    vd sum = load_vd(place);
    store_vd(place, IF(mask, fma_vd(g[v], other[v], sum), sum));
  }
}

static size_t seen_room(const ck_rounded_steps *steps, size_t k) {
  return (k + (k + steps->chunk - 1) / steps->chunk) * COLUMNS * sizeof(int64_t);
}

static void rounded_left(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t first, size_t end, size_t n,
    size_t k, const void *a, const void *b, const void *g, void *da) {
  size_t room = seen_room(steps, k);
  int64_t *masks = ck_scratch(CK_SCRATCH_PART, room + k * COLUMNS * sizeof(double));
  double *sums = (double *)((char *)masks + room);
  for (size_t i = first; i < end; i++) {
    __builtin_memset(sums, 0, k * COLUMNS * sizeof(double));
    for (size_t j = 0; j < n; j += COLUMNS) {
      vd slope[VECTORS_16], right[VECTORS_16];
      seen_terms(type, steps, seen, n, k, a, b, i, j, masks);
      take_sixteen(type, g, i * n + j, n - j, slope);
      for (size_t p = 0; p < k; p++) {
        take_sixteen(type, b, p * n + j, n - j, right);
        add_seen(masks, slope, right, p, sums);
      }
    }
    for (size_t p = 0; p < k; p++) {
      double *sum = sums + p * COLUMNS;
      for (int half = 8; half > 0; half /= 2)
        for (int q = 0; q < half; q++) sum[q] += sum[q + half];
      if (type == CK_F32) ((float *)da)[i * k + p] = (float)sum[0];
      else ((double *)da)[i * k + p] = sum[0];
    }
  }
}

// Columns from j on, at most sixteen.
static void rounded_right(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t j, size_t m, size_t n,
    size_t k, const void *a, const void *b, const void *g, void *db) {
  size_t room = seen_room(steps, k);
  int64_t *masks = ck_scratch(CK_SCRATCH_PART, room + k * COLUMNS * sizeof(double));
  double *sums = (double *)((char *)masks + room);
  __builtin_memset(sums, 0, k * COLUMNS * sizeof(double));
  for (size_t i = 0; i < m; i++) {
    vd slope[VECTORS_16], left[VECTORS_16];
    seen_terms(type, steps, seen, n, k, a, b, i, j, masks);
    take_sixteen(type, g, i * n + j, n - j, slope);
    for (size_t p = 0; p < k; p++) {
      UNROLL for (int v = 0; v < VECTORS_16; v++) left[v] = (vd)(take_one(type, a, i * k + p));
      add_seen(masks, slope, left, p, sums);
    }
  }
  for (size_t p = 0; p < k; p++) {
    vd columns[VECTORS_16];
    UNROLL for (int v = 0; v < VECTORS_16; v++) columns[v] = load_vd(sums + p * COLUMNS + v * WD);
    put_sixteen(type, db, p * n + j, n - j, columns);
  }
}

#undef COLUMNS
#undef VECTORS_16
#undef UNROLL
