#pragma once
// Operations on the last two axes of images: linear maps along each axis, and maximum pooling.
#include "kernels.h"

// The linear map of an axis: entry i of the result is the chain over j from start[i] to
// start[i + 1] of weight[j] times source[j]'s entry: one product, then fused multiply-adds; +0
// where there is no term. Weights are rounded to the type.
typedef struct {
  size_t inputs, outputs;
  const size_t *start, *source;
  const double *weight;
} ck_axis;

// y = the map of the rows' axis, then that of the columns', of each plane of rows x columns.
void ck_resample(
    ck_type type, size_t planes, const ck_axis *rows, const ck_axis *columns, const void *x,
    void *y);

// A window that moves over planes; what lies outside a plane is left out, and no window lies
// outside altogether.
typedef struct {
  size_t planes, in_height, in_width, out_height, out_width;
  size_t height, width, stride_y, stride_x, top, left;
} ck_window;

// Where in its plane the first greatest pixel of each window is, by rows; NaN counts as greatest.
void ck_window_maxima(ck_type type, const ck_window *shape, const void *x, int32_t *places);
// y[p][i] = x[p][places[p][i]], with `count` places a plane.
void ck_take_places(
    ck_type type, size_t planes, size_t plane, size_t count, const int32_t *places, const void *x,
    void *y);
// y[p][places[p][i]] += x[p][i] from +0, with i ascending.
void ck_put_places(
    ck_type type, size_t planes, size_t plane, size_t count, const int32_t *places, const void *x,
    void *y);
