// Convolutions. Lanes and tiles run along the results only; how they are cut changes no bit.
// The including file defines T, V, W, NAME and the tiles: ROWS filters of two vectors of pixels, or
// PIXELS pixels of one vector of filters.
#define CHAIN 4096
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

INLINE void NAME(copy)(size_t n, const T *from, T *to) {
  size_t i = 0;
  for (; i + W <= n; i += W) STORE(to + i, LOAD(from + i));
  for (; i + 4 <= n; i += 4) __builtin_memcpy(to + i, from + i, 4 * sizeof(T));
  for (; i < n; i++) to[i] = from[i];
}

// The planes into the middle of zeros, which the caller has laid.
static void NAME(pad)(const ck_planes *p, const T *x, T *to) {
  // Row `row` and column `column` of the source come to row `down` and column `right`.
  size_t row = p->top < 0 ? (size_t)-p->top : 0, down = p->top > 0 ? (size_t)p->top : 0;
  size_t column = p->left < 0 ? (size_t)-p->left : 0, right = p->left > 0 ? (size_t)p->left : 0;
  if (row >= p->height || down >= p->rows || column >= p->width || right >= p->pitch) return;
  size_t rows = p->height - row < p->rows - down ? p->height - row : p->rows - down;
  size_t columns = p->width - column < p->pitch - right ? p->width - column : p->pitch - right;
  x += row * p->width + column;
  to += down * p->pitch + right;
  for (size_t c = 0; c < p->channels; c++, x += p->height * p->width, to += p->rows * p->pitch)
    for (size_t r = 0; r < rows; r++) NAME(copy)(columns, x + r * p->width, to + r * p->pitch);
}

// Where a tile's results go: `height` filters, and pixels in lines of `line`, `lines` of which are
// wanted with `columns` pixels each.
typedef struct {
  T *y;
  size_t height, lines, columns, line;
  const ck_phase *phase;
} NAME(place);

// From a tile of `across` pixels a filter.
static void NAME(put)(const NAME(place) *to, const T *tile, size_t across) {
  const ck_phase *p = to->phase;
  for (size_t i = 0; i < to->height; i++)
    for (size_t r = 0; r < to->lines; r++) {
      const T *from = tile + i * across + r * to->line;
      T *y = to->y + i * p->plane + r * p->row_step;
      if (p->column_step == 1) NAME(copy)(to->columns, from, y);
      else
        for (size_t c = 0; c < to->columns; c++) y[c * p->column_step] = from[c];
    }
}

// Lanes along pixels: `height` filters by `wide` vectors, the second `second` after the first.
INLINE void NAME(tile_across)(
    const int height, const int wide, const ck_phase *p, const T *x, size_t second, const T *w,
    V (*sum)[2]) {
  for (size_t k = 0; k < p->terms;) {
    size_t end = p->terms - k < CHAIN ? p->terms : k + CHAIN;
    V chain[ROWS][2];
    UNROLL for (int i = 0; i < height; i++)
      UNROLL for (int j = 0; j < wide; j++) chain[i][j] = (V)((T)0);
    size_t start = k;
    for (; k < end; k++) {
      const T *at = x + p->offset[k], *factor = w + k * ROWS;
      V right[2];
      right[0] = LOAD(at);
      if (wide > 1) right[1] = LOAD(at + second);
      UNROLL for (int i = 0; i < height; i++) {
        V left = (V)(factor[i]);
        UNROLL for (int j = 0; j < wide; j++) chain[i][j] = NAME(fma)(left, right[j], chain[i][j]);
      }
    }
    UNROLL for (int i = 0; i < height; i++)
      UNROLL for (int j = 0; j < wide; j++)
        sum[i][j] = (start ? sum[i][j] : (V)((T)0)) + chain[i][j];
  }
}

#define ACROSS(height, wide)                                                               \
  {                                                                                        \
    NAME(tile_across)(height, wide, p, x, second, w, sum);                                 \
    if (whole) {                                                                           \
      UNROLL for (int i = 0; i < height; i++) {                                            \
        STORE(to->y + i * p->plane, sum[i][0]);                                            \
        if (wide > 1) STORE(to->y + i * p->plane + y_second, sum[i][1]);                   \
      }                                                                                    \
      return;                                                                              \
    }                                                                                      \
    UNROLL for (int i = 0; i < height; i++)                                                \
      UNROLL for (int j = 0; j < wide; j++) STORE(spill + i * 2 * W + j * W, sum[i][j]);   \
  }
