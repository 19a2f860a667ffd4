// The matrix product. Each entry is one chain of fused multiply-adds with k ascending, cut every
// CHAIN terms into chains whose sums are added in order. Lanes and tiles run along the output only,
// so no tile size below can change a bit; those were chosen by measurement.
// The including file defines T, V, W, NAME, and the tile: MR rows of NV vectors.
#define CHAIN 4096
#define NR (NV * W)
#define KC 256
#define MC (MR * 24)
#define NC (NR * 64)
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

// A tile of MR x NV vectors, or its first `height` rows and `wide` vectors: c += a b over `depth` terms. `a` holds MR
// numbers a term, `b` a row of NR numbers every `b_step`.
INLINE void NAME(tile)(
    const int height, const int wide, size_t depth, const T *restrict a, const T *restrict b, size_t b_step,
    T *restrict c, size_t c_row, int fresh) {
  V sum[MR][NV];
  UNROLL for (int i = 0; i < height; i++)
    UNROLL for (int j = 0; j < wide; j++)
      sum[i][j] = fresh ? (V)((T)0) : LOAD(c + i * c_row + j * W);
  for (size_t p = 0; p < depth; p++, a += MR, b += b_step) {
    V right[NV];
    UNROLL for (int j = 0; j < wide; j++) right[j] = LOAD(b + j * W);
    UNROLL for (int i = 0; i < height; i++) {
      V left = (V)(a[i]);
      UNROLL for (int j = 0; j < wide; j++) sum[i][j] = NAME(fma)(left, right[j], sum[i][j]);
    }
  }
  UNROLL for (int i = 0; i < height; i++)
    UNROLL for (int j = 0; j < wide; j++) STORE(c + i * c_row + j * W, sum[i][j]);
}

// The least tile of a few that covers `height` x `width` entries.
#define TILE(rows, vectors) NAME(tile)(rows, vectors, depth, a, b, b_step, c, c_row, fresh)
#define TILES(vectors)                                                          \
  if (MR > 8 && height > 4 && height <= 8) TILE(MR < 8 ? MR : 8, vectors);      \
  else if (MR > 4 && height > 2 && height <= 4) TILE(MR < 4 ? MR : 4, vectors); \
  else if (MR > 2 && height == 2) TILE(2, vectors);                             \
  else if (height == 1) TILE(1, vectors);                                       \
  else TILE(MR, vectors);

static __attribute__((noinline)) void NAME(run_tile)(
    size_t height, size_t width, size_t depth, const T *a, const T *b, size_t b_step, T *c,
    size_t c_row, int fresh) {
  if (width <= W) {
    TILES(1)
  } else {
    TILES(NV)
  }
}
#undef TILE
#undef TILES

// Copies a strip of up to `width` numbers a term, padded with zeros: out[p width + i] = x[i, p].
INLINE void NAME(pack_strip)(
    const size_t width, size_t taken, size_t depth, const T *x, size_t step, size_t term, T *out) {
  if (taken == width && step == 1) {
    for (size_t p = 0; p < depth; p++)
      __builtin_memcpy(out + p * width, x + p * term, width * sizeof(T));
  } else if (taken == width && term == 1) {
    // Four terms at a time, so that each line read is used while it is near.
    size_t p = 0;
    for (; p + 4 <= depth; p += 4)
      for (size_t i = 0; i < width; i++)
        for (size_t q = 0; q < 4; q++) out[(p + q) * width + i] = x[i * step + p + q];
    for (; p < depth; p++)
      for (size_t i = 0; i < width; i++) out[p * width + i] = x[i * step + p];
  } else {
    for (size_t p = 0; p < depth; p++)
      for (size_t i = 0; i < width; i++)
        out[p * width + i] = i < taken ? x[i * step + p * term] : 0;
  }
}

