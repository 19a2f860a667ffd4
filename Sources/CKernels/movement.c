// Movements, cut into parts along their longest outer axis or over the output.
#include <stdlib.h>
#include <string.h>

#include "parts.h"

#pragma STDC FP_CONTRACT OFF

enum { RANK = 16, TILE = 16 };

// The last two axes: runs of memory, squares to be turned, or single numbers.
#define MOVE_PLANE(T)                                                                      \
  for (size_t r0 = 0; r0 < rows.count; r0 += TILE)                                         \
    for (size_t c0 = 0; c0 < columns.count; c0 += TILE)                                    \
      for (size_t r = r0; r < rows.count && r < r0 + TILE; r++) {                          \
        const T *from = (const T *)x + (ptrdiff_t)r * rows.from;                           \
        T *to = (T *)y + (ptrdiff_t)r * rows.to;                                           \
        for (size_t c = c0; c < columns.count && c < c0 + TILE; c++)                       \
          to[(ptrdiff_t)c * columns.to] = from[(ptrdiff_t)c * columns.from];               \
      }

static void move_plane(
    ck_type type, ck_track rows, ck_track columns, const void *x, void *y) {
  size_t size = SIZE(type);
  if (columns.from == 1 && columns.to == 1) {
    for (size_t r = 0; r < rows.count; r++)
      memcpy(TO(y, (ptrdiff_t)r * rows.to * (ptrdiff_t)size),
             FROM(x, (ptrdiff_t)r * rows.from * (ptrdiff_t)size), columns.count * size);
  } else if (size == 4) {
    MOVE_PLANE(uint32_t)
  } else {
    MOVE_PLANE(uint64_t)
  }
}

typedef struct {
  ck_type type;
  size_t rank, part;
  ck_track axes[RANK];
  const void *x;
  void *y;
} movement;

static void move_axes(const movement *m, size_t axis, const void *x, void *y) {
  size_t size = SIZE(m->type);
  if (axis + 2 == m->rank) {
    move_plane(m->type, m->axes[axis], m->axes[axis + 1], x, y);
    return;
  }
  for (size_t i = 0; i < m->axes[axis].count; i++)
    move_axes(
        m, axis + 1, FROM(x, (ptrdiff_t)i * m->axes[axis].from * (ptrdiff_t)size),
        TO(y, (ptrdiff_t)i * m->axes[axis].to * (ptrdiff_t)size));
}

static void move_part(void *context, size_t number) {
  movement m = *(const movement *)context;
  ptrdiff_t start = (ptrdiff_t)(number * m.part), size = (ptrdiff_t)SIZE(m.type);
  m.axes[0].count = least(m.part, m.axes[0].count - number * m.part);
  move_axes(&m, 0, FROM(m.x, start * m.axes[0].from * size), TO(m.y, start * m.axes[0].to * size));
}

void ck_move(ck_type type, size_t rank, const ck_track *axes, const void *x, void *y) {
  movement m = {.type = type, .x = x, .y = y};
  size_t total = 1;
  for (size_t i = 0; i < rank; i++) {
    ck_track next = axes[i];
    total *= next.count;
    if (next.count == 1) continue;
    ck_track *last = m.rank ? &m.axes[m.rank - 1] : NULL;
    ptrdiff_t count = (ptrdiff_t)next.count;
    if (last && last->from == next.from * count && last->to == next.to * count) {
      *last = (ck_track){last->count * next.count, next.from, next.to};
    } else if (m.rank == RANK) {
      abort();
    } else {
      m.axes[m.rank++] = next;
    }
  }
  if (total == 0) return;
  // The axis along which the source is consecutive goes last but one, for squares to be turned.
  for (size_t i = 0; i + 2 < m.rank && m.axes[m.rank - 1].from != 1; i++)
    if (m.axes[i].from == 1) {
      ck_track near = m.axes[i];
      for (; i + 2 < m.rank; i++) m.axes[i] = m.axes[i + 1];
      m.axes[m.rank - 2] = near;
    }
  while (m.rank < 2) {
    for (size_t i = m.rank; i > 0; i--) m.axes[i] = m.axes[i - 1];
    m.axes[0] = (ck_track){1, 0, 0};
    m.rank++;
  }
  m.part = PART / least(PART, total / m.axes[0].count);
  if (m.rank == 2 && m.axes[1].from != 1) m.part = parts_of(m.part, TILE) * TILE;
  ck_share(parts_of(m.axes[0].count, m.part), move_part, &m);
}

typedef struct {
  ck_type type;
  size_t outer, n, inner, count, part;
  int flag;
  const int64_t *indices;
  const void *x;
  void *y;
} task;

static void gather_part(void *context, size_t number) {
  const task *t = context;
  size_t run = t->inner * SIZE(t->type);
  for (size_t k = number * t->part; k < least((number + 1) * t->part, t->outer * t->count); k++) {
    size_t o = k / t->count, index = (size_t)t->indices[k % t->count];
    memcpy(TO(t->y, k * run), FROM(t->x, (o * t->n + index) * run), run);
  }
}

void ck_gather(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y) {
  task t = {.type = type, .outer = outer, .n = n, .inner = inner, .count = count,
            .indices = indices, .x = x, .y = y};
  if (inner == 0 || count == 0) return;
  t.part = PART / least(PART, inner);
  ck_share(parts_of(outer * count, t.part), gather_part, &t);
}

// Strips of the inner axis of one slab, so that no two parts meet.
enum { STRIP = 1024 };

