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
  // Images padded together, or rows of one; pixels whose gradients stay in the first cache.
  size_t together, lines, run;
  // Whether the products with zeros around the images can be left out.
  int edges;
  // Channels of an image; whether each filter has one of its own, so that lanes run along both.
  size_t channels;
  int each;
  // Blocks of the chain in all, from which one on they are done now, how many; slices of channels.
  size_t blocks, first, wave, slices, slice;
} filter_job;

// The planes from row `line` of the results on, and their gradient turned.
typedef struct {
  size_t image, line, start, pixels;
} filter_chunk;

// The gradient of a chunk with its filters side by side; 1 where it is finite.
static int turn(const filter_job *job, size_t group, filter_chunk chunk, char *turned) {
  const ck_convolution *s = &job->shape;
  size_t size = SIZE(job->type), last = chunk.start + chunk.pixels;
  int finite = 1;
  for (size_t p = chunk.start, taken; p < last; p += taken) {
    size_t n = p / job->plane, from = p % job->plane;
    taken = least(job->plane - from, last - p);
    const char *g = (const char *)job->g +
        ((n * s->groups + group) * s->out_channels * job->plane + from) * size;
    for (size_t t = 0; t < job->tiles; t++)
      finite &= ck_current()->images.turn_filters(
          job->type, least(job->width, s->out_channels - t * job->width), job->width, taken,
          job->plane, g + t * job->width * job->plane * size,
          turned + (t * chunk.pixels + p - chunk.start) * job->width * size);
  }
  return finite;
}

// The lines of pixels from `from` to `to` of a chunk.
static size_t list_pieces(
    const filter_job *job, filter_chunk chunk, int edges, size_t x_step, size_t from, size_t to,
    ck_piece *pieces) {
  const ck_convolution *s = &job->shape;
  size_t count = 0, pitch = edges ? s->in_width : job->planes.pitch;
  for (size_t i = from; i < to; i += pieces[count++].count) {
    size_t r = i % job->plane / s->out_width - chunk.line, c = i % s->out_width;
    pieces[count] = (ck_piece){
        .start = (i / job->plane - chunk.image) * x_step + r * s->stride_y * pitch +
                 c * s->stride_x,
        .count = least(s->out_width - c, to - i),
        .edge = r == 0 ? -1 : r + 1 == s->out_height};
  }
  return count;
}

// What the next chunk reads lies behind this one; its lines are spread over the calls.
static void fetch_next(
    const filter_job *job, filter_chunk chunk, size_t images, size_t runs, ck_run *run) {
  const ck_convolution *s = &job->shape;
  if (chunk.image + 2 * images > s->images || s->groups > 1 || job->slices > 1) return;
  size_t size = SIZE(job->type), tiles = parts_of(run->terms, 9);
  const char *from[2] = {job->x, job->g};
  size_t image[2] = {
      s->in_channels * s->in_height * s->in_width * size, s->out_channels * job->plane * size};
  for (int j = 0; j < 2; j++) {
    run->ahead[j] = least(32, parts_of(images * image[j], 64 * tiles * job->tiles * runs));
    run->next[j] = from[j] + (chunk.image + images) * image[j];
  }
}

// The padded planes of a chunk, with the channels of a tile side by side.
static void turn_planes(
    const filter_job *job, const ck_planes *planes, size_t images, const char *x, char *padded,
    char *turned) {
  const ck_convolution *s = &job->shape;
  size_t size = SIZE(job->type), in_plane = s->in_height * s->in_width;
  size_t pixels = planes->rows * planes->pitch;
  __builtin_memset(padded, 0, pixels * job->width * size);
  for (size_t t = 0; t < job->tiles; t++)
    for (size_t i = 0; i < images; i++) {
      ck_planes some = *planes;
      some.channels = least(job->width, s->out_channels - t * job->width);
      ck_current()->images.pad(
          job->type, &some, x + (i * job->channels + t * job->width) * in_plane * size, padded);
      ck_current()->images.turn_filters(
          job->type, some.channels, job->width, pixels, pixels, padded,
          turned + (t * job->together + i) * pixels * job->width * size);
    }
}

