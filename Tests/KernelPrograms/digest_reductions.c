#include "digest.h"

void digest_reductions(ck_type type) {
  static const size_t shapes[][3] = {{1, 5003, 1}, {1, 714, 7}, {5, 10, 100}, {700, 63, 1},
                                     {3, 9001, 5}, {2, 17, 33}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    size_t outer = shapes[s][0], n = shapes[s][1], inner = shapes[s][2];
    void *x = normals(type, outer * n * inner, 2), *y = room(type, outer * inner);
    for (int op = CK_SUM; op <= CK_MAX; op++) {
      ck_reduce(type, (ck_reduce_op)op, outer, n, inner, x, y);
      add(type, outer * inner, y);
    }
  }
  static const size_t tables[][2] = {{50, 10}, {1, 1}, {3, 4999}, {5000, 13}};
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
    size_t rows = tables[t][0], columns = tables[t][1];
    void *x = normals(type, rows * columns, 3), *y = room(type, rows * columns);
    int64_t *labels = room(CK_F64, rows);
    for (size_t i = 0; i < rows; i++) labels[i] = (int64_t)(i % columns);
    for (int op = CK_SOFTMAX; op <= CK_SOFTMAX_LESS_ONE_HOT; op++) {
      ck_rows(type, (ck_row_op)op, rows, columns, x, labels, y);
      add(type, op == CK_LOG_SUM_EXP || op == CK_CROSS_ENTROPY ? rows : rows * columns, y);
    }
    ck_argmax(type, rows, columns, x, labels);
    add_bytes(rows * sizeof *labels, labels);
  }
}
