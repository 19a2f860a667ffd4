// The gradient of a convolution with respect to its filters. The chains' blocks of 4096 pixels are
// done on their own, and their sums added in order.
#include "table.h"

#pragma STDC FP_CONTRACT OFF

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))
enum { CHAIN = 4096, SMALL = 1 << 18 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }
static size_t most(size_t a, size_t b) { return a > b ? a : b; }
static size_t parts_of(size_t n, size_t part) { return (n + part - 1) / part; }

typedef struct {
  ck_type type;
  ck_convolution shape;
  const void *x, *g;
  void *dw, *sums;
  ck_planes planes;
  int direct;
  // Pixels of one result, terms of a filter, filters a tile and tiles.
  size_t plane, terms, width, tiles;
  size_t *offset;
  // Images padded together, or rows of one.
  size_t together, lines;
  // Blocks of the chain in all, from which one on they are done now, how many; slices of channels.
  size_t blocks, first, wave, slices, slice;
} filter_job;

// The planes from row `line` of the results on, and their gradient turned.
typedef struct {
  size_t image, line, start, pixels;
} filter_chunk;

static void chunk_sums(
    const filter_job *job, size_t group, size_t slice, filter_chunk chunk, int fresh, char *padded,
    char *turned, ck_piece *pieces, char *sums) {
  const ck_convolution *s = &job->shape;
  const ck_image_kernels *level = &ck_current()->images;
  size_t size = SIZE(job->type), in_plane = s->in_height * s->in_width;
  size_t channel = slice * job->slice, channels = least(job->slice, s->in_channels - channel);
  size_t taps = s->filter_height * s->filter_width, images = 0;
  size_t last = chunk.start + chunk.pixels;
  ck_planes planes = job->planes;
  planes.channels = channels;
  planes.top -= (ptrdiff_t)(chunk.line * s->stride_y);
  size_t x_step = planes.rows * planes.pitch * job->slice;
  const char *x = padded;
  for (size_t p = chunk.start; p < last; images++) {
    size_t n = p / job->plane, from = p % job->plane;
    size_t taken = least(job->plane - from, last - p);
    const char *source = (const char *)job->x +
        ((n * s->groups + group) * s->in_channels + channel) * in_plane * size;
    if (job->direct) {
      if (images == 0) x = source + chunk.line * s->stride_y * planes.pitch * size;
      x_step = s->groups * s->in_channels * in_plane;
    } else {
      level->pad(job->type, &planes, source, padded + images * x_step * size);
    }
    const char *g =
        (const char *)job->g + ((n * s->groups + group) * s->out_channels * job->plane + from) * size;
    for (size_t t = 0; t < job->tiles; t++)
      level->turn_filters(
          job->type, least(job->width, s->out_channels - t * job->width), job->width, taken,
          job->plane, g + t * job->width * job->plane * size,
          turned + (t * chunk.pixels + p - chunk.start) * job->width * size);
    p += taken;
  }
  // So many pixels at a time that their gradients stay in the first cache.
  size_t run_pixels = most(16, (1 << 14) / (job->width * size));
  // The next images lie behind these; their lines are spread over the tiles.
  size_t bytes[2] = {
      images * s->groups * s->in_channels * in_plane * size,
      images * s->groups * s->out_channels * job->plane * size};
  const char *next[2] = {(const char *)job->x, (const char *)job->g};
  size_t calls = parts_of(channels * taps, 9) * job->tiles * parts_of(chunk.pixels, run_pixels);
  int more = (chunk.image + 2 * images) <= s->images && s->groups == 1 && slice == 0;
  for (int j = 0; j < 2; j++)
    next[j] += (chunk.image + images) * (bytes[j] / images);
  for (size_t p = chunk.start; p < last;) {
    size_t end = least(last, p + run_pixels), count = 0;
    for (size_t i = p; i < end; count++) {
      size_t r = i % job->plane / s->out_width - chunk.line, c = i % s->out_width;
      pieces[count] = (ck_piece){
          (i / job->plane - chunk.image) * x_step + r * s->stride_y * planes.pitch +
              c * s->stride_x,
          least(s->out_width - c, end - i)};
      i += pieces[count].count;
    }
    for (size_t t = 0; t < job->tiles; t++) {
      ck_run run = {
          .x = x, .g = turned + (t * chunk.pixels + p - chunk.start) * job->width * size,
          .offset = job->offset, .terms = channels * taps, .width = job->width,
          .step = s->stride_x, .pieces = count, .piece = pieces,
          .fresh = fresh && p == chunk.start,
          .sums = sums + (t * job->terms + channel * taps) * job->width * size};
      for (int j = 0; more && j < 2; j++) {
        run.ahead[j] = least(32, parts_of(bytes[j], 64 * calls));
        run.next[j] = next[j];
        next[j] += run.ahead[j] * parts_of(channels * taps, 9) * 64;
      }
      level->filter_sums(job->type, &run);
    }
    p = end;
  }
}

