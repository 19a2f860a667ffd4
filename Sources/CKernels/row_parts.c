// Reductions and the kernels on rows, cut into parts of the output.
#include <stdlib.h>

#include "parts.h"

#pragma STDC FP_CONTRACT OFF

typedef struct {
  ck_type type;
  int op;
  size_t outer, n, inner, part, strip;
  const void *x, *z, *g;
  const int64_t *labels;
  const ck_norm *norm;
  void *moments, *y;
} task;

enum { BLOCK = 4096, STRIP = 256 };

// Slabs, or strips of the columns of one.
static void reduce_part(void *context, size_t number) {
  const task *t = context;
  size_t size = SIZE(t->type), strips = parts_of(t->inner, t->strip);
  size_t o = number / strips * t->part, c = number % strips * t->strip;
  ck_current()->reduce(
      t->type, t->op, least(t->part, t->outer - o), t->n, t->inner, least(t->strip, t->inner - c),
      FROM(t->x, (o * t->n * t->inner + c) * size), TO(t->y, (o * t->inner + c) * size));
}

static void reduce_rows(task t) {
  t.part = PART / least(PART, t.n * t.inner);
  t.strip = t.part > 1 ? t.inner : STRIP;
  ck_share(parts_of(t.outer, t.part) * parts_of(t.inner, t.strip), reduce_part, &t);
}

// Blocks of one long row, some to a part.
static void block_part(void *context, size_t number) {
  const task *t = context;
  size_t size = SIZE(t->type), each = PART / BLOCK, first = number * each;
  size_t whole = least(each, t->n / BLOCK - first), rest = t->n - (first + whole) * BLOCK;
  const void *x = FROM(t->x, first * BLOCK * size);
  void *y = TO(t->moments, first * size);
  ck_current()->reduce(t->type, t->op, whole, BLOCK, 1, 1, x, y);
  if (whole < each && rest > 0)
    ck_current()->reduce(
        t->type, t->op, 1, rest, 1, 1, FROM(x, whole * BLOCK * size), TO(y, whole * size));
}

void ck_reduce(
    ck_type type, ck_reduce_op op, size_t outer, size_t n, size_t inner, const void *x, void *y) {
  task t = {.type = type, .op = op, .outer = outer, .n = n, .inner = inner, .x = x, .y = y};
  if (n == 0 || inner == 0) return;
  if (outer > 1 || inner > 1 || n <= PART) {
    reduce_rows(t);
    return;
  }
  t.strip = parts_of(n, BLOCK);
  t.moments = malloc(t.strip * SIZE(type));
  if (!t.moments) abort();
  ck_share(parts_of(n, PART), block_part, &t);
  // Sums of blocks are joined as numbers, not squared again.
  ck_reduce_op joined = op == CK_SUM_OF_SQUARES ? CK_SUM : op;
  ck_reduce(type, joined, 1, t.strip, 1, t.moments, y);
  free(t.moments);
}

static int is_one_a_row(int op) { return op == CK_LOG_SUM_EXP || op == CK_CROSS_ENTROPY; }

static void rows_part(void *context, size_t number) {
  const task *t = context;
  size_t size = SIZE(t->type), start = number * t->part;
  size_t width = is_one_a_row(t->op) ? 1 : t->n;
  ck_current()->rows(
      t->type, t->op, least(t->part, t->outer - start), t->n, FROM(t->x, start * t->n * size),
      t->labels ? t->labels + start : NULL, t->z ? FROM(t->z, start * size) : NULL,
      TO(t->y, start * width * size));
}

void ck_rows(
    ck_type type, ck_row_op op, size_t rows, size_t columns, const void *x, const int64_t *labels,
    void *y) {
  task t = {.type = type, .op = op, .outer = rows, .n = columns, .x = x, .labels = labels, .y = y};
  t.part = PART / least(PART, columns);
  ck_share(parts_of(rows, t.part), rows_part, &t);
}

void ck_cross_entropy_gradient(
    ck_type type, size_t rows, size_t columns, const void *x, const int64_t *labels,
    const void *scales, void *y) {
  task t = {.type = type, .op = CK_SOFTMAX_LESS_ONE_HOT, .outer = rows, .n = columns, .x = x,
            .z = scales, .labels = labels, .y = y};
  t.part = PART / least(PART, columns);
  ck_share(parts_of(rows, t.part), rows_part, &t);
}

