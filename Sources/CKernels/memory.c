#include "include/kernels.h"

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
