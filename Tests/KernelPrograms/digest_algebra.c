#include "digest.h"

static char *at(ck_type type, void *x, size_t n) {
  return (char *)x + n * (type == CK_F32 ? sizeof(float) : sizeof(double));
}

// Products into a block of a larger matrix, added, taken away and stored, turned and by halves.
static void blocks(ck_type type, size_t m, size_t n, size_t k) {
  void *a = normals(type, m * k, 4), *b = normals(type, k * n, 5);
  for (int update = CK_STORE; update <= CK_MINUS; update++) {
    size_t step = n + 3;
    void *c = normals(type, m * step, 6);
    ck_matmul_into(type, update, 0, m, n, k, a, k, 1, b, n, 1, c, step, 1);
    ck_matmul_into(type, update, 1, m, n, k, a, 1, m, b, n, 1, at(type, c, 2), step, 1);
    add(type, m * step, c);
    void *turned = normals(type, n * m, 7);
    ck_matmul_into(type, update, 0, m, n, k, a, k, 1, b, 1, k, turned, 1, m);
    add(type, n * m, turned);
  }
}

// A triangle of n rows with a diagonal away from zero, used every way round.
static void triangles(ck_type type, size_t n, size_t columns) {
  void *t = normals(type, n * n, 8);
  for (size_t i = 0; i < n; i++)
    if (type == CK_F32) ((float *)t)[i * n + i] += 20;
    else ((double *)t)[i * n + i] += 20;
  for (int kind = 0; kind < 8; kind++) {
    int turned = kind & 1, ascending = kind >> 1 & 1, unit = kind >> 2;
    void *x = normals(type, n * columns, 9);
    ck_solve(
        type, ascending, unit, n, columns, t, turned ? 1 : n, turned ? n : 1, x, columns, 1);
    ck_solve(
        type, ascending, unit, n, columns, t, turned ? 1 : n, turned ? n : 1, x, 1, n);
    add(type, n * columns, x);
  }
}

static void factors(ck_type type, size_t n) {
  void *g = normals(type, n * n, 10), *a = room(type, n * n);
  ck_matmul(type, n, n, n, g, n, 1, g, 1, n, a);
  for (size_t i = 0; i < n; i++)
    if (type == CK_F32) ((float *)a)[i * n + i] += 1;
    else ((double *)a)[i * n + i] += 1;
  size_t pivot = ck_cholesky(type, n, a, n);
  add(type, n * n, a);
  add_bytes(sizeof pivot, &pivot);
  size_t width = n < CK_PANEL ? n : CK_PANEL, pivots[CK_PANEL] = {0};
  ck_panel(type, n, width, g, pivots);
  add(type, n * width, g);
  add_bytes(sizeof pivots, pivots);
}

static void rotations(size_t rows, size_t columns) {
  double *x = normals(CK_F64, rows * columns, 11);
  ck_rotation list[300];
  for (size_t r = 0; r < 300; r++) {
    // Down the rows, up again, and pairs that do not touch.
    size_t i = r % (2 * rows - 2), low = i < rows - 1 ? i : 2 * rows - 3 - i;
    list[r] = (ck_rotation){(uint32_t)low, (uint32_t)low + 1, 0.8, 0.6};
    if (r % 7 == 0) list[r].y = (uint32_t)((low + rows / 2 + 1) % rows);
    if (list[r].x == list[r].y) list[r].y = (uint32_t)((low + 1) % rows);
  }
  ck_rotate(rows, columns, x, 300, list);
  add(CK_F64, rows * columns, x);
}

void digest_algebra(ck_type type) {
  static const size_t shapes[][3] = {
      {1, 1, 1}, {5, 3, 2}, {64, 64, 64}, {120, 130, 33}, {400, 390, 20}, {1, 70, 40}, {70, 1, 40}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    blocks(type, shapes[s][0], shapes[s][1], shapes[s][2]);
  for (size_t n = 1; n <= CK_TRIANGLE; n += 9) {
    triangles(type, n, 1);
    triangles(type, n, 150);
    factors(type, n);
  }
  if (type == CK_F64)
    for (size_t columns = 1; columns < 200; columns += 63) rotations(9, columns);
}
