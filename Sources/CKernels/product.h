// The matrix product. Each entry is one chain of fused multiply-adds with k ascending, cut every
// CHAIN terms into chains whose sums are added in order. Lanes, tiles and threads run along the
// output only, so no size below can change a bit; those were chosen by measurement.
// The including file defines T, V, W, NAME, and the tile: MR rows of NV vectors.
#define CHAIN 4096
#define NR (NV * W)
// Terms between two visits of a tile, and strips of MR rows that one part keeps packed meanwhile.
#define KC 1024
#define PART_STRIPS ((56 + MR - 1) / MR)
// Factors that so few strips of the other share are read in place.
#define FEW_ROWS (10 * MR)
#define FEW_COLUMNS (20 * NR)
// Numbers of b that are packed at a time, to stay in the last cache.
#define PANEL ((size_t)8 << 20) / sizeof(T)
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

typedef struct {
  size_t m, n, k;
  const T *a;
  size_t a_row, a_column;
  const T *b;
  size_t b_row, b_column;
  T *c;
  size_t c_row, c_column;
  // What becomes of an entry when its sum is complete.
  const T *bias;
  int then;
  // The terms and columns at work, and the factors' copies where they are not read in place.
  size_t start, depth, first, width;
  T *packed_a, *packed_b;
  int direct_a, direct_b;
  // Rows and columns of a part.
  size_t part_rows, part_columns;
} NAME(product);

// A tile of `height` x `wide` vectors: c += a b over `depth` terms. A term's numbers of a are
// consecutive and `a_step` from those of the next, or where `along`, lie in rows `a_step` apart.
INLINE void NAME(product_tile)(
    const int height, const int wide, const int along, size_t depth, const T *restrict a,
    size_t a_step, const T *restrict b, size_t b_step, T *restrict c, size_t c_row, int fresh) {
  V sum[MR][NV];
  UNROLL for (int i = 0; i < height; i++)
    UNROLL for (int j = 0; j < wide; j++)
      sum[i][j] = fresh ? (V)((T)0) : LOAD(c + i * c_row + j * W);
  for (size_t p = 0; p < depth; p++, a += along ? 1 : a_step, b += b_step) {
    V right[NV];
    UNROLL for (int j = 0; j < wide; j++) right[j] = LOAD(b + j * W);
    UNROLL for (int i = 0; i < height; i++) {
      V left = (V)(a[along ? i * a_step : (size_t)i]);
      UNROLL for (int j = 0; j < wide; j++) sum[i][j] = NAME(fma)(left, right[j], sum[i][j]);
    }
  }
  UNROLL for (int i = 0; i < height; i++)
    UNROLL for (int j = 0; j < wide; j++) STORE(c + i * c_row + j * W, sum[i][j]);
}

#define TILE(height, wide)                                                          \
  if (along)                                                                        \
    NAME(product_tile)(height, wide, 1, depth, a, a_step, b, b_step, c, c_row, fresh); \
  else                                                                              \
    NAME(product_tile)(height, wide, 0, depth, a, a_step, b, b_step, c, c_row, fresh)
#define LEAST(height)                                           \
  if (MR > height && rest >= height) {                          \
    if (wide == 1) {                                            \
      TILE(height < MR ? height : MR, 1);                       \
    } else {                                                    \
      TILE(height < MR ? height : MR, NV);                      \
    }                                                           \
    rest -= height;                                             \
    a += height * (along ? a_step : 1);                         \
    c += height * c_row;                                        \
  }

// The rows of a strip, by the tallest tiles that fit.
static __attribute__((noinline)) void NAME(product_tiles)(
    size_t rest, int wide, int along, size_t depth, const T *a, size_t a_step, const T *b,
    size_t b_step, T *c, size_t c_row, int fresh) {
  if (rest == MR) {
    if (wide == 1) { TILE(MR, 1); }
    else { TILE(MR, NV); }
    return;
  }
  LEAST(8)
  LEAST(4)
  LEAST(2)
  LEAST(1)
}
#undef TILE
#undef LEAST

// A row's first `width` numbers, in pieces of fixed sizes.
INLINE void NAME(product_copy)(size_t width, const T *from, T *to) {
  if (width == NR) {
    __builtin_memcpy(to, from, NR * sizeof(T));
    return;
  }
  UNROLL for (size_t piece = 32; piece > 0; piece /= 2)
    if (width & piece) {
      __builtin_memcpy(to, from, piece * sizeof(T));
      to += piece;
      from += piece;
    }
}

