#pragma once
#include "kernels.h"

// Random numbers from Philox 4x32-10. Included by kernels.h.

// A stream's word number i is one of two 64-bit words of counter i / 2 under the key. Numbers
// uniform in [0, 1) have a word's first 53 bits, floats 24. Standard normal numbers are the
// quantile of the middle of one of 2^52 equal parts of (0, 1), floats of 2^32.
typedef enum { CK_DRAW_WORDS, CK_DRAW_UNIFORM, CK_DRAW_NORMAL } ck_draw_op;

// Draws first, first + 1, ... of the stream. Words are 64 bits, whatever the type.
void ck_draw(
    ck_type type, ck_draw_op op, uint64_t key, uint64_t stream, uint64_t first, size_t n,
    void *y);
void ck_words(uint64_t key, uint64_t stream, uint64_t first, size_t n, uint64_t *words);
// What words become.
void ck_uniform(ck_type type, size_t n, const uint64_t *words, void *y);
void ck_normal(ck_type type, size_t n, const uint64_t *words, void *y);