#define ACROSS_ROWS(wide)                                      \
  if (to->height > 4 && ROWS > 4) ACROSS(ROWS, wide)           \
  else if (to->height > 2) ACROSS(4, wide)                     \
  else if (to->height == 2) ACROSS(2, wide)                    \
  else ACROSS(1, wide)

static __attribute__((noinline)) void NAME(run_across)(
    const NAME(place) *to, const T *x, size_t second, const T *w) {
  const ck_phase *p = to->phase;
  int two = to->lines > 1 || to->columns > W;
  size_t y_second = to->lines > 1 ? p->row_step : W;
  int whole = p->column_step == 1 && (to->lines > 1 ? to->columns == W : to->columns % W == 0) &&
              (to->height == ROWS || to->height == 4 || to->height <= 2);
  V sum[ROWS][2];
  T spill[ROWS * 2 * W];
  // The results' lines are fetched while they are computed.
  for (size_t i = 0; i < to->height; i++) {
    __builtin_prefetch(to->y + i * p->plane, 1, 3);
    __builtin_prefetch(to->y + i * p->plane + y_second, 1, 3);
  }
  if (two) ACROSS_ROWS(2)
  else ACROSS_ROWS(1)
  NAME(put)(to, spill, 2 * W);
}

// Lanes along filters: pixels in `lines` lines of `line`, `step` apart.
#if VECTORS
INLINE void NAME(tile_along)(
    const int line, const size_t step, const ck_phase *p, const T *x, size_t next, const T *w,
    V *sum) {
  for (size_t k = 0; k < p->terms;) {
    size_t end = p->terms - k < CHAIN ? p->terms : k + CHAIN;
    V chain[PIXELS];
    UNROLL for (int i = 0; i < PIXELS; i++) chain[i] = (V)((T)0);
    size_t start = k;
    for (; k < end; k++) {
      const T *at = x + p->offset[k];
      V factor = LOAD(w + k * W);
      UNROLL for (int r = 0; r < PIXELS / line; r++, at += next)
        UNROLL for (int c = 0; c < line; c++)
          chain[r * line + c] = NAME(fma)(factor, (V)(at[c * step]), chain[r * line + c]);
    }
    UNROLL for (int i = 0; i < PIXELS; i++) 
      sum[i] = (start ? sum[i] : (V)((T)0)) + chain[i];
  }
}

// Turns the sums, so that lanes run along pixels.
INLINE void NAME(put_along)(const NAME(place) *to, V *sum) {
  const ck_phase *p = to->phase;
  UNROLL for (int b = 0; b < PIXELS; b += W) NAME(turn)(sum + b);
  // Lines that lie one after another are one.
  int whole = p->column_step == 1 && to->columns == p->line && to->lines * p->line == PIXELS &&
              (p->line == PIXELS || p->row_step == p->line);
  if (whole && to->height == W) {
    UNROLL for (int i = 0; i < W; i++)
      UNROLL for (int b = 0; b < PIXELS; b += W) STORE(to->y + i * p->plane + b, sum[b + i]);
    return;
  }
  T spill[W * PIXELS];
  UNROLL for (int i = 0; i < W; i++)
    UNROLL for (int b = 0; b < PIXELS; b += W) STORE(spill + i * PIXELS + b, sum[b + i]);
  NAME(put)(to, spill, PIXELS);
}

static __attribute__((noinline)) void NAME(run_along)(
    const NAME(place) *to, const T *x, size_t next, const T *w) {
  const ck_phase *p = to->phase;
  V sum[PIXELS];
#define ALONG(line)                                                           \
  if (p->step_x == 1) NAME(tile_along)(line, 1, p, x, next, w, sum);          \
  else if (p->step_x == 2) NAME(tile_along)(line, 2, p, x, next, w, sum);     \
  else NAME(tile_along)(line, p->step_x, p, x, next, w, sum);
  if (p->line == PIXELS) {
    ALONG(PIXELS)
  } else if (p->line == PIXELS / 2) {
    ALONG(PIXELS / 2)
  } else {
    ALONG(PIXELS / 4)
  }
#undef ALONG
  NAME(put_along)(to, sum);
}
#endif

#undef CHAIN
#undef LOAD
#undef STORE
#undef UNROLL
#undef ACROSS
#undef ACROSS_ROWS
