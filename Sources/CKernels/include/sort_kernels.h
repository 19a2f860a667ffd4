#pragma once
#include "kernels.h"

// Orders. Included by kernels.h. Numbers are ordered as they are, the two zeros being equal and NaN
// greater than all others; equal numbers keep their order.

// indices[o][k][i] is the place along the middle axis of the number that comes k-th of x[o][*][i],
// from the least, or from the greatest where `descending`; the first `count` of them.
void ck_order(
    ck_type type, int descending, size_t outer, size_t n, size_t inner, size_t count,
    const void *x, int64_t *indices);
// y[i] is how many of the n numbers, which ascend, come before z[i], or, where `after`, not behind.
void ck_search(
    ck_type type, int after, size_t n, const void *x, size_t count, const void *z, int64_t *y);
