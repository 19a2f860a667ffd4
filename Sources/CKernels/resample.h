// Linear maps of the two axes of planes. The including file defines T, V, W and NAME.
#define LOAD NAME(load)
#define STORE NAME(store)

// y = scale x, or with `more`, y = scale x + y in one rounding.
INLINE void NAME(scaled_row)(const int more, size_t n, T scale, const T *x, T *y) {
  size_t i = 0;
  V factor = (V)(scale);
  for (; i + W <= n; i += W)
    STORE(y + i, more ? NAME(fma)(factor, LOAD(x + i), LOAD(y + i)) : factor * LOAD(x + i));
  for (; i < n; i++) y[i] = more ? NAME(fma1)(scale, x[i], y[i]) : scale * x[i];
}

// The columns `from` to `to` of a row.
INLINE void NAME(resample_row)(
    const ck_axis *a, size_t from, size_t to, const T *weight, const T *x, T *y) {
  for (size_t i = from; i < to; i++) {
    size_t j = a->start[i], end = a->start[i + 1];
    T sum = j < end ? weight[j] * x[a->source[j]] : 0;
    for (j++; j < end; j++) sum = NAME(fma1)(weight[j], x[a->source[j]], sum);
    y[i] = sum;
  }
}

// Whether column i copies the entry `shift` before or after it.
INLINE int NAME(copies)(const ck_axis *a, size_t i, ptrdiff_t shift) {
  size_t j = a->start[i];
  return a->start[i + 1] == j + 1 && a->weight[j] == 1 &&
         (ptrdiff_t)a->source[j] == (ptrdiff_t)i + shift;
}

static void NAME(resample)(
    size_t planes, const ck_axis *rows, const ck_axis *columns, const T *x, T *y) {
  size_t terms = columns->start[columns->outputs];
  T *row = malloc((columns->inputs + terms + 1) * sizeof(T)), *weight = row + columns->inputs;
  if (!row) abort();
  for (size_t j = 0; j < terms; j++) weight[j] = (T)columns->weight[j];
  // The longest piece that copies the row: all of a crop's, and the middle of a padded one.
  size_t first = 0, last = 0;
  ptrdiff_t shift = 0;
  for (size_t i = 0, end; i < columns->outputs; i = end) {
    end = i + 1;
    if (columns->start[end] == columns->start[i]) continue;
    ptrdiff_t step = (ptrdiff_t)columns->source[columns->start[i]] - (ptrdiff_t)i;
    if (!NAME(copies)(columns, i, step)) continue;
    while (end < columns->outputs && NAME(copies)(columns, end, step)) end++;
    if (end - i <= last - first) continue;
    first = i;
    last = end;
    shift = step;
  }
  for (size_t p = 0; p < planes; p++, x += rows->inputs * columns->inputs)
    for (size_t r = 0; r < rows->outputs; r++, y += columns->outputs) {
      size_t j = rows->start[r], end = rows->start[r + 1];
      const T *from = j < end ? x + rows->source[j] * columns->inputs : row;
      if (j == end) {
        __builtin_memset(row, 0, columns->inputs * sizeof(T));
      } else if (end - j > 1 || rows->weight[j] != 1) {
        NAME(scaled_row)(0, columns->inputs, (T)rows->weight[j], from, row);
        for (j++; j < end; j++)
          NAME(scaled_row)
        (1, columns->inputs, (T)rows->weight[j], x + rows->source[j] * columns->inputs, row);
        from = row;
      }
      NAME(resample_row)(columns, 0, first, weight, from, y);
      NAME(copy)(last - first, from + ((ptrdiff_t)first + shift), y + first);
      NAME(resample_row)(columns, last, columns->outputs, weight, from, y);
    }
  free(row);
}

// One plane after another; places are chosen by comparisons alone.
// Windows of two rows and two columns side by side: a row of them at once, without branches.
static void NAME(quarter_maxima)(const ck_window *s, const T *x, int32_t *places) {
#define LATER(other, place)                                                       \
  {                                                                               \
    int above = ((other > greatest) | (other != other)) & (greatest == greatest); \
    greatest = above ? other : greatest;                                          \
    best = above ? place : best;                                                  \
  }
  int32_t width = (int32_t)s->in_width, columns = (int32_t)s->out_width;
  for (size_t p = 0; p < s->planes; p++, x += s->in_height * s->in_width)
    for (int32_t r = 0; r < (int32_t)s->out_height; r++, places += columns) {
      const T *upper = x + (size_t)(2 * r) * s->in_width, *lower = upper + width;
      int32_t row = 2 * r * width;
      _Pragma("clang loop vectorize_width(4)") for (int32_t c = 0; c < columns; c++) {
        T greatest = upper[2 * c], b = upper[2 * c + 1], d = lower[2 * c], e = lower[2 * c + 1];
        int32_t best = row + 2 * c;
        LATER(b, row + 2 * c + 1)
        LATER(d, row + 2 * c + width)
        LATER(e, row + 2 * c + width + 1)
        places[c] = best;
      }
    }
#undef LATER
}

static void NAME(window_maxima)(const ck_window *s, const T *x, int32_t *places) {
  if (s->height == 2 && s->width == 2 && s->stride_y == 2 && s->stride_x == 2 && !s->top &&
      !s->left && 2 * s->out_height <= s->in_height && 2 * s->out_width <= s->in_width) {
    NAME(quarter_maxima)(s, x, places);
    return;
  }
  for (size_t p = 0; p < s->planes; p++, x += s->in_height * s->in_width)
    for (size_t r = 0; r < s->out_height; r++)
      for (size_t c = 0; c < s->out_width; c++) {
        ptrdiff_t row = (ptrdiff_t)(r * s->stride_y) - (ptrdiff_t)s->top;
        ptrdiff_t column = (ptrdiff_t)(c * s->stride_x) - (ptrdiff_t)s->left;
        ptrdiff_t bottom = row + (ptrdiff_t)s->height, right = column + (ptrdiff_t)s->width;
        if (bottom > (ptrdiff_t)s->in_height) bottom = (ptrdiff_t)s->in_height;
        if (right > (ptrdiff_t)s->in_width) right = (ptrdiff_t)s->in_width;
        if (row < 0) row = 0;
        if (column < 0) column = 0;
        size_t best = (size_t)row * s->in_width + (size_t)column;
        T greatest = x[best];
        for (; row < bottom; row++)
          for (size_t i = (size_t)row * s->in_width + (size_t)column,
                      end = (size_t)row * s->in_width + (size_t)right;
               i < end; i++) {
            // Not less, and nothing is above a NaN; the first of equals stays.
            int above = (x[i] > greatest || x[i] != x[i]) && greatest == greatest;
            greatest = above ? x[i] : greatest;
            best = above ? i : best;
          }
        *places++ = (int32_t)best;
      }
}

#undef LOAD
#undef STORE
