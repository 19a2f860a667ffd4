#include <stdlib.h>

#include "digest.h"

// Images, groups, channels, filters, rows, columns, filter, stride, padding.
static const size_t forms[][9] = {
    {2, 1, 3, 17, 6, 33, 3, 1, 1},  {2, 1, 5, 18, 8, 8, 3, 1, 1},  {7, 1, 3, 20, 4, 4, 3, 1, 1},
    {3, 1, 4, 9, 9, 9, 3, 2, 1},    {2, 3, 2, 5, 7, 9, 2, 3, 2},   {3, 1, 9, 16, 6, 6, 1, 1, 0},
    {2, 1, 9, 16, 7, 7, 1, 2, 0},   {1, 9, 1, 1, 12, 19, 3, 1, 1}, {1, 1, 460, 2, 3, 3, 3, 1, 1},
    {1, 1, 2, 460, 3, 3, 3, 1, 1},  {3, 1, 1, 1, 40, 40, 1, 1, 1}, {40, 1, 8, 8, 8, 8, 3, 1, 1},
    {3, 1, 16, 16, 16, 16, 3, 1, 1}};

static void convolutions(ck_type type, const size_t *f) {
  ck_convolution s = {
      .images = f[0], .groups = f[1], .in_channels = f[2], .out_channels = f[3],
      .in_height = f[4], .in_width = f[5], .out_height = (f[4] + 2 * f[8] - f[6]) / f[7] + 1,
      .out_width = (f[5] + 2 * f[8] - f[6]) / f[7] + 1, .filter_height = f[6],
      .filter_width = f[6], .stride_y = f[7], .stride_x = f[7], .dilation_y = 1, .dilation_x = 1,
      .top = f[8], .left = f[8]};
  size_t channels = s.images * s.groups;
  size_t in = channels * s.in_channels * s.in_height * s.in_width;
  size_t out = channels * s.out_channels * s.out_height * s.out_width;
  size_t filters = s.groups * s.in_channels * s.out_channels * f[6] * f[6];
  void *x = normals(type, in, 71), *w = normals(type, filters, 72), *g = normals(type, out, 73);
  void *y = room(type, out), *dx = room(type, in), *dw = room(type, filters);
  ck_convolve(type, &s, x, w, y);
  add(type, out, y);
  ck_convolve_input(type, &s, g, w, dx);
  add(type, in, dx);
  ck_convolve_filters(type, &s, x, g, dw);
  add(type, filters, dw);
}

void digest_images(ck_type type) {
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) convolutions(type, forms[i]);
  void *x = normals(type, 50 * 25, 74), *y = normals(type, 9 * 99, 75), *z = room(type, 9 * 99);
  static const size_t start[] = {0, 2, 2, 5, 6}, source[] = {1, 3, 0, 2, 4, 4};
  static const double weight[] = {0.3, 0.7, 1.5, -0.1, 0.2, 1};
  ck_axis axis = {.inputs = 5, .outputs = 4, .start = start, .source = source, .weight = weight};
  ck_resample(type, 50, &axis, &axis, x, z);
  add(type, 50 * 16, z);
  ck_window window = {
      .planes = 9, .in_height = 9, .in_width = 11, .out_height = 5, .out_width = 6, .height = 3,
      .width = 3, .stride_y = 2, .stride_x = 2, .top = 1, .left = 1};
  int32_t places[9 * 30];
  ck_window_maxima(type, &window, x, places);
  ck_take_places(type, 9, 99, 30, places, x, z);
  add(type, 9 * 30, z);
  ck_put_places(type, 9, 99, 30, places, y, z);
  add(type, 9 * 99, z);
}
