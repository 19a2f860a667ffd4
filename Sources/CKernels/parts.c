// The operations, cut into parts of the output that threads may share. The parts do not depend on
// the number of threads; small operations are one part.
#include "parts.h"

#pragma STDC FP_CONTRACT OFF

typedef struct {
  ck_type type;
  int op;
  size_t n, rows, columns, inner, part;
  const void *a, *b, *c;
  size_t a_row, a_column, b_row, b_column;
  double scale;
  void *y;
} task;

static void map_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART, taken = least(PART, t->n - start), size = SIZE(t->type);
  ck_current()->map(t->type, t->op, taken, FROM(t->a, start * size), TO(t->y, start * size));
}

void ck_map(ck_type type, ck_map_op op, size_t n, const void *x, void *y) {
  task t = {.type = type, .op = op, .n = n, .a = x, .y = y};
  ck_share(parts_of(n, PART), map_part, &t);
}

static void gelu_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART, taken = least(PART, t->n - start), size = SIZE(t->type);
  ck_current()->gelu(
      t->type, taken, FROM(t->a, start * size), TO(t->y, start * size),
      TO(t->c, start * size));
}

void ck_gelu(ck_type type, size_t n, const void *x, void *y, void *slopes) {
  task t = {.type = type, .n = n, .a = x, .c = slopes, .y = y};
  ck_share(parts_of(n, PART), gelu_part, &t);
}

static void scale_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART, taken = least(PART, t->n - start), size = SIZE(t->type);
  ck_current()->add_scaled(
      t->type, taken, t->scale, FROM(t->a, start * size), TO(t->y, start * size));
}

void ck_add_scaled(ck_type type, size_t n, double scale, const void *x, void *y) {
  task t = {.type = type, .n = n, .scale = scale, .a = x, .y = y};
  ck_share(parts_of(n, PART), scale_part, &t);
}

static void blend_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART, taken = least(PART, t->n - start), size = SIZE(t->type);
  ck_current()->blend(
      t->type, t->op, taken, FROM(t->a, start * t->a_column * size), t->a_column,
      FROM(t->b, start * t->b_column * size), t->b_column,
      FROM(t->c, start * t->inner * size), t->inner, TO(t->y, start * size));
}

void ck_blend(
    ck_type type, ck_blend_op op, size_t n, const void *a, size_t a_step, const void *b,
    size_t b_step, const void *c, size_t c_step, void *y) {
  task t = {.type = type, .op = op, .n = n, .a = a, .a_column = a_step, .b = b,
            .b_column = b_step, .c = c, .inner = c_step, .y = y};
  ck_share(parts_of(n, PART), blend_part, &t);
}

// Whole rows, or where there is one row, pieces of it.
static void zip_part(void *context, size_t number) {
  const task *t = context;
  size_t size = SIZE(t->type), start = number * t->part;
  if (t->rows == 1) {
    ck_current()->zip(
        t->type, t->op, 1, least(t->part, t->columns - start),
        FROM(t->a, start * t->a_column * size), 0, t->a_column,
        FROM(t->b, start * t->b_column * size), 0, t->b_column, TO(t->y, start * size));
  } else {
    ck_current()->zip(
        t->type, t->op, least(t->part, t->rows - start), t->columns,
        FROM(t->a, start * t->a_row * size), t->a_row, t->a_column,
        FROM(t->b, start * t->b_row * size), t->b_row, t->b_column,
        TO(t->y, start * t->columns * size));
  }
}

void ck_zip(
    ck_type type, ck_zip_op op, size_t rows, size_t columns, const void *a, size_t a_row,
    size_t a_column, const void *b, size_t b_row, size_t b_column, void *y) {
  task t = {.type = type, .op = op, .rows = rows, .columns = columns, .a = a, .a_row = a_row,
            .a_column = a_column, .b = b, .b_row = b_row, .b_column = b_column, .y = y};
  if (columns == 0) return;
  t.part = rows == 1 ? PART : PART / least(PART, columns);
  ck_share(parts_of(rows == 1 ? columns : rows, t.part), zip_part, &t);
}
