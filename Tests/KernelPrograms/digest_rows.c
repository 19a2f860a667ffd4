#include "digest.h"

static void norms(ck_type type) {
  static const size_t shapes[][4] = {
      {5, 33, 1, 1}, {70, 4, 16, 2}, {3, 6, 49, 3}, {4200, 3, 1, 1}, {2, 2, 2500, 1},
      {9, 70, 1, 1}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    ck_norm shape = {shapes[s][0], shapes[s][1], shapes[s][2], shapes[s][3], 1e-5, 1, 1};
    size_t channels = shape.channels, rows = shape.examples * shape.groups;
    size_t count = shape.examples * channels * shape.inner;
    void *x = normals(type, count, 20), *g = normals(type, count, 21);
    void *parameters = normals(type, 2 * channels, 22);
    void *y = room(type, count), *sums = room(type, 2 * channels);
    void *moments = room(type, 2 * rows), *lists = room(type, 2 * channels);
    ck_row_norm(type, &shape, x, parameters, moments, y);
    add(type, count, y);
    ck_row_norm_gradient(type, &shape, x, parameters, moments, g, y);
    add(type, count, y);
    ck_row_norm_parameters(type, &shape, x, moments, g, sums);
    add(type, 2 * channels, sums);
    ck_batch_norm(type, &shape, x, parameters, lists, y);
    add(type, count, y);
    ck_batch_norm_gradient(type, &shape, x, parameters, lists, g, y);
    add(type, count, y);
    ck_batch_norm_parameters(type, &shape, x, parameters, lists, g, sums);
    add(type, 2 * channels, sums);
  }
}

static void pairs(ck_type type) {
  static const size_t tables[][2] = {{50, 10}, {1, 1}, {3, 4999}, {500, 33}};
  for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
    size_t rows = tables[t][0], columns = tables[t][1];
    void *x = normals(type, rows * columns, 23), *z = normals(type, rows * columns, 24);
    void *y = room(type, rows * columns), *losses = room(type, rows);
    int64_t *labels = room(CK_F64, rows);
    ck_row_pairs(type, CK_SOFTMAX_GRADIENT, rows, columns, x, z, y);
    add(type, rows * columns, y);
    ck_row_pairs(type, CK_LOG_SOFTMAX_GRADIENT, rows, columns, x, z, y);
    add(type, rows * columns, y);
    ck_row_pairs(type, CK_SOFT_CROSS_ENTROPY, rows, columns, x, z, losses);
    add(type, rows, losses);
    ck_cross_entropy_gradient(type, rows, columns, x, labels, losses, y);
    add(type, rows * columns, y);
  }
}

static void axes(ck_type type) {
  static const size_t shapes[][3] = {{2, 100, 3}, {1, 20000, 1}, {3, 7, 1100}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    size_t outer = shapes[s][0], n = shapes[s][1], inner = shapes[s][2], count = outer * n * inner;
    void *x = normals(type, count, 25), *y = room(type, count);
    int64_t *order = room(CK_F64, count);
    ck_order(type, 0, outer, n, inner, n, x, order);
    add_bytes(count * sizeof *order, order);
    ck_take(type, outer, n, inner, n, order, x, y);
    add(type, count, y);
    ck_put(type, outer, n, inner, n, order, x, y);
    add(type, count, y);
    ck_gather(type, outer, n, inner, n, order, x, y);
    add(type, outer * inner, y);
    ck_order(type, 1, outer, n, inner, 5, x, order);
    add_bytes(outer * inner * 5 * sizeof *order, order);
    ck_cumulative_sum(type, outer, n, inner, 1, x, y);
    add(type, count, y);
    ck_extreme_index(type, 1, outer, n, inner, x, order);
    add_bytes(outer * inner * sizeof *order, order);
    ptrdiff_t row = (ptrdiff_t)inner, slab = (ptrdiff_t)(n * inner);
    ck_track turned[] = {{inner, 1, (ptrdiff_t)(outer * n)}, {n, row, (ptrdiff_t)outer},
                        {outer, slab, 1}};
    ck_move(type, 3, turned, x, y);
    add(type, count, y);
  }
}

void digest_rows(ck_type type) {
  norms(type);
  pairs(type);
  axes(type);
  for (size_t n = 1; n < 2000; n += 333) {
    void *y = room(type, n), *z = room(type, n);
    ck_draw(type, CK_DRAW_NORMAL, 3, 4, n, n, y);
    add(type, n, y);
    ck_draw(type, CK_DRAW_UNIFORM, 3, 4, n, n, y);
    add(type, n, y);
    ck_blend(type, CK_FMA, n, y, 1, y, 0, y, 1, z);
    add(type, n, z);
  }
}
