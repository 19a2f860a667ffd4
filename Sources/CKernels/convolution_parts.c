// Convolutions and their gradients with respect to images, planned and cut into parts of the output
// that threads may share.
#include "table.h"

#pragma STDC FP_CONTRACT OFF

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))
// Below this many multiply-adds threads cost more than they bring.
enum { SMALL = 1 << 18 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static size_t most(size_t a, size_t b) { return a > b ? a : b; }
static size_t parts_of(size_t n, size_t part) { return (n + part - 1) / part; }
static size_t rounded(size_t n, size_t part) { return parts_of(n, part) * part; }

typedef struct {
  ck_type type;
  size_t images, groups, outputs, result;
  ck_planes planes;
  int direct;
  // Images padded together, images and slices of the outputs a part.
  size_t together, part, slices;
  size_t phases, packed;
  ck_phase *phase;
  size_t filter_group;
  const void *x, *filters;
  void *room, *y;
} correlation;

// Where tap k of an axis lies for the first result: (first + k step) / divisor, and nowhere where
// that is no whole number.
typedef struct {
  ptrdiff_t first, step, divisor;
  size_t taps;
} axis;

static int tap(const axis *a, size_t k, ptrdiff_t *place) {
  ptrdiff_t value = a->first + (ptrdiff_t)k * a->step;
  *place = value / a->divisor;
  return value % a->divisor == 0;
}

// The tile that wastes least.
static void choose_tile(ck_phase *p, size_t lanes, size_t height) {
  size_t rest = p->outputs % height, used = rest > 4 ? height : rest > 2 ? 4 : rest;
  double across = (double)p->outputs / (p->outputs - rest + used) * p->columns /
                  rounded(p->columns, lanes);
  p->along = 0;
  p->height = height;
  p->line = p->columns > lanes ? 2 * lanes : lanes;
  p->lines = p->columns > lanes ? 1 : 2;
  if (lanes == 1) return;
  if (p->step_x > 1) across = 0;
  size_t pixels = lanes < 8 ? 8 : lanes;
  for (size_t line = pixels; line >= pixels / 4; line /= 2) {
    double along = (double)p->outputs / rounded(p->outputs, lanes) * p->columns /
                   rounded(p->columns, line) * p->rows / rounded(p->rows, pixels / line);
    // Results that lie across lanes must be turned, which costs a little.
    if (along * 0.97 <= across) continue;
    across = along / 0.97;
    p->along = 1;
    p->height = lanes;
    p->line = line;
    p->lines = pixels / line;
  }
}

// Whether the products with what lies around the image can be left out.
static int has_edges(const correlation *job, const axis axes[2], size_t lanes) {
  ck_phase *p = job->phase;
  size_t pixels = lanes < 8 ? 8 : lanes;
  for (int i = 0; i < 2; i++) {
    ptrdiff_t first = axes[i].step > 0 ? -1 : 1;
    if (axes[i].taps != 3 || axes[i].divisor != 1 || axes[i].step != -first ||
        axes[i].first != first)
      return 0;
  }
  return lanes > 1 && job->phases == 1 && p->step_y == 1 && p->step_x == 1 &&
         p->rows == job->planes.height && p->columns == job->planes.width &&
         (p->columns == pixels || p->columns == pixels / 2 || p->columns == pixels / 4) &&
         p->rows % (pixels / p->columns) == 0 && p->outputs % lanes == 0 &&
         job->planes.channels * 9 <= 4096 &&
         ck_all_finite(job->type, job->groups * job->filter_group, job->filters);
}

static size_t covered_columns(const ck_phase *p, size_t lanes) {
  return rounded(p->columns, p->along ? p->line : lanes);
}
static size_t covered_rows(const ck_phase *p) {
  return p->along ? rounded(p->rows, p->lines) : p->rows;
}

static size_t count(const axis *a, ptrdiff_t *lowest, ptrdiff_t *highest) {
  size_t taken = 0;
  ptrdiff_t place;
  for (size_t k = 0; k < a->taps; k++) {
    if (!tap(a, k, &place)) continue;
    if (place < *lowest) *lowest = place;
    if (place > *highest) *highest = place;
    taken++;
  }
  return taken;
}

// The padded planes that hold what every phase reads.
static void choose_planes(correlation *job, const axis (*axes)[2], size_t lanes) {
  ck_planes *planes = &job->planes;
  ptrdiff_t top = PTRDIFF_MAX, bottom = PTRDIFF_MIN, left = PTRDIFF_MAX, right = PTRDIFF_MIN;
  for (size_t i = 0; i < job->phases; i++) {
    ck_phase *p = &job->phase[i];
    ptrdiff_t low = PTRDIFF_MAX, high = PTRDIFF_MIN;
    size_t down = count(&axes[i][0], &low, &high);
    ptrdiff_t last = high + (ptrdiff_t)((covered_rows(p) - 1) * p->step_y);
    ptrdiff_t low_column = PTRDIFF_MAX, high_column = PTRDIFF_MIN;
    size_t across = count(&axes[i][1], &low_column, &high_column);
    p->terms = planes->channels * down * across;
    if (p->terms == 0) continue;
    ptrdiff_t last_column =
        high_column + (ptrdiff_t)((covered_columns(p, lanes) - 1) * p->step_x);
    if (low < top) top = low;
    if (last > bottom) bottom = last;
    if (low_column < left) left = low_column;
    if (last_column > right) right = last_column;
  }
  if (top > bottom) return;
  job->direct = top >= 0 && left >= 0 && bottom < (ptrdiff_t)planes->height &&
                right < (ptrdiff_t)planes->width;
  if (job->direct) {
    planes->rows = planes->height;
    planes->pitch = planes->width;
  } else {
    planes->top = -top;
    planes->left = -left;
    planes->rows = (size_t)(bottom - top + 1);
    planes->pitch = (size_t)(right - left + 1);
  }
}

// The terms in their order: channels, then the filter's rows and columns.
static void list_terms(
    correlation *job, ck_phase *p, const axis axes[2], size_t channel_step, size_t columns,
    size_t *room) {
  ck_planes *planes = &job->planes;
  p->pitch = planes->pitch;
  p->offset = room;
  p->filter = p->offset + p->terms;
  size_t k = 0;
  for (size_t c = 0; c < planes->channels; c++)
    for (size_t i = 0; i < axes[0].taps; i++)
      for (size_t j = 0; j < axes[1].taps; j++) {
        ptrdiff_t row, column;
        if (!tap(&axes[0], i, &row) || !tap(&axes[1], j, &column)) continue;
        p->offset[k] = (c * planes->rows + (size_t)(row + planes->top)) * planes->pitch +
                       (size_t)(column + planes->left);
        p->filter[k++] = c * channel_step + i * columns + j;
      }
}

#define PACK(T)                                                                           \
  for (size_t k = 0; k < p->terms; k++)                                                   \
    for (size_t i = 0; i < p->height; i++)                                                \
      ((T *)to)[k * p->height + i] =                                                      \
          o + i < p->outputs ? ((const T *)from)[(o + i) * p->filter_step + p->filter[k]] : 0;

static void pack_part(void *context, size_t number) {
  const correlation *job = context;
  const ck_phase *p = &job->phase[number % job->phases];
  size_t group = number / job->phases, size = SIZE(job->type);
  const char *from = (const char *)job->filters + group * job->filter_group * size;
  char *to = (char *)job->room + (group * job->packed + p->packed) * size;
  for (size_t o = 0; o < p->outputs; o += p->height, to += p->height * p->terms * size) {
    if (job->type == CK_F32) {
      PACK(uint32_t)
    } else {
      PACK(uint64_t)
    }
  }
}

// A few images of one group, and a slice of the outputs.
static void correlate_part(void *context, size_t number) {
  const correlation *job = context;
  const ck_planes *planes = &job->planes;
  size_t size = SIZE(job->type), slice = number % job->slices;
  size_t group = number / job->slices % job->groups;
  size_t n = number / job->slices / job->groups * job->part;
  size_t end = least(n + job->part, job->images);
  size_t image = planes->channels * planes->height * planes->width;
  size_t padded = planes->channels * planes->rows * planes->pitch;
  char *room =
      job->direct ? NULL : ck_scratch(CK_SCRATCH_PLANES, job->together * padded * size);
  if (room) __builtin_memset(room, 0, job->together * padded * size);
  for (; n < end; n += job->together) {
    size_t taken = least(job->together, end - n);
    const char *x = (const char *)job->x + (n * job->groups + group) * image * size;
    char *y = (char *)job->y + (n * job->groups + group) * job->result * size;
    for (size_t i = 0; room && i < taken; i++)
      ck_current()->images.pad(
          job->type, planes, x + i * job->groups * image * size, room + i * padded * size);
    for (size_t i = 0; i < job->phases; i++) {
      ck_phase p = job->phase[i];
      if (p.terms == 0) continue;
      size_t width = rounded(parts_of(p.outputs, job->slices), p.height), o = slice * width;
      if (o >= p.outputs) continue;
      p.outputs = least(width, p.outputs - o);
      ck_block block = {
          .images = taken,
          .x = room ? room : x,
          .x_step = room ? padded : job->groups * image,
          .y = y + (p.first + o * p.plane) * size,
          .y_step = job->groups * job->result,
          .filters = (char *)job->room + (group * job->packed + p.packed + o * p.terms) * size};
      if (i == 0 && n + job->together < job->images) {
        size_t tiles = taken * parts_of(p.rows, p.lines) * parts_of(p.columns, p.line) *
                       parts_of(p.outputs, p.height);
        block.next = x + job->together * job->groups * image * size;
        block.ahead = least(32, parts_of(job->together * image * size, 64 * tiles));
      }
      ck_current()->images.correlate(job->type, &p, &block);
    }
  }
}

static void share(size_t work, size_t parts, void (*body)(void *, size_t), void *context) {
  if (work >= SMALL) {
    ck_share(parts, body, context);
  } else {
    for (size_t i = 0; i < parts; i++) body(context, i);
  }
}

static void correlate(
    correlation *job, const axis (*axes)[2], size_t channel_step, size_t filter_columns) {
  const ck_image_kernels *level = &ck_current()->images;
  size_t size = SIZE(job->type), lanes = level->bytes ? level->bytes / size : 1;
  size_t positions = 0, work = 0, terms = 0;
  for (size_t i = 0; i < job->phases; i++)
    choose_tile(&job->phase[i], lanes, level->filters);
  if (has_edges(job, axes[0], lanes)) {
    ck_phase *p = job->phase;
    p->edges = axes[0][0].step > 0 ? 1 : -1;
    p->along = 1;
    p->height = lanes;
    p->line = p->columns;
    p->lines = (lanes < 8 ? 8 : lanes) / p->line;
    p->source_plane = p->rows * p->columns;
    p->pitch = p->columns;
    p->terms = job->planes.channels * 9;
    job->direct = 1;
    job->planes.rows = p->rows;
    job->planes.pitch = p->columns;
  } else {
    choose_planes(job, axes, lanes);
  }
  for (size_t i = 0; i < job->phases; i++) terms += job->phase[i].terms;
  size_t *room = ck_scratch(CK_SCRATCH_TERMS, 2 * terms * sizeof(size_t));
  for (size_t i = 0; i < job->phases; i++) {
    ck_phase *p = &job->phase[i];
    list_terms(job, p, axes[i], channel_step, filter_columns, room);
    room += 2 * p->terms;
    p->packed = job->packed;
    job->packed += rounded(p->outputs, p->height) * p->terms;
    positions += p->rows * p->columns;
    work += p->rows * p->columns * p->outputs * p->terms;
    // Sums without terms.
    if (p->terms == 0)
      __builtin_memset(job->y, 0, job->images * job->groups * job->result * size);
  }
  job->together = least(job->images, most(1, 256 / positions));
  job->part = rounded(parts_of(job->images, 16), job->together);
  job->slices = job->images * job->groups < 8 ? least(8, parts_of(job->outputs, 16)) : 1;
  work *= job->images * job->groups;
  job->room = ck_scratch(CK_SCRATCH_FILTERS, job->groups * job->packed * size);
  share(work, job->groups * job->phases, pack_part, job);
  share(
      work, parts_of(job->images, job->part) * job->groups * job->slices, correlate_part, job);
}

void ck_convolve(
    ck_type type, const ck_convolution *shape, const void *x, const void *filters, void *y) {
  ck_convolution s = *shape;
  size_t plane = s.out_height * s.out_width, taps = s.filter_height * s.filter_width;
  // A product of each pixel's channels: one long row.
  if (taps == 1 && s.stride_y == 1 && s.stride_x == 1 && s.top + s.left == 0 &&
      s.out_height == s.in_height && s.out_width == s.in_width) {
    s.in_height = s.out_height = 1;
    s.in_width = s.out_width = plane;
  }
  correlation job = {
      .type = type, .images = s.images, .groups = s.groups, .outputs = s.out_channels,
      .result = s.out_channels * plane, .filter_group = s.out_channels * s.in_channels * taps,
      .x = x, .filters = filters, .y = y, .phases = 1,
      .planes = {.channels = s.in_channels, .height = s.in_height, .width = s.in_width}};
  ck_phase phase = {
      .outputs = s.out_channels, .rows = s.out_height, .columns = s.out_width,
      .step_y = s.stride_y, .step_x = s.stride_x, .plane = plane, .row_step = s.out_width,
      .column_step = 1, .filter_step = s.in_channels * taps};
  job.phase = &phase;
  axis axes[1][2] = {
      {{-(ptrdiff_t)s.top, (ptrdiff_t)s.dilation_y, 1, s.filter_height},
       {-(ptrdiff_t)s.left, (ptrdiff_t)s.dilation_x, 1, s.filter_width}}};
  correlate(&job, axes, taps, s.filter_width);
}

void ck_convolve_input(
    ck_type type, const ck_convolution *shape, const void *g, const void *filters, void *dx) {
  ck_convolution s = *shape;
  size_t plane = s.in_height * s.in_width, taps = s.filter_height * s.filter_width;
  correlation job = {
      .type = type, .images = s.images, .groups = s.groups, .outputs = s.in_channels,
      .result = s.in_channels * plane, .filter_group = s.out_channels * s.in_channels * taps,
      .x = g, .filters = filters, .y = dx,
      .planes = {.channels = s.out_channels, .height = s.out_height, .width = s.out_width}};
  // Pixels that the same taps meet lie a stride apart.
  size_t down = least(s.stride_y, s.in_height), across = least(s.stride_x, s.in_width);
  size_t phases = down * across;
  job.phase = ck_scratch(CK_SCRATCH_PHASES, phases * (sizeof(ck_phase) + 2 * sizeof(axis)));
  axis(*axes)[2] = (axis(*)[2])(job.phase + phases);
  for (size_t r = 0; r < down; r++)
    for (size_t c = 0; c < across; c++, job.phases++) {
      job.phase[job.phases] = (ck_phase){
          .outputs = s.in_channels, .rows = parts_of(s.in_height - r, s.stride_y),
          .columns = parts_of(s.in_width - c, s.stride_x), .step_y = 1, .step_x = 1,
          .plane = plane, .row_step = s.stride_y * s.in_width, .column_step = s.stride_x,
          .filter_step = taps, .first = r * s.in_width + c};
      axes[job.phases][0] = (axis){
          (ptrdiff_t)(r + s.top), -(ptrdiff_t)s.dilation_y, (ptrdiff_t)s.stride_y,
          s.filter_height};
      axes[job.phases][1] = (axis){
          (ptrdiff_t)(c + s.left), -(ptrdiff_t)s.dilation_x, (ptrdiff_t)s.stride_x,
          s.filter_width};
    }
  correlate(&job, axes, s.in_channels * taps, s.filter_width);
}
