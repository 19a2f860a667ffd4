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

// The columns of a row: pieces that repeat the source are copied.
INLINE void NAME(resample_row)(const ck_axis *a, const T *weight, const T *x, T *y) {
  for (size_t i = 0; i < a->outputs; i++) {
    size_t j = a->start[i], end = a->start[i + 1];
    T sum = j < end ? weight[j] * x[a->source[j]] : 0;
    for (j++; j < end; j++) sum = NAME(fma1)(weight[j], x[a->source[j]], sum);
    y[i] = sum;
  }
}

static void NAME(resample)(
    size_t planes, const ck_axis *rows, const ck_axis *columns, const T *x, T *y) {
  size_t terms = columns->start[columns->outputs];
  T *row = malloc((columns->inputs + terms + 1) * sizeof(T)), *weight = row + columns->inputs;
  if (!row) abort();
  for (size_t j = 0; j < terms; j++) weight[j] = (T)columns->weight[j];
  // The shift of a map that copies each entry of an unbroken run, such as a crop's.
  size_t shift = terms ? columns->source[0] : 0;
  int copies = terms == columns->outputs;
  for (size_t j = 0; copies && j < terms; j++)
    copies = columns->start[j] == j && columns->source[j] == shift + j && columns->weight[j] == 1;
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
      if (copies) __builtin_memcpy(y, from + shift, columns->outputs * sizeof(T));
      else NAME(resample_row)(columns, weight, from, y);
    }
  free(row);
}

// One plane after another; places are chosen by comparisons alone.
static void NAME(window_maxima)(const ck_window *s, const T *x, int32_t *places) {
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
