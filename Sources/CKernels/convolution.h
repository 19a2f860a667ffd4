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

// The planes with zeros around them.
static void NAME(pad)(const ck_planes *p, const T *x, T *to) {
  // The columns from `first` to `last` of a row hold those of the source from `skipped` on.
  size_t skipped = p->left < 0 ? (size_t)-p->left : 0, first = p->left > 0 ? (size_t)p->left : 0;
  size_t taken = p->width > skipped ? p->width - skipped : 0;
  if (first > p->pitch) first = p->pitch;
  size_t last = first + taken < p->pitch ? first + taken : p->pitch;
  for (size_t c = 0; c < p->channels; c++, x += p->height * p->width)
    for (size_t r = 0; r < p->rows; r++, to += p->pitch) {
      ptrdiff_t row = (ptrdiff_t)r - p->top;
      if (row < 0 || row >= (ptrdiff_t)p->height) {
        __builtin_memset(to, 0, p->pitch * sizeof(T));
        continue;
      }
      for (size_t i = 0; i < first; i++) to[i] = 0;
      NAME(copy)(last - first, x + (size_t)row * p->width + skipped, to + first);
      for (size_t i = last; i < p->pitch; i++) to[i] = 0;
    }
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
#endif

// The results of a few images, from their padded planes.
static void NAME(correlate)(const ck_phase *p, const ck_block *b) {
  size_t across = (p->columns + p->line - 1) / p->line;
  size_t down = (p->rows + p->lines - 1) / p->lines;
  size_t tiles = b->images * down * across, calls = 0;
  // A few tiles take the same filters while those are near.
  for (size_t first = 0; first < tiles; first += 16)
    for (size_t o = 0; o < p->outputs; o += p->height)
      for (size_t t = first; t < tiles && t < first + 16; t++, calls++) {
        size_t image = t / (down * across), r = t / across % down * p->lines;
        size_t c = t % across * p->line;
        for (size_t i = 0; i < b->ahead; i++)
          __builtin_prefetch((const char *)b->next + (calls * b->ahead + i) * 64, 0, 2);
        const T *x = (const T *)b->x + image * b->x_step + r * p->step_y * p->pitch + c * p->step_x;
        const T *w = (const T *)b->filters + o * p->terms;
        NAME(place) to = {
            .y = (T *)b->y + image * b->y_step + o * p->plane + r * p->row_step + c * p->column_step,
            .height = p->outputs - o < p->height ? p->outputs - o : p->height,
            .lines = p->rows - r < p->lines ? p->rows - r : p->lines,
            .columns = p->columns - c < p->line ? p->columns - c : p->line,
            .line = p->line,
            .phase = p};
        if (!p->along) NAME(run_across)(&to, x, p->lines > 1 ? p->step_y * p->pitch : W * p->step_x, w);
#if VECTORS
        else NAME(run_along)(&to, x, p->step_y * p->pitch, w);
#endif
      }
}

#undef CHAIN
#undef LOAD
#undef STORE
#undef UNROLL
#undef ACROSS
#undef ACROSS_ROWS
