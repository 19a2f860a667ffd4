#pragma once
// Numbers of narrow formats, held in wider ones, and products whose every step is rounded.
#include "kernels.h"

typedef enum { CK_NEAREST_EVEN, CK_TOWARD_ZERO } ck_rounding;

// Numbers of a sign, an exponent and `mantissa` digits: those below 2^lowest in magnitude are
// subnormal, or zero where these are not kept; those from 2^(highest + 1) are the greatest number,
// or infinite where the format does not saturate. Rounding toward zero makes no infinity.
typedef struct {
  int mantissa, lowest, highest;
  int subnormals, saturates;
  ck_rounding rounding;
} ck_format;

// y[i] = x[i] rounded to the format. With draws in [0, 1), one a number, a magnitude between two of
// the format goes up where its distance from the lower one, in steps, is above the draw.
void ck_round(
    ck_type type, const ck_format *format, size_t n, const void *x, const double *draws, void *y);

// c[i][j]: within a chunk of the k terms, sum = add(multiply(a[i][p] b[p][j]) + sum) from +0 with
// p ascending; the chunks' sums are joined in order by total = add(total + sum) from +0. Products
// and sums are rounded to double, then to their format. All matrices are row-major.
typedef struct {
  ck_format multiply, add;
  size_t chunk;
} ck_rounded_steps;

void ck_rounded_matmul(
    ck_type type, const ck_rounded_steps *steps, size_t m, size_t n, size_t k, const void *a,
    const void *b, void *c);

// Which of the terms a gradient sees: all; those whose own step did not overflow; those after which
// no step of their chunk, nor any joining of chunks from it on, did; those that changed the sum.
typedef enum { CK_SEE_ALL, CK_SEE_OWN, CK_SEE_LATER, CK_SEE_CHANGE } ck_seen;

// da[i][p] = sum over j of g[i][j] b[p][j] where seen: 16 strided partial sums in double, joined by
// halves. db[p][j] = sum over i of g[i][j] a[i][p] where seen: one chain in double.
void ck_rounded_matmul_left(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t m, size_t n, size_t k,
    const void *a, const void *b, const void *g, void *da);
void ck_rounded_matmul_right(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t m, size_t n, size_t k,
    const void *a, const void *b, const void *g, void *db);

// y[i] = floor(log2 |x[i]|): -infinity for zero, +infinity for infinities.
void ck_exponents(ck_type type, size_t n, const void *x, void *y);
// y[i] = x[i] / 2^floor(log2 |x[i]|); zeros, infinities and NaN are themselves.
void ck_significands(ck_type type, size_t n, const void *x, void *y);
