// Products, and batches of them cut into parts that threads may share.
#include "table.h"

#pragma STDC FP_CONTRACT OFF

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))

// Terms of one product from which its own parts are shared, and terms of a part of a batch.
enum { LARGE = 1 << 22, PART = 1 << 18 };

void ck_matmul(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, void *c) {
  if (m > 0 && n > 0)
    ck_current()->matmul(type, m, n, k, a, a_row, a_column, b, b_row, b_column, c, n);
}

void ck_affine(
    ck_type type, size_t m, size_t n, size_t k, const void *a, size_t a_row, size_t a_column,
    const void *b, size_t b_row, size_t b_column, const void *bias, int then, void *c) {
  if (m > 0 && n > 0)
    ck_current()->affine(
        type, m, n, k, a, a_row, a_column, b, b_row, b_column, bias, then, c, n);
}

typedef struct {
  ck_type type;
  const ck_batch *batch;
  size_t axes, count, part, m, n, k;
  const char *a, *b;
  size_t a_row, a_column, b_row, b_column;
  char *c;
} batched;

static void one(const batched *t, size_t number) {
  size_t a = 0, b = 0, rest = number;
  for (size_t axis = t->axes; axis-- > 0;) {
    size_t place = rest % t->batch->counts[axis];
    rest /= t->batch->counts[axis];
    a += place * t->batch->a_steps[axis];
    b += place * t->batch->b_steps[axis];
  }
  size_t size = SIZE(t->type);
  ck_current()->matmul(
      t->type, t->m, t->n, t->k, t->a + a * size, t->a_row, t->a_column, t->b + b * size,
      t->b_row, t->b_column, t->c + number * t->m * t->n * size, t->n);
}

static void some(void *context, size_t number) {
  const batched *t = context;
  size_t start = number * t->part;
  for (size_t i = start; i < t->count && i < start + t->part; i++) one(t, i);
}

void ck_matmul_batched(
    ck_type type, const ck_batch *batch, size_t m, size_t n, size_t k, const void *a, size_t a_row,
    size_t a_column, const void *b, size_t b_row, size_t b_column, void *c) {
  batched t = {.type = type, .batch = batch, .axes = batch->axes, .count = 1, .m = m, .n = n,
               .k = k, .a = a, .a_row = a_row, .a_column = a_column, .b = b, .b_row = b_row,
               .b_column = b_column, .c = c};
  // Matrices that follow each other and share the right factor are the rows of one.
  while (t.axes > 0 && batch->b_steps[t.axes - 1] == 0 &&
         batch->a_steps[t.axes - 1] == t.m * a_row)
    t.m *= batch->counts[--t.axes];
  for (size_t axis = 0; axis < t.axes; axis++) t.count *= batch->counts[axis];
  if (t.count == 0 || t.m == 0 || n == 0) return;
  size_t terms = t.m * n * k;
  if (terms >= LARGE) {
    for (size_t i = 0; i < t.count; i++) one(&t, i);
    return;
  }
  t.part = terms < PART ? PART / (terms + 1) + 1 : 1;
  ck_share((t.count + t.part - 1) / t.part, some, &t);
}