static void chunk_sums(
    const filter_job *job, size_t group, size_t slice, filter_chunk chunk, int fresh, char *padded,
    char *turned, ck_piece *pieces, char *sums) {
  const ck_convolution *s = &job->shape;
  const ck_image_kernels *level = &ck_current()->images;
  size_t size = SIZE(job->type), in_plane = s->in_height * s->in_width;
  size_t channel = slice * job->slice, channels = least(job->slice, s->in_channels - channel);
  size_t taps = s->filter_height * s->filter_width, last = chunk.start + chunk.pixels;
  size_t images = (last - 1) / job->plane - chunk.image + 1;
  int edges = turn(job, group, chunk, turned) && job->edges;
  size_t x_step = job->channels * in_plane, x_tile = 0;
  const char *x = (const char *)job->x +
      (chunk.image * job->channels + group * s->in_channels + channel) * in_plane * size;
  if (job->each) {
    ck_planes planes = job->planes;
    planes.top -= (ptrdiff_t)(chunk.line * s->stride_y);
    x_step = planes.rows * planes.pitch;
    x_tile = job->together * x_step * job->width * size;
    turn_planes(job, &planes, images, x, padded, padded + x_step * job->width * size);
    x = padded + x_step * job->width * size;
  } else if (job->direct) {
    x += chunk.line * s->stride_y * job->planes.pitch * size;
  } else if (!edges) {
    ck_planes planes = job->planes;
    planes.channels = channels;
    planes.top -= (ptrdiff_t)(chunk.line * s->stride_y);
    size_t room = planes.rows * planes.pitch * job->slice;
    // The zeros around stay from chunk to chunk where nothing else is laid over them.
    if (fresh || job->edges || job->lines < s->out_height)
      __builtin_memset(padded, 0, job->together * room * size);
    for (size_t i = 0; i < images; i++)
      level->pad(job->type, &planes, x + i * x_step * size, padded + i * room * size);
    x = padded;
    x_step = room;
  }
  ck_run run = {
      .x = x, .offset = job->offset, .terms = channels * taps, .width = job->width,
      .step = s->stride_x, .piece = pieces, .edges = edges, .plane = in_plane,
      .each = job->each};
  fetch_next(job, chunk, images, parts_of(chunk.pixels, job->run), &run);
  for (size_t p = chunk.start, end; p < last; p = end) {
    end = least(last, p + job->run);
    run.pieces = list_pieces(job, chunk, edges, x_step, p, end, pieces);
    run.fresh = fresh && p == chunk.start;
    for (size_t t = 0; t < job->tiles; t++) {
      run.x = x + t * x_tile;
      run.g = turned + (t * chunk.pixels + p - chunk.start) * job->width * size;
      run.sums = sums + (t * job->terms + channel * taps) * job->width * size;
      level->filter_sums(job->type, &run);
      for (int j = 0; j < 2; j++) run.next[j] += run.ahead[j] * parts_of(run.terms, 9) * 64;
    }
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
  if (job->each) room = (room * job->tiles + job->planes.rows * job->planes.pitch) * job->width;
  char *padded = ck_scratch(CK_SCRATCH_PLANES, job->direct ? 0 : room * size);
  char *turned = ck_scratch(
      CK_SCRATCH_TURNED,
      least(CHAIN, job->together * job->plane) * job->tiles * job->width * size);
  ck_piece *pieces = ck_scratch(CK_SCRATCH_PIECES, CHAIN * sizeof(ck_piece));
  for (size_t p = start; p < end;) {
    size_t image = p / job->plane, line = 0;
    size_t stop = least(end, (image + job->together) * job->plane);
    if (job->lines < s->out_height) line = p % job->plane / s->out_width;
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
  if (taps == 1 && s->stride_y == 1 && s->stride_x == 1 && s->top + s->left == 0 &&
      s->out_height == s->in_height && s->out_width == s->in_width) {
    s->in_height = s->out_height = 1;
    s->in_width = s->out_width = job.plane;
  }
  job.terms = s->in_channels * taps;
  size_t lanes = level->bytes ? level->bytes / size : 1;
  job.channels = s->groups * s->in_channels;
  job.each = lanes > 1 && s->in_channels == 1 && s->out_channels == 1 && s->groups > 1;
  if (job.each) {
    s->out_channels = s->groups;
    s->groups = 1;
  }
  job.width = !job.each && s->out_channels > lanes ? lanes * level->filter_vectors : lanes;
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
  job.direct = !job.each && s->top + s->left == 0 && bottom < s->in_height &&
               job.planes.pitch <= s->in_width;
  if (job.direct) {
    job.planes.rows = s->in_height;
    job.planes.pitch = s->in_width;
  }
  job.run = most(16, (1 << 14) / (job.width * size));
  // So that runs and chains take whole lines.
  job.edges =
      lanes > 1 && !job.each && s->filter_height == 3 && s->filter_width == 3 && s->top == 1 &&
      s->left == 1 && s->stride_y == 1 && s->stride_x == 1 && s->dilation_y == 1 &&
      s->dilation_x == 1 && s->out_height == s->in_height && s->out_width == s->in_width &&
      s->out_height > 1 && s->out_width > 1 && CHAIN % job.plane == 0 &&
      job.run % s->out_width == 0;
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
