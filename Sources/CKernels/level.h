// One level: the same sources, compiled for the vectors and instructions that the including file
// names by LEVEL, BYTES and SOFTWARE_FMA.
#include "lanes.h"
#include "functions.h"
#include "power.h"
#include "trigonometry.h"
#include "special.h"
#include "activations.h"
#include "map.h"
#include "single.h"
#include "rotate.h"
#include "rounding.h"
#include "rounded_product.h"

#define load_f load_vf
#define load_d load_vd
#define store_f store_vf
#define store_d store_vd
#define select_f select_vf
#define select_d select_vd
#define fma_f fma_vf
#define fma_d fma_vd
#define fma1_f fma_1f
#define fma1_d fma_1d

// The matrix product's tile: as many sums as there are registers for.
#define VECTORS (BYTES > 0)
#if BYTES == 64
#define MR 14
#define NV 2
#elif BYTES == 32
#define MR 6
#define NV 2
#elif BYTES == 16
#define MR 8
#define NV 3
#else
#define MR 4
#define NV 2
#endif

// The convolution's tiles: filters by two vectors of pixels, and pixels by one vector of filters.
#if BYTES == 32 || BYTES == 0
#define ROWS 4
#define FILTERS 1
#else
#define ROWS 8
#define FILTERS 2
#endif
#define PIXELS (W < 8 ? 8 : W)

