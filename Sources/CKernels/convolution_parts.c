// Convolutions, cut into parts that threads may share.
#include "table.h"
#include "workers.h"

#pragma STDC FP_CONTRACT OFF

void ck_convolve(
    ck_type type, const ck_convolution *shape, const void *x, const void *filters, void *y) {
  ck_current()->convolve(type, shape, x, filters, y);
}

void ck_convolve_input(
    ck_type type, const ck_convolution *shape, const void *g, const void *filters, void *dx) {
  ck_current()->convolve_input(type, shape, g, filters, dx);
}

void ck_convolve_filters(
    ck_type type, const ck_convolution *shape, const void *x, const void *g, void *dw) {
  ck_current()->convolve_filters(type, shape, x, g, dw);
}
