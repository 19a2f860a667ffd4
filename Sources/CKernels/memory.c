#include "include/kernels.h"

#pragma STDC FP_CONTRACT OFF

// Square tiles, so that both sides stay in the first cache.
#define TILE 16
#define TRANSPOSE(T)                                                         \
  for (size_t r0 = 0; r0 < rows; r0 += TILE)                                 \
    for (size_t c0 = 0; c0 < columns; c0 += TILE)                            \
      for (size_t c = c0; c < columns && c < c0 + TILE; c++)                 \
        for (size_t r = r0; r < rows && r < r0 + TILE; r++)                  \
          ((T *)y)[c * rows + r] = ((const T *)x)[r * columns + c];

void ck_transpose(ck_type type, size_t rows, size_t columns, const void *x, void *y) {
  if (type == CK_F32) {
    TRANSPOSE(uint32_t)
  } else {
    TRANSPOSE(uint64_t)
  }
}

#define ARGMAX(T)                                                            \
  for (size_t r = 0; r < rows; r++) {                                        \
    const T *row = (const T *)x + r * columns;                               \
    size_t best = 0;                                                         \
    for (size_t c = 1; c < columns && row[best] == row[best]; c++)           \
      if (row[c] > row[best] || row[c] != row[c]) best = c;                  \
    y[r] = (int64_t)best;                                                    \
  }

void ck_argmax(ck_type type, size_t rows, size_t columns, const void *x, int64_t *y) {
  if (type == CK_F32) {
    ARGMAX(float)
  } else {
    ARGMAX(double)
  }
}

void ck_fill(ck_type type, size_t n, double value, void *y) {
  if (type == CK_F32)
    for (size_t i = 0; i < n; i++) ((float *)y)[i] = (float)value;
  else
    for (size_t i = 0; i < n; i++) ((double *)y)[i] = value;
}

#define CANONICAL(T, U, NAN_BITS)                                            \
  for (size_t i = 0; i < n; i++) {                                           \
    T number = ((const T *)x)[i];                                            \
    ((U *)y)[i] = number == number ? ((const U *)x)[i] : NAN_BITS;           \
  }

void ck_canonical(ck_type type, size_t n, const void *x, void *y) {
  if (type == CK_F32) {
    CANONICAL(float, uint32_t, 0x7fc00000u)
  } else {
    CANONICAL(double, uint64_t, 0x7ff8000000000000u)
  }
}

#define EQUAL(T, U)                                                          \
  for (size_t i = 0; i < n; i++) {                                           \
    T a = ((const T *)x)[i], b = ((const T *)y)[i];                          \
    int same = ((const U *)x)[i] == ((const U *)y)[i];                       \
    if (!same && (a == a || b == b)) return 0;                               \
  }

int ck_equal(ck_type type, size_t n, const void *x, const void *y) {
  if (type == CK_F32) {
    EQUAL(float, uint32_t)
  } else {
    EQUAL(double, uint64_t)
  }
  return 1;
}

void ck_convert(ck_type from, size_t n, const void *x, void *y) {
  if (from == CK_F32)
    for (size_t i = 0; i < n; i++) ((double *)y)[i] = ((const float *)x)[i];
  else
    for (size_t i = 0; i < n; i++) ((float *)y)[i] = (float)((const double *)x)[i];
}

// A number less itself is zero where it is finite, and NaN where not.
#define ALL_FINITE(T)                                                        \
  for (size_t i = 0; i < n; i++) {                                           \
    T number = ((const T *)x)[i];                                            \
    if (number - number != 0) return 0;                                      \
  }

int ck_all_finite(ck_type type, size_t n, const void *x) {
  if (type == CK_F32) {
    ALL_FINITE(float)
  } else {
    ALL_FINITE(double)
  }
  return 1;
}