static void pairs_part(void *context, size_t number) {
  const task *t = context;
  size_t size = SIZE(t->type), start = number * t->part;
  size_t width = t->op == CK_SOFT_CROSS_ENTROPY ? 1 : t->n;
  ck_current()->row_pairs(
      t->type, t->op, least(t->part, t->outer - start), t->n, FROM(t->x, start * t->n * size),
      FROM(t->z, start * t->n * size), TO(t->y, start * width * size));
}

void ck_row_pairs(
    ck_type type, ck_row_pair_op op, size_t rows, size_t columns, const void *x, const void *z,
    void *y) {
  task t = {.type = type, .op = op, .outer = rows, .n = columns, .x = x, .z = z, .y = y};
  t.part = PART / least(PART, columns);
  ck_share(parts_of(rows, t.part), pairs_part, &t);
}

// `part` of `outer` rows, channels or entries.
static void norm_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * t->part;
  ck_current()->norm(
      t->type, t->op, t->norm, start, least(start + t->part, t->outer), t->x, t->z, t->g,
      t->moments, t->y);
}

static void share_rows(task t, const ck_norm *shape) {
  t.norm = shape;
  t.outer = shape->examples * shape->groups;
  size_t n = shape->channels * shape->inner / shape->groups;
  t.part = PART / least(PART, n);
  // Where scales are spread over an example's entries, a part is worth that.
  if (shape->inner > 1 && t.part < shape->groups) t.part = shape->groups;
  ck_share(parts_of(t.outer, t.part), norm_part, &t);
}

void ck_row_norm(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, void *moments,
    void *y) {
  share_rows(
      (task){.type = type, .op = CK_ROW_NORM, .x = x, .z = parameters, .moments = moments, .y = y},
      shape);
}

void ck_row_norm_gradient(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, const void *moments,
    const void *g, void *y) {
  share_rows(
      (task){.type = type, .op = CK_ROW_NORM_GRADIENT, .x = x, .z = parameters, .g = g,
             .moments = (void *)(size_t)moments, .y = y},
      shape);
}

void ck_row_norm_parameters(
    ck_type type, const ck_norm *shape, const void *x, const void *moments, const void *g,
    void *y) {
  task t = {.type = type, .op = CK_ROW_NORM_PARAMETERS, .x = x, .g = g, .norm = shape,
            .moments = (void *)(size_t)moments};
  size_t width = 2 * shape->channels * shape->inner, blocks = parts_of(shape->examples, BLOCK);
  char *room = malloc((16 * blocks + blocks + 1) * width * SIZE(type));
  if (!room) abort();
  t.y = room;
  t.outer = 16 * blocks;
  // Partial sums, of neighbours so that memory is read in runs.
  t.part = PART / least(PART, shape->examples / 16 * width / blocks + 1);
  t.part = t.part < 2 ? 2 : t.part < 16 ? 2 : t.part / 16 * 16;
  ck_share(parts_of(t.outer, t.part), norm_part, &t);
  char *sums = room + 16 * blocks * width * SIZE(type), *all = sums + blocks * width * SIZE(type);
  ck_reduce(type, CK_SUM, blocks, 16, width, room, sums);
  ck_reduce(type, CK_SUM, 1, blocks, width, sums, shape->inner == 1 ? (char *)y : all);
  if (shape->inner > 1) ck_reduce(type, CK_SUM, 2 * shape->channels, shape->inner, 1, all, y);
  free(room);
}

static void share_channels(task t, const ck_norm *shape) {
  t.norm = shape;
  t.outer = shape->channels;
  t.part = PART / least(PART, shape->examples * shape->inner);
  // Channels whose numbers lie scattered are collected sixteen at once.
  if (shape->inner % 16) t.part = parts_of(t.part, 16) * 16;
  ck_share(parts_of(t.outer, t.part), norm_part, &t);
}

void ck_batch_norm(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, void *moments,
    void *y) {
  share_channels(
      (task){.type = type, .op = CK_BATCH_NORM, .x = x, .z = parameters, .moments = moments,
             .y = y},
      shape);
}

void ck_batch_norm_gradient(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, const void *moments,
    const void *g, void *y) {
  share_channels(
      (task){.type = type, .op = CK_BATCH_NORM_GRADIENT, .x = x, .z = parameters, .g = g,
             .moments = (void *)(size_t)moments, .y = y},
      shape);
}

void ck_batch_norm_parameters(
    ck_type type, const ck_norm *shape, const void *x, const void *parameters, const void *moments,
    const void *g, void *y) {
  share_channels(
      (task){.type = type, .op = CK_BATCH_NORM_PARAMETERS, .x = x, .z = parameters, .g = g,
             .moments = (void *)(size_t)moments, .y = y},
      shape);
}