// Adds a later chain's sums to c, and ends entries whose sum is complete.
static void NAME(product_finish)(
    const NAME(product) *t, size_t i, size_t j, size_t height, size_t width, const T *later,
    size_t later_row) {
  T *c = t->c + i * t->c_row + j * t->c_column;
  if (later)
    for (size_t r = 0; r < height; r++)
      for (size_t s = 0; s < width; s++)
        c[r * t->c_row + s * t->c_column] += later[r * later_row + s];
  if (t->start + t->depth < t->k) return;
  ck_type type = sizeof(T) == sizeof(float) ? CK_F32 : CK_F64;
  for (size_t r = 0; r < height; r++) {
    T *row = c + r * t->c_row;
    if (t->bias) NAME(zip_row)(CK_ADD, width, row, 1, t->bias + j, 1, row);
    if (t->then >= 0) map(type, (ck_map_op)t->then, width, row, row);
  }
}

// One part of the output over one chain: rows from i0, columns from j0 of the panel.
static void NAME(product_part)(void *context, size_t number) {
  const NAME(product) *t = context;
  size_t across = (t->width + t->part_columns - 1) / t->part_columns;
  size_t i0 = number / across * t->part_rows, j0 = number % across * t->part_columns;
  size_t rows = t->m - i0 < t->part_rows ? t->m - i0 : t->part_rows;
  size_t columns = t->width - j0 < t->part_columns ? t->width - j0 : t->part_columns;
  const int plain = t->c_column == 1;
  int ends = t->start > 0 || (t->start + t->depth == t->k && (t->bias || t->then >= 0));
  size_t later_row = (columns + NR - 1) / NR * NR;
  T *later = t->start ? ck_scratch(CK_SCRATCH_CHAIN, rows * later_row * sizeof(T)) : NULL;
  T *own = NULL, spill[MR * NR];
  size_t own_depth = t->depth < KC ? t->depth : KC;
  if (!t->direct_a && !t->packed_a)
    own = ck_scratch(
        CK_SCRATCH_PART, (rows + MR - 1) / MR * MR * own_depth * sizeof(T));
  for (size_t p0 = 0; p0 < t->depth; p0 += KC) {
    size_t kc = t->depth - p0 < KC ? t->depth - p0 : KC;
    const T *left = t->a + i0 * t->a_row + (t->start + p0) * t->a_column;
    if (own)
      for (size_t i = 0; i < rows; i += MR)
        NAME(pack_left)(
            rows - i < MR ? rows - i : MR, kc, left + i * t->a_row, t->a_row, t->a_column,
            own + i * kc);
    for (size_t j = 0; j < columns; j += NR) {
      size_t width = columns - j < NR ? columns - j : NR, b_step = NR;
      const T *right = t->packed_b + (j0 + j) * t->depth + p0 * NR;
      if (t->direct_b && width == NR) {
        right = t->b + (t->start + p0) * t->b_row + t->first + j0 + j;
        b_step = t->b_row;
      } else if (t->direct_b) {
        right = t->packed_b + p0 * NR;
      }
      for (size_t i = 0; i < rows; i += MR) {
        size_t height = rows - i < MR ? rows - i : MR, a_step = MR;
        const T *strip;
        int along = 0;
        if (own) {
          strip = own + i * kc;
        } else if (t->packed_a) {
          strip = t->packed_a + (i0 + i) * t->depth + p0 * MR;
        } else {
          strip = left + i * t->a_row;
          along = t->a_column == 1;
          a_step = along ? t->a_row : t->a_column;
        }
        T *target = later ? later + i * later_row + j
                          : t->c + (i0 + i) * t->c_row + (t->first + j0 + j) * t->c_column;
        size_t target_row = later ? later_row : t->c_row;
        if (later || (plain && width == NR)) {
          NAME(product_tiles)(
              height, NV, along, kc, strip, a_step, right, b_step, target, target_row, p0 == 0);
        } else if (plain) {
          if (p0 > 0)
            for (size_t r = 0; r < height; r++)
              NAME(product_copy)(width, target + r * target_row, spill + r * NR);
          NAME(product_tiles)(
              height, width <= W ? 1 : NV, along, kc, strip, a_step, right, b_step, spill, NR,
              p0 == 0);
          for (size_t r = 0; r < height; r++)
            NAME(product_copy)(width, spill + r * NR, target + r * target_row);
        } else {
          if (p0 > 0)
            for (size_t r = 0; r < height; r++)
              for (size_t s = 0; s < width; s++)
                spill[r * NR + s] = target[r * target_row + s * t->c_column];
          NAME(product_tiles)(
              height, width <= W ? 1 : NV, along, kc, strip, a_step, right, b_step, spill, NR,
              p0 == 0);
          for (size_t r = 0; r < height; r++)
            for (size_t s = 0; s < width; s++)
              target[r * target_row + s * t->c_column] = spill[r * NR + s];
        }
        if (ends && p0 + KC >= t->depth)
          NAME(product_finish)(
              t, i0 + i, t->first + j0 + j, height, width,
              later ? later + i * later_row + j : NULL, later_row);
      }
    }
  }
}

