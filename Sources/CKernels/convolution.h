// Convolutions. The including file defines T, V, W and NAME.
#define CHAIN 4096

// A chain that is cut: the sum of the blocks before it, and its own.
typedef struct {
  T total, chain;
  size_t terms;
} NAME(cut_chain);

INLINE void NAME(take)(NAME(cut_chain) *c, T a, T b) {
  if (c->terms && c->terms % CHAIN == 0) {
    c->total = c->terms == CHAIN ? c->chain : c->total + c->chain;
    c->chain = 0;
  }
  c->chain = NAME(fma1)(a, b, c->chain);
  c->terms++;
}

INLINE T NAME(finish)(NAME(cut_chain) *c) {
  return c->terms > CHAIN ? c->total + c->chain : c->chain;
}

// The pixel of an image, and zero outside.
INLINE T NAME(pixel)(const T *x, size_t height, size_t width, ptrdiff_t row, ptrdiff_t column) {
  if (row < 0 || row >= (ptrdiff_t)height || column < 0 || column >= (ptrdiff_t)width) return 0;
  return x[(size_t)row * width + (size_t)column];
}

static void NAME(convolve)(const ck_convolution *s, const T *x, const T *w, T *y) {
  size_t plane = s->in_height * s->in_width, taps = s->filter_height * s->filter_width;
  for (size_t n = 0; n < s->images * s->groups; n++)
    for (size_t o = 0; o < s->out_channels; o++)
      for (size_t r = 0; r < s->out_height; r++)
        for (size_t c = 0; c < s->out_width; c++) {
          NAME(cut_chain) sum = {0};
          const T *filter = w + (n % s->groups * s->out_channels + o) * s->in_channels * taps;
          for (size_t i = 0; i < s->in_channels; i++)
            for (size_t t = 0; t < taps; t++)
              NAME(take)(
                  &sum, filter[i * taps + t],
                  NAME(pixel)(
                      x + (n * s->in_channels + i) * plane, s->in_height, s->in_width,
                      (ptrdiff_t)(r * s->stride_y + t / s->filter_width * s->dilation_y) -
                          (ptrdiff_t)s->top,
                      (ptrdiff_t)(c * s->stride_x + t % s->filter_width * s->dilation_x) -
                          (ptrdiff_t)s->left));
          *y++ = NAME(finish)(&sum);
        }
}

static void NAME(convolve_input)(const ck_convolution *s, const T *g, const T *w, T *dx) {
  size_t plane = s->out_height * s->out_width, taps = s->filter_height * s->filter_width;
  for (size_t n = 0; n < s->images * s->groups; n++)
    for (size_t i = 0; i < s->in_channels; i++)
      for (size_t r = 0; r < s->in_height; r++)
        for (size_t c = 0; c < s->in_width; c++) {
          NAME(cut_chain) sum = {0};
          for (size_t o = 0; o < s->out_channels; o++)
            for (size_t t = 0; t < taps; t++) {
              const T *filter =
                  w + ((n % s->groups * s->out_channels + o) * s->in_channels + i) * taps;
              ptrdiff_t row = (ptrdiff_t)(r + s->top) -
                              (ptrdiff_t)(t / s->filter_width * s->dilation_y);
              ptrdiff_t column = (ptrdiff_t)(c + s->left) -
                                 (ptrdiff_t)(t % s->filter_width * s->dilation_x);
              if (row % (ptrdiff_t)s->stride_y || column % (ptrdiff_t)s->stride_x) continue;
              NAME(take)(
                  &sum, filter[t],
                  NAME(pixel)(
                      g + (n * s->out_channels + o) * plane, s->out_height, s->out_width,
                      row / (ptrdiff_t)s->stride_y, column / (ptrdiff_t)s->stride_x));
            }
          *dx++ = NAME(finish)(&sum);
        }
}

static void NAME(convolve_filters)(const ck_convolution *s, const T *x, const T *g, T *dw) {
  size_t in_plane = s->in_height * s->in_width, out_plane = s->out_height * s->out_width;
  for (size_t q = 0; q < s->groups; q++)
    for (size_t o = 0; o < s->out_channels; o++)
      for (size_t i = 0; i < s->in_channels; i++)
        for (size_t t = 0; t < s->filter_height * s->filter_width; t++) {
          NAME(cut_chain) sum = {0};
          for (size_t n = 0; n < s->images; n++)
            for (size_t p = 0; p < out_plane; p++)
              NAME(take)(
                  &sum, g[((n * s->groups + q) * s->out_channels + o) * out_plane + p],
                  NAME(pixel)(
                      x + ((n * s->groups + q) * s->in_channels + i) * in_plane, s->in_height,
                      s->in_width,
                      (ptrdiff_t)(p / s->out_width * s->stride_y +
                                  t / s->filter_width * s->dilation_y) -
                          (ptrdiff_t)s->top,
                      (ptrdiff_t)(p % s->out_width * s->stride_x +
                                  t % s->filter_width * s->dilation_x) -
                          (ptrdiff_t)s->left));
          *dw++ = NAME(finish)(&sum);
        }
}

#undef CHAIN
