// Narrow formats, cut into parts that threads may share.
#include <math.h>
#include <string.h>

#include "table.h"

#pragma STDC FP_CONTRACT OFF

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))

enum { PART = 1 << 14, ROWS = 16, COLUMNS = 16 };

typedef struct {
  ck_type type;
  const ck_format *format;
  const ck_rounded_steps *steps;
  ck_seen seen;
  size_t m, n, k;
  const void *a, *b, *g;
  const double *draws;
  void *y;
} task;

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

static void round_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART, size = SIZE(t->type);
  ck_current()->round_to(
      t->type, t->format, least(PART, t->n - start), (const char *)t->a + start * size,
      t->draws ? t->draws + start : NULL, (char *)t->y + start * size);
}

void ck_round(
    ck_type type, const ck_format *format, size_t n, const void *x, const double *draws, void *y) {
  task t = {.type = type, .format = format, .n = n, .a = x, .draws = draws, .y = y};
  ck_share((n + PART - 1) / PART, round_part, &t);
}

static void product_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * ROWS;
  ck_current()->rounded_matmul(
      t->type, t->steps, start, least(t->m, start + ROWS), t->n, t->k, t->a, t->b, t->y);
}

void ck_rounded_matmul(
    ck_type type, const ck_rounded_steps *steps, size_t m, size_t n, size_t k, const void *a,
    const void *b, void *c) {
  task t = {.type = type, .steps = steps, .m = m, .n = n, .k = k, .a = a, .b = b, .y = c};
  ck_share((m + ROWS - 1) / ROWS, product_part, &t);
}

static void left_part(void *context, size_t number) {
  const task *t = context;
  ck_current()->rounded_left(
      t->type, t->steps, t->seen, number, number + 1, t->n, t->k, t->a, t->b, t->g, t->y);
}

void ck_rounded_matmul_left(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t m, size_t n, size_t k,
    const void *a, const void *b, const void *g, void *da) {
  task t = {.type = type, .steps = steps, .seen = seen, .m = m, .n = n, .k = k, .a = a, .b = b,
            .g = g, .y = da};
  ck_share(m, left_part, &t);
}

static void right_part(void *context, size_t number) {
  const task *t = context;
  ck_current()->rounded_right(
      t->type, t->steps, t->seen, number * COLUMNS, t->m, t->n, t->k, t->a, t->b, t->g, t->y);
}

void ck_rounded_matmul_right(
    ck_type type, const ck_rounded_steps *steps, ck_seen seen, size_t m, size_t n, size_t k,
    const void *a, const void *b, const void *g, void *db) {
  task t = {.type = type, .steps = steps, .seen = seen, .m = m, .n = n, .k = k, .a = a, .b = b,
            .g = g, .y = db};
  ck_share((n + COLUMNS - 1) / COLUMNS, right_part, &t);
}

// The exponent and the significand of a finite double other than zero.
static double split(double x, int *exponent) {
  uint64_t bits;
  *exponent = 0;
  if (x < 0x1p-1022 && x > -0x1p-1022) {
    x *= 0x1p54;
    *exponent = -54;
  }
  memcpy(&bits, &x, sizeof bits);
  *exponent += (int)(bits >> 52 & 0x7ff) - 1023;
  bits = (bits & ~((uint64_t)0x7ff << 52)) | (uint64_t)1023 << 52;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double exponent_of(double x) {
  int exponent;
  if (x != x) return x;
  if (x == 0) return -(double)INFINITY;
  if (x - x != 0) return (double)INFINITY;
  split(x, &exponent);
  return exponent;
}

static double significand_of(double x) {
  int exponent;
  return x == 0 || x - x != 0 ? x : split(x, &exponent);
}

#define EACH(function)                                                                     \
  for (size_t i = 0; i < n; i++) {                                                         \
    if (type == CK_F32) ((float *)y)[i] = (float)function(((const float *)x)[i]);          \
    else ((double *)y)[i] = function(((const double *)x)[i]);                              \
  }

void ck_exponents(ck_type type, size_t n, const void *x, void *y) { EACH(exponent_of) }
void ck_significands(ck_type type, size_t n, const void *x, void *y) { EACH(significand_of) }
