// Attention, a head of an example a part: products and rows by the level's kernels, on the packed
// rows where they lie.
#include <string.h>

#include "table.h"

#pragma STDC FP_CONTRACT OFF

static size_t size_of(ck_type type) { return type == CK_F32 ? sizeof(float) : sizeof(double); }
static size_t least(size_t a, size_t b) { return a < b ? a : b; }

// Rows of queries or keys at a time, so that little of what a causal mask hides is worked out.
enum { ROWS = 32 };

typedef struct {
  ck_type type;
  const ck_attention *shape;
  const char *x, *g;
  char *weights, *y;
} task;

// The rows of a head in memory that holds rows of all heads.
typedef struct {
  const char *q, *k, *v;
  size_t row;
} head;

static head head_of(const task *t, const char *x, size_t number) {
  const ck_attention *s = t->shape;
  size_t all = s->heads * s->width, size = size_of(t->type);
  const char *start =
      x + (number / s->heads * s->tokens * 3 * all + number % s->heads * s->width) * size;
  return (head){start, start + all * size, start + 2 * all * size, 3 * all};
}

// Rows of `width` scalars, a row apart, times the scale; the result has rows side by side.
static void scaled(const task *t, const char *x, size_t row, size_t rows, char *y) {
  float single = (float)t->shape->scale;
  double twice = t->shape->scale;
  ck_current()->zip(
      t->type, CK_MULTIPLY, rows, t->shape->width, x, row, 1,
      t->type == CK_F32 ? (void *)&single : (void *)&twice, 0, 0, y);
}

static void product(
    const task *t, size_t m, size_t n, size_t k, const char *a, size_t a_row, size_t a_column,
    const char *b, size_t b_row, size_t b_column, char *c, size_t c_row) {
  ck_current()->matmul(t->type, m, n, k, a, a_row, a_column, b, b_row, b_column, c, c_row);
}

static void forward_part(void *context, size_t number) {
  const task *t = context;
  const ck_attention *s = t->shape;
  size_t tokens = s->tokens, width = s->width, size = size_of(t->type), all = s->heads * width;
  head h = head_of(t, t->x, number);
  char *weights = t->weights + number * tokens * tokens * size;
  char *y = t->y + (number / s->heads * tokens * all + number % s->heads * width) * size;
  char *q = ck_scratch(CK_SCRATCH_ATTENTION, tokens * width * size);
  scaled(t, h.q, h.row, tokens, q);
  size_t step = s->causal ? ROWS : tokens;
  for (size_t r = 0; r < tokens; r += step) {
    size_t rows = least(step, tokens - r), keys = s->causal ? r + rows : tokens;
    char *w = weights + r * tokens * size;
    product(t, rows, keys, width, q + r * width * size, width, 1, h.k, 1, h.row, w, tokens);
    if (s->causal)
      for (size_t i = 0; i < rows; i++) {
        char *row = w + i * tokens * size;
        ck_current()->rows(t->type, CK_SOFTMAX, 1, r + i + 1, row, NULL, NULL, row);
        memset(row + (r + i + 1) * size, 0, (tokens - r - i - 1) * size);
      }
    else
      ck_current()->rows(t->type, CK_SOFTMAX, rows, keys, w, NULL, NULL, w);
    product(t, rows, width, keys, w, tokens, 1, h.v, h.row, 1, y + r * all * size, all);
  }
}

static void gradient_part(void *context, size_t number) {
  const task *t = context;
  const ck_attention *s = t->shape;
  size_t tokens = s->tokens, width = s->width, size = size_of(t->type), all = s->heads * width;
  head h = head_of(t, t->x, number), to = head_of(t, t->y, number);
  const char *weights = t->weights + number * tokens * tokens * size;
  const char *g = t->g + (number / s->heads * tokens * all + number % s->heads * width) * size;
  char *q = ck_scratch(CK_SCRATCH_ATTENTION, (2 * width + tokens) * tokens * size);
  char *slopes = q + tokens * width * size, *sums = slopes + tokens * tokens * size;
  scaled(t, h.q, h.row, tokens, q);
  size_t step = s->causal ? ROWS : tokens;
  for (size_t r = 0; r < tokens; r += step) {
    size_t rows = least(step, tokens - r), keys = s->causal ? r + rows : tokens;
    const char *w = weights + r * tokens * size;
    char *slope = slopes + r * tokens * size;
    product(t, rows, keys, width, g + r * all * size, all, 1, h.v, 1, h.row, slope, tokens);
    for (size_t i = 0; i < rows; i++) {
      size_t seen = s->causal ? r + i + 1 : tokens;
      char *row = slope + i * tokens * size;
      ck_current()->row_pairs(
          t->type, CK_SOFTMAX_GRADIENT, 1, seen, w + i * tokens * size, row, row);
      memset(row + seen * size, 0, (keys - seen) * size);
    }
    product(t, rows, width, keys, slope, tokens, 1, h.k, h.row, 1, sums + r * width * size, width);
  }
  for (size_t r = 0; r < tokens; r++)
    scaled(t, sums + r * width * size, width, 1, (char *)to.q + r * to.row * size);
  for (size_t r = 0; r < tokens; r += step) {
    size_t rows = least(step, tokens - r), first = s->causal ? r : 0, seen = tokens - first;
    size_t at = (first * tokens + r) * size;
    product(
        t, rows, width, seen, weights + at, 1, tokens, g + first * all * size, all, 1,
        (char *)to.v + r * to.row * size, to.row);
    product(
        t, rows, width, seen, slopes + at, 1, tokens, q + first * width * size, width, 1,
        (char *)to.k + r * to.row * size, to.row);
  }
}

void ck_self_attention(
    ck_type type, const ck_attention *shape, const void *x, void *weights, void *y) {
  task t = {.type = type, .shape = shape, .x = x, .weights = weights, .y = y};
  ck_share(shape->examples * shape->heads, forward_part, &t);
}

void ck_self_attention_gradient(
    ck_type type, const ck_attention *shape, const void *x, const void *weights, const void *g,
    void *y) {
  task t = {.type = type, .shape = shape, .x = x, .weights = (char *)(size_t)weights, .g = g,
            .y = y};
  ck_share(shape->examples * shape->heads, gradient_part, &t);
}
