#pragma once
// The arithmetic of the training core. Every function gives the same bits at every level and
// thread count. Pointers to scalars are untyped; `type` says what they hold.
#include <stddef.h>
#include <stdint.h>

typedef enum { CK_F32 = 0, CK_F64 = 1 } ck_type;

// Levels, from the slowest. `portable` is `scalar` without fused multiply-add instructions.
typedef enum {
  CK_PORTABLE = 0,
  CK_SCALAR = 1,
  CK_AVX2 = 2,
  CK_AVX512 = 3,
  CK_NEON = 4,
} ck_level;

// Functions of one number.
typedef enum {
  CK_NEGATE,
  CK_ABSOLUTE,
  CK_SIGN,
  CK_SQUARE_ROOT,
  CK_RELU,
  CK_EXP,
  CK_EXPM1,
  CK_LOG,
  CK_LOG1P,
  CK_TANH,
  CK_LOGISTIC,
  CK_SOFTPLUS,
  CK_SIN,
  CK_COS,
  CK_ERF,
  CK_NORMAL_QUANTILE,
  CK_SQUARE,
  CK_INVERSE_ROOT,
  CK_ROUND,
  CK_FLOOR,
  CK_NORMAL_CDF,
  CK_GELU,
  CK_GELU_SLOPE,
  CK_GELU_TANH,
  CK_GELU_TANH_SLOPE,
  CK_SILU,
  CK_SILU_SLOPE,
  CK_LOG_GAMMA,
  CK_DIGAMMA,
  CK_TRIGAMMA,
} ck_map_op;

// Functions of two numbers. `gate` is a where b > 0 and 0 elsewhere; comparisons give 1 or 0;
// `leaky` is a b and `elu` b (exp(a) - 1) where a is not above zero, and a where it is.
typedef enum {
  CK_ADD,
  CK_SUBTRACT,
  CK_MULTIPLY,
  CK_DIVIDE,
  CK_POWER,
  CK_MAXIMUM,
  CK_MINIMUM,
  CK_GATE,
  CK_GREATER,
  CK_EQUAL,
  CK_LEAKY,
  CK_ELU,
} ck_zip_op;

// Functions of three numbers: a b + c rounded once; b where a is not zero, and c elsewhere.
typedef enum { CK_FMA, CK_WHERE } ck_blend_op;

// Reductions along the middle axis of [outer, n, inner].
typedef enum { CK_SUM, CK_MAX, CK_MIN, CK_PRODUCT, CK_SUM_OF_SQUARES } ck_reduce_op;

// 1 when this CPU can run the level.
int ck_supports(ck_level level);
// The fastest level of this CPU.
ck_level ck_best_level(void);
// Selects a level this CPU supports; returns 0 when it does not.
int ck_select(ck_level level);
ck_level ck_selected(void);

// The number of threads that large operations may use, from 1.
void ck_set_threads(int threads);
int ck_threads(void);

// y[i] = op(x[i]); y may be x.
void ck_map(ck_type type, ck_map_op op, size_t n, const void *x, void *y);
// y[i] = gelu(x[i]) and its derivative, with the bits of ck_map.
void ck_gelu(ck_type type, size_t n, const void *x, void *y, void *slopes);
float ck_map1f(ck_map_op op, float x);
double ck_map1d(ck_map_op op, double x);
float ck_power1f(float x, float y);
double ck_power1d(double x, double y);

// y[r][c] = op(a[r][c], b[r][c]) with y row-major and steps of 0 or more scalars in a and b.
// y may be a or b where the steps agree.
void ck_zip(
    ck_type type, ck_zip_op op, size_t rows, size_t columns, const void *a, size_t a_row,
    size_t a_column, const void *b, size_t b_row, size_t b_column, void *y);

// y[i] = op(a[i], b[i], c[i]), with steps of 0 or 1 scalars; y may be one of step 1.
void ck_blend(
    ck_type type, ck_blend_op op, size_t n, const void *a, size_t a_step, const void *b,
    size_t b_step, const void *c, size_t c_step, void *y);

// y[i] = fma(scale, x[i], y[i]), with `scale` rounded to the type.
void ck_add_scaled(ck_type type, size_t n, double scale, const void *x, void *y);

// y[o][i] = the reduction of x[o][*][i].
void ck_reduce(
    ck_type type, ck_reduce_op op, size_t outer, size_t n, size_t inner, const void *x, void *y);

// The column of the first greatest entry of each row; NaN counts as greatest.
void ck_argmax(ck_type type, size_t rows, size_t columns, const void *x, int64_t *y);

// c[i][j] = sum over p of a[i][p] b[p][j], c row-major; element (i, p) of a lies at
// a[i a_row + p a_column], likewise b.
void ck_matmul(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, void *c);

// y[c][r] = x[r][c].
void ck_transpose(ck_type type, size_t rows, size_t columns, const void *x, void *y);

// y[i] = value, rounded to the type.
void ck_fill(ck_type type, size_t n, double value, void *y);
// y[i] = x[i] with every NaN the same one.
void ck_canonical(ck_type type, size_t n, const void *x, void *y);
// y[i] = x[i] in the other type, rounded to nearest.
void ck_convert(ck_type from, size_t n, const void *x, void *y);
// 1 when no number is infinite or NaN.
int ck_all_finite(ck_type type, size_t n, const void *x);
// 1 when all bits agree, NaN being one value.
int ck_equal(ck_type type, size_t n, const void *x, const void *y);

// Philox 4x32-10: the block of a counter under a key.
void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);
// Correctly rounded a b + c without fused instructions.
float ck_software_fmaf(float a, float b, float c);
double ck_software_fma(double a, double b, double c);

// Families with a header each.
#include "algebra.h"
#include "attention.h"
#include "convolutions.h"
#include "formats.h"
#include "pool.h"
#include "images.h"
#include "products.h"
#include "row_kernels.h"
#include "draw_kernels.h"
#include "movement_kernels.h"
#include "sort_kernels.h"
#include "update_kernels.h"