// c (rows x columns, spaced c_row and c_column) over one chain block of `depth` terms.
static void NAME(block)(
    size_t m, size_t n, size_t depth, const T *a, size_t a_row, size_t a_column, const T *b,
    size_t b_row, size_t b_column, T *c, size_t c_row, size_t c_column, T *room) {
  T *packed_a = room, *packed_b = room + MC * KC;
  T spill[MR * NR];
  for (size_t j0 = 0; j0 < n; j0 += NC) {
    size_t nc = n - j0 < NC ? n - j0 : NC;
    for (size_t p0 = 0; p0 < depth; p0 += KC) {
      size_t kc = depth - p0 < KC ? depth - p0 : KC;
      // Rows of b that lie as the tile reads them are read in place when few rows of a share them.
      int direct = b_column == 1 && m <= 4 * MR;
      for (size_t j = 0; j < nc; j += NR) {
        size_t taken = nc - j < NR ? nc - j : NR;
        if (direct && taken == NR) continue;
        NAME(pack_strip)
        (NR, taken, kc, b + p0 * b_row + (j0 + j) * b_column, b_column, b_row, packed_b + j * kc);
      }
      for (size_t i0 = 0; i0 < m; i0 += MC) {
        size_t mc = m - i0 < MC ? m - i0 : MC;
        for (size_t i = 0; i < mc; i += MR)
          NAME(pack_strip)
          (MR, mc - i < MR ? mc - i : MR, kc, a + (i0 + i) * a_row + p0 * a_column, a_row,
           a_column, packed_a + i * kc);
        for (size_t j = 0; j < nc; j += NR) {
          size_t width = nc - j < NR ? nc - j : NR;
          const T *strip = packed_b + j * kc;
          size_t strip_step = NR;
          if (direct && width == NR) {
            strip = b + p0 * b_row + j0 + j;
            strip_step = b_row;
          }
          for (size_t i = 0; i < mc; i += MR) {
            size_t height = mc - i < MR ? mc - i : MR;
            T *target = c + (i0 + i) * c_row + (j0 + j) * c_column;
            if (height == MR && width == NR && c_column == 1) {
              NAME(tile)(MR, NV, kc, packed_a + i * kc, strip, strip_step, target, c_row, p0 == 0);
              continue;
            }
            if (p0 > 0)
              for (size_t r = 0; r < height; r++)
                for (size_t s = 0; s < width; s++)
                  spill[r * NR + s] = target[r * c_row + s * c_column];
            NAME(run_tile)
            (height, width, kc, packed_a + i * kc, strip, strip_step, spill, NR, p0 == 0);
            for (size_t r = 0; r < height; r++)
              for (size_t s = 0; s < width; s++)
                target[r * c_row + s * c_column] = spill[r * NR + s];
          }
        }
      }
    }
  }
}

static void NAME(general)(
    size_t m, size_t n, size_t k, const T *a, size_t a_row, size_t a_column, const T *b,
    size_t b_row, size_t b_column, T *c, size_t c_row, size_t c_column) {
  size_t kc = k < KC ? k : KC;
  size_t strips = ((n < NC ? n : NC) + NR - 1) / NR * NR;
  T *room = NULL;
  if (posix_memalign((void **)&room, 64, (MC * KC + strips * kc) * sizeof(T))) abort();
  T *later = k > CHAIN ? malloc(m * n * sizeof(T)) : NULL;
  if (k > CHAIN && !later) abort();
  for (size_t start = 0; start < k; start += CHAIN) {
    size_t depth = k - start < CHAIN ? k - start : CHAIN;
    const T *left = a + start * a_column, *right = b + start * b_row;
    if (start == 0) {
      NAME(block)(m, n, depth, left, a_row, a_column, right, b_row, b_column, c, c_row, c_column, room);
      continue;
    }
    NAME(block)(m, n, depth, left, a_row, a_column, right, b_row, b_column, later, n, 1, room);
    for (size_t i = 0; i < m; i++)
      for (size_t j = 0; j < n; j++) c[i * c_row + j * c_column] += later[i * n + j];
  }
  free(later);
  free(room);
}

static void NAME(matmul)(
    size_t m, size_t n, size_t k, const T *a, size_t a_row, size_t a_column, const T *b,
    size_t b_row, size_t b_column, T *c, size_t c_row) {
  if (n == 1 && c_row == 1)
    NAME(vector)(m, k, a, a_row, a_column, b, b_row, c);
  else if (m == 1)
    NAME(vector)(n, k, b, b_column, b_row, a, a_column, c);
  else if (n < W && n < m)
    NAME(general)(n, m, k, b, b_column, b_row, a, a_column, a_row, c, 1, c_row);
  else
    NAME(general)(m, n, k, a, a_row, a_column, b, b_row, b_column, c, c_row, 1);
}

#undef CHAIN
#undef NR
#undef KC
#undef MC
#undef NC
#undef LOAD
#undef STORE
#undef UNROLL
