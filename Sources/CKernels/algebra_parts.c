// Products into blocks, and the leaves of the factorizations, cut into parts that threads may share.
#include "table.h"

#pragma STDC FP_CONTRACT OFF

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))
#define FROM(p, offset) ((const char *)(p) + (offset))
#define TO(p, offset) ((char *)(p) + (offset))

static size_t parts_of(size_t n, size_t part) { return (n + part - 1) / part; }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }

// Below this many multiplications a product or a solution is not shared.
enum { SHARED_WORK = 1 << 18 };

static void run(size_t work, size_t count, void (*body)(void *, size_t), void *context) {
  if (work >= SHARED_WORK) {
    ck_share(count, body, context);
    return;
  }
  for (size_t i = 0; i < count; i++) body(context, i);
}

typedef struct {
  ck_type type;
  ck_update update;
  int lower;
  size_t m, n, k, height, width;
  const void *a, *b;
  size_t a_row, a_column, b_row, b_column, c_row;
  void *c;
} block_task;

// Row r of a part starts in column `start` of the block; what lies right of the diagonal stays.
#define UPDATE(T)                                                                         \
  for (size_t r = 0; r < height; r++) {                                                   \
    T *to = (T *)t->c + (i + r) * t->c_row + j;                                           \
    const T *from = (const T *)room + r * width;                                          \
    size_t taken = !t->lower ? width : i + r < j ? 0 : least(width, i + r - j + 1);       \
    if (t->update == CK_STORE) __builtin_memcpy(to, from, taken * sizeof(T));             \
    if (t->update == CK_PLUS) for (size_t s = 0; s < taken; s++) to[s] += from[s];        \
    if (t->update == CK_MINUS) for (size_t s = 0; s < taken; s++) to[s] -= from[s];       \
  }

static void block_part(void *context, size_t number) {
  const block_task *t = context;
  size_t across = parts_of(t->n, t->width), size = SIZE(t->type);
  size_t i = number / across * t->height, j = number % across * t->width;
  size_t height = least(t->height, t->m - i), width = least(t->width, t->n - j);
  if (t->lower && j >= i + height) return;
  void *room = ck_scratch(CK_SCRATCH_BLOCK, height * width * size);
  ck_current()->matmul(
      t->type, height, width, t->k, FROM(t->a, i * t->a_row * size), t->a_row, t->a_column,
      FROM(t->b, j * t->b_column * size), t->b_row, t->b_column, room, width);
  if (t->type == CK_F32) {
    UPDATE(float)
  } else {
    UPDATE(double)
  }
}

void ck_matmul_into(
    ck_type type, ck_update update, int lower, size_t m, size_t n, size_t k, const void *a,
    size_t a_row, size_t a_column, const void *b, size_t b_row, size_t b_column, void *c,
    size_t c_row, size_t c_column) {
  if (m == 0 || n == 0 || k == 0) return;
  if (c_column != 1) {
    // The transpose has consecutive rows, and its entries are the same chains.
    ck_matmul_into(
        type, update, lower, n, m, k, b, b_column, b_row, a, a_column, a_row, c, c_column, 1);
    return;
  }
  block_task t = {.type = type, .update = update, .lower = lower, .m = m, .n = n, .k = k, .a = a,
                  .b = b, .a_row = a_row, .a_column = a_column, .b_row = b_row,
                  .b_column = b_column, .c_row = c_row, .c = c};
  // Parts that stay in the second cache; of a half, lower ones, so that less is thrown away.
  t.height = lower ? 112 : n == 1 ? 1024 : 336;
  t.width = m == 1 ? 1024 : 384;
  run(m * n * k, parts_of(m, t.height) * parts_of(n, t.width), block_part, &t);
}

typedef struct {
  ck_type type;
  int ascending, unit;
  size_t n, columns;
  const void *t;
  size_t t_row, t_column;
  void *x;
  size_t x_row, x_column;
} solve_task;

enum { SOLVE_PART = 128 };

static void solve_part(void *context, size_t number) {
  const solve_task *t = context;
  size_t start = number * SOLVE_PART;
  ck_current()->solve(
      t->type, t->ascending, t->unit, t->n, least(SOLVE_PART, t->columns - start), t->t, t->t_row,
      t->t_column, TO(t->x, start * t->x_column * SIZE(t->type)), t->x_row, t->x_column);
}

void ck_solve(
    ck_type type, int ascending, int unit, size_t n, size_t columns, const void *triangle,
    size_t t_row, size_t t_column, void *x, size_t x_row, size_t x_column) {
  solve_task t = {.type = type, .ascending = ascending, .unit = unit, .n = n, .columns = columns,
                  .t = triangle, .t_row = t_row, .t_column = t_column, .x = x, .x_row = x_row,
                  .x_column = x_column};
  run(n * n * columns, parts_of(columns, SOLVE_PART), solve_part, &t);
}

size_t ck_cholesky(ck_type type, size_t n, void *a, size_t a_row) {
  return ck_current()->cholesky(type, n, a, a_row);
}

void ck_panel(ck_type type, size_t m, size_t width, void *x, size_t *pivots) {
  ck_current()->panel(type, m, width, x, pivots);
}

typedef struct {
  size_t rows, columns, count;
  double *x;
  const ck_rotation *rotations;
} rotate_task;

enum { ROTATE_PART = 64 };

static void rotate_part(void *context, size_t number) {
  const rotate_task *t = context;
  size_t start = number * ROTATE_PART;
  ck_current()->rotate(
      t->rows, least(ROTATE_PART, t->columns - start), t->columns, t->x + start, t->count,
      t->rotations);
}

void ck_rotate(
    size_t rows, size_t columns, double *x, size_t count, const ck_rotation *rotations) {
  rotate_task t = {.rows = rows, .columns = columns, .count = count, .x = x,
                   .rotations = rotations};
  run(count * columns, parts_of(columns, ROTATE_PART), rotate_part, &t);
}
