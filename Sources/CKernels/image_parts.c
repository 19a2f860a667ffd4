// Operations on planes, cut into planes that threads may share.
#include <string.h>

#include "table.h"

#pragma STDC FP_CONTRACT OFF

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))

// About so many scalars a part.
enum { PART = 1 << 15 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

typedef struct {
  ck_type type;
  size_t planes, part, in, out;
  const ck_axis *rows, *columns;
  const ck_window *window;
  int32_t *places;
  const int32_t *from;
  const void *x;
  void *y;
} plane_job;

static void share(plane_job *job, void (*body)(void *, size_t)) {
  size_t plane = job->in > job->out ? job->in : job->out;
  job->part = PART / (plane < 1 ? 1 : least(PART, plane));
  ck_share((job->planes + job->part - 1) / job->part, body, job);
}

static void resample_part(void *context, size_t number) {
  const plane_job *job = context;
  size_t first = number * job->part, size = SIZE(job->type);
  ck_current()->images.resample(
      job->type, least(job->part, job->planes - first), job->rows, job->columns,
      (const char *)job->x + first * job->in * size, (char *)job->y + first * job->out * size);
}

void ck_resample(
    ck_type type, size_t planes, const ck_axis *rows, const ck_axis *columns, const void *x,
    void *y) {
  plane_job job = {
      .type = type, .planes = planes, .in = rows->inputs * columns->inputs,
      .out = rows->outputs * columns->outputs, .rows = rows, .columns = columns, .x = x, .y = y};
  share(&job, resample_part);
}

static void maxima_part(void *context, size_t number) {
  const plane_job *job = context;
  size_t first = number * job->part;
  ck_window window = *job->window;
  window.planes = least(job->part, job->planes - first);
  ck_current()->images.window_maxima(
      job->type, &window, (const char *)job->x + first * job->in * SIZE(job->type),
      job->places + first * job->out);
}

void ck_window_maxima(ck_type type, const ck_window *shape, const void *x, int32_t *places) {
  plane_job job = {
      .type = type, .planes = shape->planes, .in = shape->in_height * shape->in_width,
      .out = shape->out_height * shape->out_width, .window = shape, .x = x, .places = places};
  share(&job, maxima_part);
}

#define TAKE(T)                                                                        \
  for (size_t p = first; p < last; p++)                                                \
    for (size_t i = 0; i < job->out; i++)                                              \
      ((T *)job->y)[p * job->out + i] =                                                \
          ((const T *)job->x)[p * job->in + (size_t)job->from[p * job->out + i]];

static void take_part(void *context, size_t number) {
  const plane_job *job = context;
  size_t first = number * job->part, last = least(first + job->part, job->planes);
  if (job->type == CK_F32) {
    TAKE(uint32_t)
  } else {
    TAKE(uint64_t)
  }
}

void ck_take_places(
    ck_type type, size_t planes, size_t plane, size_t count, const int32_t *places, const void *x,
    void *y) {
  plane_job job = {
      .type = type, .planes = planes, .in = plane, .out = count, .from = places, .x = x, .y = y};
  share(&job, take_part);
}

#define PUT(T)                                                                         \
  memset((T *)job->y + first * job->out, 0, (last - first) * job->out * sizeof(T));    \
  for (size_t p = first; p < last; p++)                                                \
    for (size_t i = 0; i < job->in; i++)                                               \
      ((T *)job->y)[p * job->out + (size_t)job->from[p * job->in + i]] +=              \
          ((const T *)job->x)[p * job->in + i];

static void put_part(void *context, size_t number) {
  const plane_job *job = context;
  size_t first = number * job->part, last = least(first + job->part, job->planes);
  if (job->type == CK_F32) {
    PUT(float)
  } else {
    PUT(double)
  }
}

void ck_put_places(
    ck_type type, size_t planes, size_t plane, size_t count, const int32_t *places, const void *x,
    void *y) {
  plane_job job = {
      .type = type, .planes = planes, .in = count, .out = plane, .from = places, .x = x, .y = y};
  share(&job, put_part);
}
