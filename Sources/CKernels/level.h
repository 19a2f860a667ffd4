// One level: the same sources, compiled for the vectors and instructions that the including file
// names by LEVEL, BYTES and SOFTWARE_FMA.
#include "lanes.h"
#include "functions.h"
#include "power.h"
#include "trigonometry.h"
#include "special.h"
#include "map.h"
#include "rotate.h"

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

static void map_row_f_inner(ck_map_op op, size_t n, const float *x, float *y) {
  if (op == CK_EXP) map_floats(CK_EXP, n, x, y);
  else map_floats(CK_LOG1P, n, x, y);
}
static void map_row_d_inner(ck_map_op op, size_t n, const double *x, double *y) {
  if (op == CK_EXP) map_doubles(CK_EXP, n, x, y);
  else map_doubles(CK_LOG1P, n, x, y);
}
#define map_row_f map_row_f_inner
#define map_row_d map_row_d_inner

#define T float
#define V vf
#define W WF
#define NAME(name) name##_f
#include "reduce.h"
#include "pack.h"
#include "vector_product.h"
#include "product.h"
#include "convolution.h"
#include "triangle.h"
#undef T
#undef V
#undef W
#undef NAME

#define T double
#define V vd
#define W WD
#define NAME(name) name##_d
#include "reduce.h"
#include "pack.h"
#include "vector_product.h"
#include "product.h"
#include "convolution.h"
#include "triangle.h"
#undef T
#undef V
#undef W
#undef NAME

static void reduce(
    ck_type type, ck_reduce_op op, size_t outer, size_t n, size_t inner, const void *x, void *y) {
  if (type == CK_F32) {
    if (op == CK_SUM) reduce_f(CK_SUM, outer, n, inner, x, y);
    else reduce_f(CK_MAX, outer, n, inner, x, y);
  } else {
    if (op == CK_SUM) reduce_d(CK_SUM, outer, n, inner, x, y);
    else reduce_d(CK_MAX, outer, n, inner, x, y);
  }
}

static void rows(
    ck_type type, ck_row_op op, size_t rows, size_t columns, const void *x, const int64_t *labels,
    void *y) {
  if (type == CK_F32) rows_f(op, rows, columns, x, labels, y);
  else rows_d(op, rows, columns, x, labels, y);
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

#define BOTH(name)                                                                    \
  static void name(                                                                   \
      ck_type type, const ck_convolution *shape, const void *a, const void *b, void *y) { \
    if (type == CK_F32) name##_f(shape, a, b, y);                                     \
    else name##_d(shape, a, b, y);                                                    \
  }
BOTH(convolve)
BOTH(convolve_input)
BOTH(convolve_filters)
#undef BOTH

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

// Members by name, so that families can be added apart.
const ck_table JOIN(ck_table, LEVEL) = {
    .map = map,
    .zip = zip,
    .add_scaled = add_scaled,
    .reduce = reduce,
    .rows = rows,
    .matmul = matmul,
    .affine = affine,
    .convolve = convolve,
    .convolve_input = convolve_input,
    .convolve_filters = convolve_filters,
    .solve = solve,
    .cholesky = cholesky,
    .panel = panel,
    .rotate = rotate,
};
