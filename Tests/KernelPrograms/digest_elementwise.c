#include "digest.h"

void digest_elementwise(ck_type type) {
  static const size_t counts[] = {0, 1, 7, 33, 33003};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
    size_t n = counts[c];
    void *x = normals(type, n, 2), *y = normals(type, n, 3), *z = room(type, n);
    // Sizes over many orders.
    ck_map(type, CK_EXP, n, y, z);
    ck_map(type, CK_EXP, n, z, z);
    ck_zip(type, CK_MULTIPLY, 1, n, x, 0, 1, z, 0, 1, x);
    add(type, n, x);
    for (int op = CK_NEGATE; op <= CK_NORMAL_QUANTILE; op++) {
      ck_map(type, (ck_map_op)op, n, x, z);
      add(type, n, z);
    }
    for (int op = CK_ADD; op <= CK_GATE; op++) {
      ck_zip(type, (ck_zip_op)op, 1, n, y, 0, 1, x, 0, 1, z);
      add(type, n, z);
    }
    ck_add_scaled(type, n, 0.3, x, y);
    add(type, n, y);
    // A row, and one number a row, spread over a matrix.
    void *matrix = room(type, 29 * n);
    ck_zip(type, CK_DIVIDE, 29, n, x, 0, 1, normals(type, 29, 4), 1, 0, matrix);
    add(type, 29 * n, matrix);
    void *turned = room(type, 29 * n);
    ck_transpose(type, 29, n, matrix, turned);
    add(type, 29 * n, turned);
    ck_type other = type == CK_F32 ? CK_F64 : CK_F32;
    void *converted = room(other, n);
    ck_convert(type, n, x, converted);
    add(other, n, converted);
    int facts[2] = {ck_all_finite(type, n, x), ck_equal(type, n, x, x)};
    add_bytes(sizeof facts, facts);
  }
}
