#include "parts.h"

#pragma STDC FP_CONTRACT OFF

// Salmon et al. (2011), section 3.3: ten rounds.
void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    uint64_t p = (uint64_t)c0 * 0xd2511f53u, q = (uint64_t)c2 * 0xcd9e8d57u;
    c0 = (uint32_t)(q >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)q;
    c2 = (uint32_t)(p >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

typedef struct {
  ck_type type;
  ck_draw_op op;
  uint64_t key, stream, first;
  size_t n;
  void *y;
} task;

static void draw_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART;
  size_t size = t->op == CK_DRAW_WORDS ? sizeof(uint64_t) : SIZE(t->type);
  ck_current()->draw(
      t->type, t->op, t->key, t->stream, t->first + start, least(PART, t->n - start),
      TO(t->y, start * size));
}

void ck_draw(
    ck_type type, ck_draw_op op, uint64_t key, uint64_t stream, uint64_t first, size_t n,
    void *y) {
  task t = {type, op, key, stream, first, n, y};
  ck_share(parts_of(n, PART), draw_part, &t);
}

void ck_words(uint64_t key, uint64_t stream, uint64_t first, size_t n, uint64_t *words) {
  if (n == 1) {
    uint64_t number = first >> 1;
    uint32_t counter[4] = {
        (uint32_t)number, (uint32_t)(number >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
    uint32_t k[2] = {(uint32_t)key, (uint32_t)(key >> 32)}, block[4];
    ck_philox(counter, k, block);
    words[0] = (uint64_t)block[2 * (first & 1) + 1] << 32 | block[2 * (first & 1)];
    return;
  }
  ck_draw(CK_F64, CK_DRAW_WORDS, key, stream, first, n, words);
}

void ck_uniform(ck_type type, size_t n, const uint64_t *words, void *y) {
  ck_current()->convert_words(type, CK_DRAW_UNIFORM, n, words, y);
}

void ck_normal(ck_type type, size_t n, const uint64_t *words, void *y) {
  ck_current()->convert_words(type, CK_DRAW_NORMAL, n, words, y);
}