// Strips of b, then those of a, a few a part.
#define PACK_PART 4
static void NAME(product_pack_part)(void *context, size_t number) {
  const NAME(product) *t = context;
  size_t strips_b = t->direct_b ? t->width % NR > 0 : (t->width + NR - 1) / NR;
  size_t strips_a = t->packed_a ? (t->m + MR - 1) / MR : 0, s = number * PACK_PART;
  // Whole strips whose numbers lie in rows are copied row by row, page by page.
  if (t->b_column == 1 && !t->direct_b && (s + PACK_PART) * NR <= t->width) {
    const T *row = t->b + t->start * t->b_row + t->first + s * NR;
    T *strip = t->packed_b + s * NR * t->depth;
    for (size_t p = 0; p < t->depth; p++, row += t->b_row, strip += NR)
      UNROLL for (size_t q = 0; q < PACK_PART; q++)
        __builtin_memcpy(strip + q * NR * t->depth, row + q * NR, NR * sizeof(T));
    return;
  }
  for (; s < (number + 1) * PACK_PART; s++) {
    if (s < strips_b) {
      size_t j = t->direct_b ? t->width / NR * NR : s * NR;
      NAME(pack_right)(
          t->width - j < NR ? t->width - j : NR, t->depth,
          t->b + t->start * t->b_row + (t->first + j) * t->b_column, t->b_column, t->b_row,
          t->packed_b + s * NR * t->depth);
    } else if (s - strips_b < strips_a) {
      size_t i = (s - strips_b) * MR;
      NAME(pack_left)(
          t->m - i < MR ? t->m - i : MR, t->depth, t->a + i * t->a_row + t->start * t->a_column,
          t->a_row, t->a_column, t->packed_a + i * t->depth);
    }
  }
}

// A product that pays for a second thread, in terms.
#define SHARED ((size_t)1 << 18)

// Whether numbers `step` apart do not fall on each other in the first cache.
INLINE int NAME(product_spread)(size_t depth, size_t step) {
  return depth <= 64 || step * sizeof(T) % 4096 != 0;
}

static void NAME(product_panel)(NAME(product) *t) {
  size_t strips = (t->m + MR - 1) / MR, columns = (t->width + NR - 1) / NR;
  int shared = ck_threads() > 1 && t->m * t->width * t->depth >= SHARED;
  size_t apart = t->a_column == 1 ? t->a_row : t->a_column;
  t->direct_a = (t->a_column == 1 || t->a_row == 1) && t->width <= FEW_COLUMNS &&
                (t->width <= NR || NAME(product_spread)(t->depth, apart));
  t->direct_b = t->b_column == 1 && t->m <= FEW_ROWS &&
                (t->m <= 4 || NAME(product_spread)(t->depth, t->b_row));
  size_t row_parts = (strips + PART_STRIPS - 1) / PART_STRIPS, column_parts = 1;
  if (shared && row_parts < 8) column_parts = (8 + row_parts - 1) / row_parts;
  if (column_parts > columns) column_parts = columns;
  t->part_rows = (strips + row_parts - 1) / row_parts * MR;
  t->part_columns = (columns + column_parts - 1) / column_parts * NR;
  size_t room_b = (t->direct_b ? NR : columns * NR) * t->depth;
  size_t room_a = column_parts > 1 && !t->direct_a ? strips * MR * t->depth : 0;
  t->packed_b = ck_scratch(CK_SCRATCH_PANEL, (room_b + room_a) * sizeof(T));
  t->packed_a = room_a ? t->packed_b + room_b : NULL;
  size_t packs = (t->direct_b ? t->width % NR > 0 : columns) + (room_a ? strips : 0);
  size_t packings = (packs + PACK_PART - 1) / PACK_PART;
  size_t parts = (t->m + t->part_rows - 1) / t->part_rows *
                 ((t->width + t->part_columns - 1) / t->part_columns);
  if (shared) {
    ck_share(packings, NAME(product_pack_part), t);
    ck_share(parts, NAME(product_part), t);
  } else {
    for (size_t i = 0; i < packings; i++) NAME(product_pack_part)(t, i);
    for (size_t i = 0; i < parts; i++) NAME(product_part)(t, i);
  }
}

