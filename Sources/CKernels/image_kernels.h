// The kernels of images for both types. The including file has included their sources.
static void pad(ck_type type, const ck_planes *planes, const void *x, void *to) {
  if (type == CK_F32) pad_f(planes, x, to);
  else pad_d(planes, x, to);
}

static void correlate(ck_type type, const ck_phase *phase, const ck_block *block) {
  if (type == CK_F32) correlate_f(phase, block);
  else correlate_d(phase, block);
}

static int turn_filters(
    ck_type type, size_t filters, size_t width, size_t pixels, size_t plane, const void *g,
    void *to) {
  if (type == CK_F32) return turn_filters_f(filters, width, pixels, plane, g, to);
  return turn_filters_d(filters, width, pixels, plane, g, to);
}

static void filter_sums(ck_type type, const ck_run *run) {
  if (type == CK_F32) filter_sums_f(run);
  else filter_sums_d(run);
}

static void resample(
    ck_type type, size_t planes, const ck_axis *rows, const ck_axis *columns, const void *x,
    void *y) {
  if (type == CK_F32) resample_f(planes, rows, columns, x, y);
  else resample_d(planes, rows, columns, x, y);
}

static void window_maxima(ck_type type, const ck_window *shape, const void *x, int32_t *places) {
  if (type == CK_F32) window_maxima_f(shape, x, places);
  else window_maxima_d(shape, x, places);
}

#define IMAGE_KERNELS                                                                  \
  {                                                                                    \
    .bytes = BYTES, .filters = ROWS, .filter_vectors = FILTERS, .pad = pad,            \
    .correlate = correlate, .turn_filters = turn_filters, .filter_sums = filter_sums,  \
    .resample = resample, .window_maxima = window_maxima                               \
  }
