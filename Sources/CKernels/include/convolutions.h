#pragma once
// Convolutions of images: activations are [image][channel][row][column], filters
// [output channel][input channel of the group][row][column].
//
// What lies outside an image counts as zeros that take part like any other number. Every result is
// one chain of fused multiply-adds from +0, cut every 4096 terms; the chains' sums are added in
// order to +0, so that no result is -0.
#include "kernels.h"

// The sizes of a convolution; the caller has checked that they fit each other.
typedef struct {
  size_t images, groups;
  // Of one group.
  size_t in_channels, out_channels;
  size_t in_height, in_width, out_height, out_width;
  size_t filter_height, filter_width, stride_y, stride_x, dilation_y, dilation_x;
  // Rows above and columns left of the first.
  size_t top, left;
} ck_convolution;

// y = x * filters: terms by input channel, then row and column of the filter, ascending.
void ck_convolve(
    ck_type type, const ck_convolution *shape, const void *x, const void *filters, void *y);

// The gradient of a sum of y times g with respect to x: terms by output channel, then row and
// column of the filter, ascending. Columns and rows of the filter that meet a pixel only between
// two strides are left out.
void ck_convolve_input(
    ck_type type, const ck_convolution *shape, const void *g, const void *filters, void *dx);

// The gradient with respect to the filters: terms by image, then row and column of g, ascending.
void ck_convolve_filters(
    ck_type type, const ck_convolution *shape, const void *x, const void *g, void *dw);