static void NAME(product_general)(NAME(product) *t) {
  for (t->start = 0; t->start < t->k; t->start += CHAIN) {
    t->depth = t->k - t->start < CHAIN ? t->k - t->start : CHAIN;
    size_t most = PANEL / t->depth / NR * NR;
    for (t->first = 0; t->first < t->n; t->first += most) {
      t->width = t->n - t->first < most ? t->n - t->first : most;
      NAME(product_panel)(t);
    }
  }
}

// A column times a row.
static void NAME(outer)(
    size_t m, size_t n, const T *a, size_t a_row, const T *b, T *c, size_t c_row) {
  for (size_t i = 0; i < m; i++) {
    T left = a[i * a_row], *row = c + i * c_row;
    size_t j = 0;
    for (; j + W <= n; j += W) STORE(row + j, NAME(fma)((V)(left), LOAD(b + j), (V)((T)0)));
    for (; j < n; j++) row[j] = NAME(fma1)(left, b[j], 0);
  }
}

// The work of a product whose lanes run along its columns, in vectors: sums, and turning the right
// factor where its rows are not consecutive.
INLINE size_t NAME(product_work)(size_t m, size_t n, size_t k, size_t b_column) {
  return ((n + W - 1) / W * m + (b_column == 1 ? 0 : n * 6 / W)) * k;
}

static void NAME(matmul)(
    size_t m, size_t n, size_t k, const T *a, size_t a_row, size_t a_column, const T *b,
    size_t b_row, size_t b_column, T *c, size_t c_row, const T *bias, int then) {
  NAME(product) t = {
      .m = m, .n = n, .k = k, .a = a, .a_row = a_row, .a_column = a_column, .b = b,
      .b_row = b_row, .b_column = b_column, .c = c, .c_row = c_row, .c_column = 1, .bias = bias,
      .then = then};
  if (k == 0) {
    for (size_t i = 0; i < m; i++) __builtin_memset(c + i * c_row, 0, n * sizeof(T));
    NAME(product_finish)(&t, 0, 0, m, n, NULL, 0);
    return;
  }
  if (!bias && then < 0 && n == 1 && c_row == 1) {
    NAME(vector)(m, k, a, a_row, a_column, b, b_row, c);
    return;
  }
  if (!bias && then < 0 && m == 1) {
    NAME(vector)(n, k, b, b_column, b_row, a, a_column, c);
    return;
  }
  // A few rows are cheaper one by one than turning the columns of b.
  if (!bias && then < 0 && m <= 3 && k >= 128 && b_row == 1 && b_column > 1) {
    for (size_t i = 0; i < m; i++)
      NAME(vector)(n, k, b, b_column, b_row, a + i * a_row, a_column, c + i * c_row);
    return;
  }
  if (!bias && then < 0 && k == 1 && b_column == 1) {
    NAME(outer)(m, n, a, a_row, b, c, c_row);
    return;
  }
  // A transposed result is written number by number.
  size_t turned = NAME(product_work)(n, m, k, a_row) + 8 * m * n;
  if (!bias && then < 0 && turned < NAME(product_work)(m, n, k, b_column)) {
    NAME(product) other = {
        .m = n, .n = m, .k = k, .a = b, .a_row = b_column, .a_column = b_row, .b = a,
        .b_row = a_column, .b_column = a_row, .c = c, .c_row = 1, .c_column = c_row, .then = -1};
    t = other;
  }
  NAME(product_general)(&t);
}

#undef CHAIN
#undef NR
#undef PACK_PART
#undef PANEL
#undef SHARED
#undef KC
#undef PART_STRIPS
#undef FEW_ROWS
#undef FEW_COLUMNS
#undef LOAD
#undef STORE
#undef UNROLL
