#pragma once
// Products of many matrices, and products that end in a bias and a function.
#include "kernels.h"

enum { CK_BATCH_AXES = 16 };

// Batches of matrices: along each axis `counts` of them, the factors' scalars of neighbours
// `a_steps` and `b_steps` apart, 0 where one serves all. The products follow each other in c.
typedef struct {
  size_t axes;
  size_t counts[CK_BATCH_AXES], a_steps[CK_BATCH_AXES], b_steps[CK_BATCH_AXES];
} ck_batch;

void ck_matmul_batched(
    ck_type type, const ck_batch *batch, size_t m, size_t n, size_t k, const void *a, size_t a_row,
    size_t a_column, const void *b, size_t b_row, size_t b_column, void *c);

// c[i][j] = then(sum over p of a[i][p] b[p][j] + bias[j]), with the bits of ck_matmul, ck_zip and
// ck_map one after another; `then` is a ck_map_op, or below 0 for none, and bias may be null.
void ck_affine(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, const void *bias, int then, void *c);