// One block of the chains, of a group and a slice of its channels.
static void block_part(void *context, size_t number) {
  const filter_job *job = context;
  const ck_convolution *s = &job->shape;
  size_t size = SIZE(job->type), slice = number % job->slices;
  size_t group = number / job->slices % s->groups, place = number / job->slices;
  size_t start = (job->first + place / s->groups) * CHAIN;
  size_t end = least(start + CHAIN, s->images * job->plane);
  char *sums = (char *)job->sums + place * job->tiles * job->terms * job->width * size;
  size_t room = job->together * job->planes.rows * job->planes.pitch * job->slice;
  char *padded = ck_scratch(CK_SCRATCH_PLANES, job->direct ? 0 : room * size);
  char *turned = ck_scratch(
      CK_SCRATCH_TURNED,
      least(CHAIN, job->together * job->plane) * job->tiles * job->width * size);
  ck_piece *pieces = ck_scratch(CK_SCRATCH_PIECES, CHAIN * sizeof(ck_piece));
  for (size_t p = start; p < end;) {
    size_t image = p / job->plane, line = 0;
    size_t stop = least(end, (image + job->together) * job->plane);
    if (job->lines < s->out_height) line = p % job->plane / s->out_width;
    if (!job->direct && (p == start || job->lines < s->out_height))
      __builtin_memset(padded, 0, room * size);
    chunk_sums(
        job, group, slice, (filter_chunk){image, line, p, stop - p}, p == start, padded, turned,
        pieces, sums);
    p = stop;
  }
}

#define ADD(T)                                                                          \
  for (size_t b = 0; b < job->wave; b++)                                                \
    for (size_t o = 0; o < filters; o++)                                                \
      for (size_t k = 0; k < job->terms; k++) {                                         \
        const T *from = (const T *)job->sums + (b * tiles + number) * job->terms * job->width; \
        T *to = (T *)job->dw + ((group * s->out_channels) + first + o) * job->terms + k; \
        T sum = from[k * job->width + o];                                               \
        *to = (job->first + b ? *to : 0) + sum;                                         \
      }

static void add_part(void *context, size_t number) {
  const filter_job *job = context;
  const ck_convolution *s = &job->shape;
  size_t tiles = s->groups * job->tiles, group = number / job->tiles;
  size_t first = number % job->tiles * job->width;
  size_t filters = least(job->width, s->out_channels - first);
  if (job->type == CK_F32) {
    ADD(float)
  } else {
    ADD(double)
  }
}

static void share(size_t work, size_t parts, void (*body)(void *, size_t), void *context) {
  if (work >= SMALL) {
    ck_share(parts, body, context);
  } else {
    for (size_t i = 0; i < parts; i++) body(context, i);
  }
}

void ck_convolve_filters(
    ck_type type, const ck_convolution *shape, const void *x, const void *g, void *dw) {
  const ck_image_kernels *level = &ck_current()->images;
  filter_job job = {.type = type, .shape = *shape, .x = x, .g = g, .dw = dw};
  ck_convolution *s = &job.shape;
  size_t size = SIZE(type), taps = s->filter_height * s->filter_width;
  job.plane = s->out_height * s->out_width;
  if (taps == 1 && job.plane == s->in_height * s->in_width && s->top + s->left == 0) {
    s->in_height = s->out_height = 1;
    s->in_width = s->out_width = job.plane;
  }
  job.terms = s->in_channels * taps;
  size_t lanes = level->bytes ? level->bytes / size : 1;
  job.width = s->out_channels > lanes ? lanes * level->filter_vectors : lanes;
  job.tiles = parts_of(s->out_channels, job.width);
  job.together = most(1, 256 / job.plane);
  // Of an image longer than a chain, the rows that the chain needs.
  job.lines = job.plane > CHAIN ? least(s->out_height, CHAIN / s->out_width + 2) : s->out_height;
  job.planes = (ck_planes){
      .height = s->in_height, .width = s->in_width, .top = (ptrdiff_t)s->top,
      .left = (ptrdiff_t)s->left,
      .rows = (job.lines - 1) * s->stride_y + (s->filter_height - 1) * s->dilation_y + 1,
      .pitch = (s->out_width - 1) * s->stride_x + (s->filter_width - 1) * s->dilation_x + 1};
  size_t bottom = (s->out_height - 1) * s->stride_y + (s->filter_height - 1) * s->dilation_y;
  job.direct = s->top + s->left == 0 && bottom < s->in_height && job.planes.pitch <= s->in_width;
  if (job.direct) {
    job.planes.rows = s->in_height;
    job.planes.pitch = s->in_width;
  }
  job.offset = ck_scratch(CK_SCRATCH_TERMS, job.terms * sizeof(size_t));
  for (size_t k = 0; k < job.terms; k++)
    job.offset[k] =
        (k / taps * job.planes.rows + k % taps / s->filter_width * s->dilation_y) *
            job.planes.pitch + k % s->filter_width * s->dilation_x;
  job.blocks = parts_of(s->images * job.plane, CHAIN);
  size_t wanted = parts_of(8, job.blocks * s->groups);
  job.slice = parts_of(s->in_channels, least(s->in_channels, wanted));
  job.slices = parts_of(s->in_channels, job.slice);
  size_t block = s->groups * job.tiles * job.terms * job.width;
  size_t waves = least(most(1, (1 << 21) / block), 16);
  size_t work = s->images * job.plane * s->groups * s->out_channels * job.terms;
  job.sums = ck_scratch(CK_SCRATCH_FILTERS, least(waves, job.blocks) * block * size);
  for (; job.first < job.blocks; job.first += job.wave) {
    job.wave = least(waves, job.blocks - job.first);
    share(work, job.wave * s->groups * job.slices, block_part, &job);
    share(work, s->groups * job.tiles, add_part, &job);
  }
}