#define SCATTER(T)                                                                         \
  for (size_t k = 0; k < t->count; k++) {                                                  \
    T *sum = (T *)t->y + (o * t->n + (size_t)t->indices[k]) * t->inner;                    \
    const T *more = (const T *)t->x + (o * t->count + k) * t->inner;                       \
    for (size_t i = start; i < end; i++) sum[i] += more[i];                                \
  }

static void scatter_part(void *context, size_t number) {
  const task *t = context;
  size_t strips = parts_of(t->inner, STRIP), o = number / strips, start = number % strips * STRIP;
  size_t end = least(start + STRIP, t->inner);
  if (t->type == CK_F32) {
    SCATTER(float)
  } else {
    SCATTER(double)
  }
}

void ck_scatter(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y) {
  task t = {.type = type, .outer = outer, .n = n, .inner = inner, .count = count,
            .indices = indices, .x = x, .y = y};
  memset(y, 0, outer * n * inner * SIZE(type));
  if (inner > 0) ck_share(outer * parts_of(inner, STRIP), scatter_part, &t);
}

#define TAKE(T)                                                                            \
  for (size_t k = 0; k < t->count; k++)                                                    \
    for (size_t i = 0; i < t->inner; i++) {                                                \
      size_t at = (o * t->count + k) * t->inner + i;                                       \
      size_t there = (o * t->n + (size_t)t->indices[at]) * t->inner + i;                   \
      if (t->flag)                                                                         \
        ((T *)t->y)[there] += ((const T *)t->x)[at];                                       \
      else                                                                                 \
        ((T *)t->y)[at] = ((const T *)t->x)[there];                                        \
    }

static void take_part(void *context, size_t number) {
  const task *t = context;
  for (size_t o = number * t->part; o < least((number + 1) * t->part, t->outer); o++) {
    if (t->type == CK_F32) {
      TAKE(float)
    } else {
      TAKE(double)
    }
  }
}

static void share_slabs(task t, void (*part)(void *, size_t)) {
  if (t.outer == 0) return;
  t.part = PART / least(PART, (t.count + 1) * (t.inner + 1));
  ck_share(parts_of(t.outer, t.part), part, &t);
}

void ck_take(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y) {
  share_slabs(
      (task){.type = type, .outer = outer, .n = n, .inner = inner, .count = count,
             .indices = indices, .x = x, .y = y},
      take_part);
}

void ck_put(
    ck_type type, size_t outer, size_t n, size_t inner, size_t count, const int64_t *indices,
    const void *x, void *y) {
  memset(y, 0, outer * n * inner * SIZE(type));
  share_slabs(
      (task){.type = type, .outer = outer, .n = n, .inner = inner, .count = count, .flag = 1,
             .indices = indices, .x = x, .y = y},
      take_part);
}

#define CUMULATE(T)                                                                        \
  for (size_t i = start; i < end; i++) {                                                   \
    size_t at = (o * t->count + (t->flag ? t->count - 1 : 0)) * t->inner + i;              \
    ((T *)t->y)[at] = ((const T *)t->x)[at];                                               \
  }                                                                                        \
  for (size_t k = 1; k < t->count; k++) {                                                  \
    size_t row = o * t->count + (t->flag ? t->count - 1 - k : k);                          \
    const T *x = (const T *)t->x + row * t->inner;                                         \
    T *y = (T *)t->y + row * t->inner;                                                     \
    const T *before = t->flag ? y + t->inner : y - t->inner;                               \
    for (size_t i = start; i < end; i++) y[i] = before[i] + x[i];                          \
  }

static void cumulate_part(void *context, size_t number) {
  const task *t = context;
  size_t strips = parts_of(t->inner, STRIP), start = number % strips * STRIP;
  size_t end = least(start + STRIP, t->inner), first = number / strips * t->part;
  for (size_t o = first; o < least(first + t->part, t->outer); o++) {
    if (t->type == CK_F32) {
      CUMULATE(float)
    } else {
      CUMULATE(double)
    }
  }
}

void ck_cumulative_sum(
    ck_type type, size_t outer, size_t n, size_t inner, int from_the_end, const void *x, void *y) {
  task t = {.type = type, .outer = outer, .count = n, .inner = inner, .flag = from_the_end,
            .x = x, .y = y};
  if (n == 0 || inner == 0) return;
  t.part = PART / least(PART, n * inner);
  ck_share(parts_of(outer, t.part) * parts_of(inner, STRIP), cumulate_part, &t);
}

#define BEATS(a, b) (t->flag ? (a) < (b) : (a) > (b))
#define EXTREME(T)                                                                         \
  for (size_t i = 0; i < t->inner; i++) {                                                  \
    const T *x = (const T *)t->x + o * t->n * t->inner + i;                                \
    size_t best = 0;                                                                       \
    T value = x[0];                                                                        \
    for (size_t k = 1; k < t->n && value == value; k++) {                                  \
      T next = x[k * t->inner];                                                            \
      if (BEATS(next, value) || next != next) {                                            \
        best = k;                                                                          \
        value = next;                                                                      \
      }                                                                                    \
    }                                                                                      \
    ((int64_t *)t->y)[o * t->inner + i] = (int64_t)best;                                   \
  }

static void extreme_part(void *context, size_t number) {
  const task *t = context;
  for (size_t o = number * t->part; o < least((number + 1) * t->part, t->outer); o++) {
    if (t->type == CK_F32) {
      EXTREME(float)
    } else {
      EXTREME(double)
    }
  }
}

void ck_extreme_index(
    ck_type type, int least, size_t outer, size_t n, size_t inner, const void *x, int64_t *y) {
  if (n == 0) return;
  share_slabs(
      (task){.type = type, .outer = outer, .n = n, .inner = inner, .count = n, .flag = least,
             .x = x, .y = y},
      extreme_part);
}
