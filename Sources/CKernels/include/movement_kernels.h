#pragma once
#include "kernels.h"

// Kernels that move numbers, and those that add them up where they were taken from. Included by
// kernels.h.

// A track of a movement: how many entries, and their distance in the source and in the target.
typedef struct {
  size_t count;
  ptrdiff_t from, to;
} ck_track;

// y[sum of i to] = x[sum of i from] for every index i of the axes; no target is written twice.
void ck_move(ck_type type, size_t rank, const ck_track *axes, const void *x, void *y);

// y[o][k][i] = x[o][indices[k]][i], of n entries along the middle axis.
void ck_gather(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y);
// y[o][indices[k]][i] += x[o][k][i] from zero, with k ascending.
void ck_scatter(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y);
// y[o][k][i] = x[o][indices[o][k][i]][i].
void ck_take(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y);
// y[o][indices[o][k][i]][i] += x[o][k][i] from zero, with k ascending.
void ck_put(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y);

// Sums of the entries so far along the middle axis, one after another: y[o][k][i] =
// y[o][k - 1][i] + x[o][k][i], or from the end.
void ck_cumulative_sum(
    ck_type type, size_t outer, size_t n, size_t inner, int from_the_end, const void *x, void *y);
// The first greatest or least entry along the middle axis; NaN is both.
void ck_extreme_index(
    ck_type type, int least, size_t outer, size_t n, size_t inner, const void *x, int64_t *y);
