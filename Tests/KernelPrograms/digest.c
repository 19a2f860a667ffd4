// Prints a digest of what the kernels compute at every level this processor supports, and fails
// where two differ. Used by ci/check-arm64.
#include <stdio.h>
#include <stdlib.h>

#include "../../Sources/CKernels/include/kernels.h"

enum { COUNT = 5003 };

static uint64_t digest;
static uint64_t words[2 * COUNT];
static double room[2][3][COUNT];

// FNV-1a over the bytes, all NaN being one.
static void add(ck_type type, size_t n, const void *scalars) {
  size_t size = n * (type == CK_F32 ? sizeof(float) : sizeof(double));
  unsigned char *bytes = malloc(size + 1);
  if (!bytes) abort();
  ck_canonical(type, n, scalars, bytes);
  for (size_t i = 0; i < size; i++) digest = (digest ^ bytes[i]) * 1099511628211u;
  free(bytes);
}

static void run(ck_type type) {
  void *x = room[type][0], *y = room[type][1], *z = room[type][2];
  ck_words(1, 2, 0, 2 * COUNT, words);
  ck_normal(type, COUNT, words, x);
  ck_normal(type, COUNT, words + COUNT, y);
  // Sizes over many orders.
  ck_map(type, CK_EXP, COUNT, y, z);
  ck_map(type, CK_EXP, COUNT, z, z);
  ck_zip(type, CK_MULTIPLY, 1, COUNT, x, 0, 1, z, 0, 1, x);
  add(type, COUNT, x);
  for (int op = CK_NEGATE; op <= CK_NORMAL_QUANTILE; op++) {
    ck_map(type, (ck_map_op)op, COUNT, x, z);
    add(type, COUNT, z);
  }
  for (int op = CK_ADD; op <= CK_GATE; op++) {
    ck_zip(type, (ck_zip_op)op, 1, COUNT, y, 0, 1, x, 0, 1, z);
    add(type, COUNT, z);
  }
  static const size_t shapes[][3] = {{1, COUNT, 1}, {1, 714, 7}, {5, 10, 100}};
  for (int s = 0; s < 3; s++)
    for (int op = CK_SUM; op <= CK_MAX; op++) {
      ck_reduce(type, (ck_reduce_op)op, shapes[s][0], shapes[s][1], shapes[s][2], y, z);
      add(type, shapes[s][0] * shapes[s][2], z);
    }
  int64_t labels[50];
  for (int i = 0; i < 50; i++) labels[i] = i % 10;
  for (int op = CK_SOFTMAX; op <= CK_SOFTMAX_LESS_ONE_HOT; op++) {
    ck_rows(type, (ck_row_op)op, 50, 10, y, labels, z);
    add(type, op == CK_LOG_SUM_EXP || op == CK_CROSS_ENTROPY ? 50 : 500, z);
  }
  static const size_t products[][3] = {
      {50, 50, 100}, {1, 1, 4999}, {71, 1, 70}, {1, 71, 70}, {71, 2, 70}, {29, 37, 130}};
  for (int s = 0; s < 6; s++) {
    size_t m = products[s][0], n = products[s][1], k = products[s][2];
    ck_matmul(type, m, n, k, x, k, 1, y, n, 1, z);
    add(type, m * n, z);
    ck_matmul(type, m, n, k, x, 1, m, y, 1, k, z);
    add(type, m * n, z);
  }
}

int main(void) {
  uint64_t first = 0;
  for (int level = CK_PORTABLE; level <= CK_NEON; level++) {
    if (!ck_select((ck_level)level)) continue;
    digest = 14695981039346656037u;
    run(CK_F32);
    run(CK_F64);
    printf("level %d: %016llx\n", level, (unsigned long long)digest);
    if (!first) first = digest;
    if (digest != first) return 1;
  }
  return 0;
}
