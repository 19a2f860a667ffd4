// One level: the same sources, compiled for the vectors and instructions that the including file
// names by LEVEL, BYTES and SOFTWARE_FMA.
#include "lanes.h"
#include "functions.h"
#include "power.h"
#include "trigonometry.h"
#include "special.h"
#include "map.h"

#define load_f load_vf
#define load_d load_vd
#define store_f store_vf
#define store_d store_vd
#define select_f select_vf
#define select_d select_vd
#define fma_f fma_vf
#define fma_d fma_vd

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
#include "product.h"
#undef T
#undef V
#undef W
#undef NAME

#define T double
#define V vd
#define W WD
#define NAME(name) name##_d
#include "reduce.h"
#include "product.h"
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

static void matmul(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, void *c, size_t c_row) {
  if (type == CK_F32) matmul_f(m, n, k, a, a_row, a_column, b, b_row, b_column, c, c_row);
  else matmul_d(m, n, k, a, a_row, a_column, b, b_row, b_column, c, c_row);
}

const ck_table JOIN(ck_table, LEVEL) = {map, zip, add_scaled, reduce, rows, matmul};
