#pragma once
// What the parts of a convolution hand to a level.
#include <stddef.h>

#include "include/kernels.h"

// Planes of numbers with zeros around them: `rows` of `pitch` numbers a channel, of which the first
// `top` and `left` are zeros; negative ones skip what no result needs.
typedef struct {
  size_t channels, height, width, rows, pitch;
  ptrdiff_t top, left;
} ck_planes;

// Results that are the same sum at each place: result (o, r, c) is the chain over k of
// filter[o][k] times the number at offset[k] + r step_y pitch + c step_x of the padded planes. It
// goes to o plane + r row_step + c column_step.
typedef struct {
  size_t outputs, rows, columns, terms;
  size_t step_y, step_x, pitch, plane, row_step, column_step;
  // Term k of output 0 has this place in the filters; those of output o, o filter_step more.
  size_t *offset, *filter, filter_step;
  // The tile: lanes along filters or pixels, `height` filters by `lines` lines of `line` pixels.
  int along;
  size_t height, lines, line;
  // 1 where the products with zeros around the image can be left out, -1 for filters turned round,
  // and the numbers of a plane of the source.
  int edges;
  size_t source_plane;
  // The first result, and the first packed filter.
  size_t first, packed;
} ck_phase;

// Images done together; `ahead` lines a tile of what comes next are fetched.
typedef struct {
  size_t images, x_step, y_step, ahead;
  const void *x, *filters, *next;
  void *y;
} ck_block;

// Pixels of the gradient that lie one after another, and where the first of them lies in the
// planes; `edge` is -1 in the first line of an image and 1 in the last.
typedef struct {
  size_t start, count;
  int edge;
} ck_piece;

// sums[k][o] += g[p][o] times the number at offset[k] + place of p, over the pixels p of the pieces
// in order; `width` filters, pixels `step` apart. Fresh sums start at +0.
typedef struct {
  const void *x, *g;
  const size_t *offset;
  size_t terms, width, step, pieces;
  const ck_piece *piece;
  int fresh;
  void *sums;
  // Whether the products with zeros around the image can be left out; then offsets are not used,
  // and x is the image's planes of so many numbers.
  int edges;
  size_t plane;
  // Whether each filter has a channel of its own, next to those of the others.
  int each;
  // What is needed next is fetched meanwhile: so many lines a tile from two places on.
  const char *next[2];
  size_t ahead[2];
} ck_run;

// A level's kernels of images: the bytes of a vector, 0 for one number at a time; the filters of a
// tile along pixels; the vectors of one along filters.
typedef struct {
  size_t bytes, filters, filter_vectors;
  void (*pad)(ck_type, const ck_planes *, const void *, void *);
  void (*correlate)(ck_type, const ck_phase *, const ck_block *);
  int (*turn_filters)(ck_type, size_t, size_t, size_t, size_t, const void *, void *);
  void (*filter_sums)(ck_type, const ck_run *);
  void (*resample)(ck_type, size_t, const ck_axis *, const ck_axis *, const void *, void *);
  void (*window_maxima)(ck_type, const ck_window *, const void *, int32_t *);
} ck_image_kernels;