// The lower and the upper halves of two vectors, alternating.
#if BYTES == 64
INLINE vf zip_low_f(vf a, vf b) {
  return __builtin_shufflevector(
      a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
INLINE vf zip_high_f(vf a, vf b) {
  return __builtin_shufflevector(
      a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
INLINE vd zip_low_d(vd a, vd b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
INLINE vd zip_high_d(vd a, vd b) {
  return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
#elif BYTES == 32
INLINE vf zip_low_f(vf a, vf b) { return __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11); }
INLINE vf zip_high_f(vf a, vf b) {
  return __builtin_shufflevector(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
INLINE vd zip_low_d(vd a, vd b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
INLINE vd zip_high_d(vd a, vd b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }
#elif BYTES == 16
INLINE vf zip_low_f(vf a, vf b) { return __builtin_shufflevector(a, b, 0, 4, 1, 5); }
INLINE vf zip_high_f(vf a, vf b) { return __builtin_shufflevector(a, b, 2, 6, 3, 7); }
INLINE vd zip_low_d(vd a, vd b) { return __builtin_shufflevector(a, b, 0, 2); }
INLINE vd zip_high_d(vd a, vd b) { return __builtin_shufflevector(a, b, 1, 3); }
#endif

#include "draw.h"

static void map_row_f(ck_map_op op, size_t n, const float *x, float *y) {
  map(CK_F32, op, n, x, y);
}
static void map_row_d(ck_map_op op, size_t n, const double *x, double *y) {
  map(CK_F64, op, n, x, y);
}

#include "columns.h"

#define T float
#define V vf
#define W WF
#define NAME(name) name##_f
#include "reduce.h"
#include "rows.h"
#include "norm.h"
#include "batch_norm.h"
#include "pack.h"
#include "vector_product.h"
#include "product.h"
#include "convolution.h"
#include "edge_tiles.h"
#include "correlate.h"
#include "filter_sums.h"
#include "resample.h"
#include "triangle.h"
#include "update.h"
#undef T
#undef V
#undef W
#undef NAME

#define T double
#define V vd
#define W WD
#define NAME(name) name##_d
#include "reduce.h"
#include "rows.h"
#include "norm.h"
#include "batch_norm.h"
#include "pack.h"
#include "vector_product.h"
#include "product.h"
#include "convolution.h"
#include "edge_tiles.h"
#include "correlate.h"
#include "filter_sums.h"
#include "resample.h"
#include "triangle.h"
#include "update.h"
#undef T
#undef V
#undef W
#undef NAME

#define REDUCE_CASE(op)                                      \
  case op:                                                   \
    if (type == CK_F32)                                      \
      reduce_f(op, outer, n, inner, columns, x, y);          \
    else                                                     \
      reduce_d(op, outer, n, inner, columns, x, y);          \
    break;

static void reduce(
    ck_type type, ck_reduce_op op, size_t outer, size_t n, size_t inner, size_t columns,
    const void *x, void *y) {
  switch (op) {
    REDUCE_CASE(CK_SUM)
    REDUCE_CASE(CK_MAX)
    REDUCE_CASE(CK_MIN)
    REDUCE_CASE(CK_PRODUCT)
    REDUCE_CASE(CK_SUM_OF_SQUARES)
  }
}

static void rows(
    ck_type type, ck_row_op op, size_t rows, size_t columns, const void *x, const int64_t *labels,
    const void *scales, void *y) {
  if (type == CK_F32) rows_f(op, rows, columns, x, labels, scales, y);
  else rows_d(op, rows, columns, x, labels, scales, y);
}

static void row_pairs(
    ck_type type, ck_row_pair_op op, size_t rows, size_t columns, const void *x, const void *z,
    void *y) {
  if (type == CK_F32) row_pairs_f(op, rows, columns, x, z, y);
  else row_pairs_d(op, rows, columns, x, z, y);
}

static void norm(
    ck_type type, ck_norm_op op, const ck_norm *shape, size_t start, size_t end, const void *x,
    const void *parameters, const void *g, void *moments, void *y) {
  if (type == CK_F32) norm_f(op, shape, start, end, x, parameters, g, moments, y);
  else norm_d(op, shape, start, end, x, parameters, g, moments, y);
}

static void affine(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, const void *bias, int then, void *c,
    size_t c_row) {
  if (type == CK_F32)
    matmul_f(m, n, k, a, a_row, a_column, b, b_row, b_column, c, c_row, bias, then);
  else
    matmul_d(m, n, k, a, a_row, a_column, b, b_row, b_column, c, c_row, bias, then);
}

static void matmul(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, void *c, size_t c_row) {
  affine(type, m, n, k, a, a_row, a_column, b, b_row, b_column, NULL, -1, c, c_row);
}

#include "image_kernels.h"

static void solve(
    ck_type type, int ascending, int unit, size_t n, size_t columns, const void *t, size_t t_row,
    size_t t_column, void *x, size_t x_row, size_t x_column) {
  if (type == CK_F32)
    solve_f(ascending, unit, n, columns, t, t_row, t_column, x, x_row, x_column);
  else
    solve_d(ascending, unit, n, columns, t, t_row, t_column, x, x_row, x_column);
}

static size_t cholesky(ck_type type, size_t n, void *a, size_t a_row) {
  return type == CK_F32 ? cholesky_f(n, a, a_row) : cholesky_d(n, a, a_row);
}

static void panel(ck_type type, size_t m, size_t width, void *x, size_t *pivots) {
  if (type == CK_F32) panel_f(m, width, x, pivots);
  else panel_d(m, width, x, pivots);
}

static void adam(
    ck_type type, size_t n, const ck_adam *numbers, const void *g, void *p, void *m, void *v) {
  if (type == CK_F32) adam_f(n, numbers, g, p, m, v);
  else adam_d(n, numbers, g, p, m, v);
}

// Members by name, so that families can be added apart.
const ck_table JOIN(ck_table, LEVEL) = {
    .map = map,
    .gelu = gelu,
    .zip = zip,
    .add_scaled = add_scaled,
    .reduce = reduce,
    .rows = rows,
    .row_pairs = row_pairs,
    .norm = norm,
    .matmul = matmul,
    .affine = affine,
    .images = IMAGE_KERNELS,
    .solve = solve,
    .cholesky = cholesky,
    .panel = panel,
    .rotate = rotate,
    .round_to = round_to,
    .rounded_matmul = rounded_matmul,
    .rounded_left = rounded_left,
    .rounded_right = rounded_right,
    .draw = draw,
    .convert_words = convert_words,
    .blend = blend,
    .adam = adam,
};
