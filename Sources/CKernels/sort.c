// Orders by keys whose unsigned order is that of the numbers: a radix sort from the low digits,
// which keeps the order of equal keys, and for a few a scan that keeps the best so far.
#include <stdlib.h>
#include <string.h>

#include "parts.h"

#pragma STDC FP_CONTRACT OFF

typedef struct {
  uint64_t key;
  uint32_t index;
} item;

static uint64_t key_of_float(float x) {
  uint32_t bits;
  if (x == 0) x = 0;
  memcpy(&bits, &x, sizeof bits);
  if (x != x) return UINT32_MAX;
  return bits >> 31 ? ~bits : bits | (uint32_t)1 << 31;
}

static uint64_t key_of_double(double x) {
  uint64_t bits;
  if (x == 0) x = 0;
  memcpy(&bits, &x, sizeof bits);
  if (x != x) return UINT64_MAX;
  return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

// Floats: the key above the index, in one word. Doubles: side by side.
#define FLOAT_DIGIT(e, shift) ((e) >> (32 + (shift)))
#define DOUBLE_DIGIT(e, shift) ((e).key >> (shift))
#define LESS_WORD(a, b) ((a) >> 32 < (b) >> 32)
#define LESS_ITEM(a, b) ((a).key < (b).key)

// Sorts `items`, with room for as many in `other`; returns where the result lies.
#define RADIX(NAME, E, DIGIT, LESS, KEY_BITS)                                              \
  static E *NAME(size_t n, E *items, E *other, size_t *counts) {                           \
    if (n <= 48) {                                                                         \
      for (size_t i = 1; i < n; i++) {                                                     \
        E moved = items[i];                                                                \
        size_t j = i;                                                                      \
        for (; j > 0 && LESS(moved, items[j - 1]); j--) items[j] = items[j - 1];           \
        items[j] = moved;                                                                  \
      }                                                                                    \
      return items;                                                                        \
    }                                                                                      \
    const int width = n < 16384 ? 8 : 11;                                                  \
    const size_t places = (size_t)1 << width;                                              \
    const int digits = (KEY_BITS + width - 1) / width;                                     \
    memset(counts, 0, (size_t)digits * places * sizeof *counts);                           \
    for (size_t i = 0; i < n; i++)                                                         \
      for (int d = 0; d < digits; d++)                                                     \
        counts[(size_t)d * places + (size_t)(DIGIT(items[i], d * width) & (places - 1))]++; \
    for (int d = 0; d < digits; d++) {                                                     \
      size_t *at = counts + (size_t)d * places, sum = 0;                                   \
      /* A digit that all share sorts nothing. */                                          \
      if (at[DIGIT(items[0], d * width) & (places - 1)] == n) continue;                    \
      for (size_t p = 0; p < places; p++) {                                                \
        size_t here = at[p];                                                               \
        at[p] = sum;                                                                       \
        sum += here;                                                                       \
      }                                                                                    \
      for (size_t i = 0; i < n; i++)                                                       \
        other[at[DIGIT(items[i], d * width) & (places - 1)]++] = items[i];                 \
      E *swapped = items;                                                                  \
      items = other;                                                                       \
      other = swapped;                                                                     \
    }                                                                                      \
    return items;                                                                          \
  }

RADIX(sort_words, uint64_t, FLOAT_DIGIT, LESS_WORD, 32)
RADIX(sort_items, item, DOUBLE_DIGIT, LESS_ITEM, 64)

typedef struct {
  ck_type type;
  int flag;
  size_t n, inner, count, part, lists;
  const void *x, *z;
  int64_t *y;
} task;

enum { FEW = 64 };

// The least `count` keys of a list in order, the first of equals first.
static void few(const task *t, size_t start, uint64_t flip, int64_t *y) {
  item best[FEW];
  size_t held = 0;
  for (size_t k = 0; k < t->n; k++) {
    size_t at = start + k * t->inner;
    uint64_t key = t->type == CK_F32 ? key_of_float(((const float *)t->x)[at])
                                     : key_of_double(((const double *)t->x)[at]);
    key ^= flip;
    if (held == t->count && key >= best[held - 1].key) continue;
    size_t j = held < t->count ? held++ : held - 1;
    for (; j > 0 && key < best[j - 1].key; j--) best[j] = best[j - 1];
    best[j] = (item){key, (uint32_t)k};
  }
  for (size_t k = 0; k < held; k++) y[k * t->inner] = best[k].index;
}

static void order_part(void *context, size_t number) {
  const task *t = context;
  uint64_t flip = !t->flag ? 0 : t->type == CK_F32 ? UINT32_MAX : UINT64_MAX;
  size_t first = number * t->part, last = least(first + t->part, t->lists);
  int scans = t->count <= FEW && t->count * 8 <= t->n;
  item *items = scans ? NULL : malloc(2 * t->n * sizeof *items);
  size_t *counts = scans ? NULL : malloc(8 * 2048 * sizeof *counts);
  if (!scans && (!items || !counts)) abort();
  for (size_t list = first; list < last; list++) {
    size_t o = list / t->inner, i = list % t->inner, start = o * t->n * t->inner + i;
    int64_t *y = t->y + o * t->count * t->inner + i;
    if (scans) {
      few(t, start, flip, y);
    } else if (t->type == CK_F32) {
      uint64_t *words = (uint64_t *)items;
      for (size_t k = 0; k < t->n; k++)
        words[k] = (key_of_float(((const float *)t->x)[start + k * t->inner]) ^ flip) << 32 | k;
      words = sort_words(t->n, words, words + t->n, counts);
      for (size_t k = 0; k < t->count; k++) y[k * t->inner] = (int64_t)(uint32_t)words[k];
    } else {
      for (size_t k = 0; k < t->n; k++)
        items[k] = (item){key_of_double(((const double *)t->x)[start + k * t->inner]) ^ flip,
                          (uint32_t)k};
      item *sorted = sort_items(t->n, items, items + t->n, counts);
      for (size_t k = 0; k < t->count; k++) y[k * t->inner] = sorted[k].index;
    }
  }
  free(items);
  free(counts);
}

void ck_order(
    ck_type type, int descending, size_t outer, size_t n, size_t inner, size_t count,
    const void *x, int64_t *indices) {
  task t = {.type = type, .flag = descending, .n = n, .inner = inner, .count = count,
            .lists = outer * inner, .x = x, .y = indices};
  if (n == 0 || count == 0 || t.lists == 0) return;
  // An index has 32 bits.
  if (n > UINT32_MAX) abort();
  t.part = PART / least(PART, n);
  ck_share(parts_of(t.lists, t.part), order_part, &t);
}

static void search_part(void *context, size_t number) {
  const task *t = context;
  size_t end = least((number + 1) * PART, t->count);
  for (size_t i = number * PART; i < end; i++) {
    size_t low = 0, high = t->n;
    uint64_t key = t->type == CK_F32 ? key_of_float(((const float *)t->z)[i])
                                     : key_of_double(((const double *)t->z)[i]);
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      uint64_t other = t->type == CK_F32 ? key_of_float(((const float *)t->x)[middle])
                                         : key_of_double(((const double *)t->x)[middle]);
      if (other < key || (t->flag && other == key)) low = middle + 1;
      else high = middle;
    }
    t->y[i] = (int64_t)low;
  }
}

void ck_search(
    ck_type type, int after, size_t n, const void *x, size_t count, const void *z, int64_t *y) {
  task t = {.type = type, .flag = after, .n = n, .count = count, .x = x, .z = z, .y = y};
  ck_share(parts_of(count, PART), search_part, &t);
}
