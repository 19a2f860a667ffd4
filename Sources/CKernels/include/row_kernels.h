#pragma once
#include "kernels.h"

// Kernels on rows: softmax and its relatives, and normalisation. Included by kernels.h.

// Functions of a row of logits and, for the last two, a label.
typedef enum {
  CK_SOFTMAX,
  CK_LOG_SOFTMAX,
  CK_LOG_SUM_EXP,
  CK_CROSS_ENTROPY,
  CK_SOFTMAX_LESS_ONE_HOT,
} ck_row_op;

// Functions of two rows: a softmax and the gradient with respect to it; a log-softmax and the
// gradient with respect to it; logits and the targets of a cross-entropy.
typedef enum {
  CK_SOFTMAX_GRADIENT,
  CK_LOG_SOFTMAX_GRADIENT,
  CK_SOFT_CROSS_ENTROPY,
} ck_row_pair_op;

// y has rows x columns scalars, or one a row for log-sum-exp and cross-entropy.
void ck_rows(
    ck_type type, ck_row_op op, size_t rows, size_t columns, const void *x, const int64_t *labels,
    void *y);
// Softmax less one-hot times the row's scale.
void ck_cross_entropy_gradient(
    ck_type type, size_t rows, size_t columns, const void *x, const int64_t *labels,
    const void *scales, void *y);
// y has rows x columns scalars, or one a row for the cross-entropy.
void ck_row_pairs(
    ck_type type, ck_row_pair_op op, size_t rows, size_t columns, const void *x, const void *z,
    void *y);

// What is normalised: channel c of example e is `inner` consecutive numbers at
// (e channels + c) inner. Rows are the `groups` equal parts of an example's channels; columns are
// single channels over all examples.
typedef struct {
  size_t examples, channels, inner, groups;
  double epsilon;
  // Rows: whether the mean is taken off. Columns: whether a rectifier follows.
  int centred, rectified;
} ck_norm;

typedef enum {
  CK_ROW_NORM,
  CK_ROW_NORM_GRADIENT,
  CK_ROW_NORM_PARAMETERS,
  CK_BATCH_NORM,
  CK_BATCH_NORM_GRADIENT,
  CK_BATCH_NORM_PARAMETERS,
} ck_norm_op;

// Row norms: `parameters` and their gradient are the channels' scales, then their offsets;
// `moments` are each row's mean and one over its deviation.
void ck_row_norm(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, void *moments,
    void *y);
void ck_row_norm_gradient(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, const void *moments,
    const void *g, void *y);
void ck_row_norm_parameters(
    ck_type type, const ck_norm *shape, const void *x, const void *moments, const void *g,
    void *y);

// Batch norms; `moments` are the channels' means, then their variances over the count.
void ck_batch_norm(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, void *moments,
    void *y);
void ck_batch_norm_gradient(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, const void *moments,
    const void *g, void *y);
void ck_batch_norm_parameters(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, const void *moments,
    const void *g, void *y);
