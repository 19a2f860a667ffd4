#include "digest.h"

void digest_formats(ck_type type) {
  static const ck_format formats[] = {
      {10, -14, 15, 1, 0, CK_NEAREST_EVEN}, {7, -126, 127, 1, 0, CK_NEAREST_EVEN},
      {3, -4, 3, 0, 1, CK_TOWARD_ZERO},     {1, -2, 2, 1, 1, CK_TOWARD_ZERO},
      {2, -3, 4, 0, 0, CK_NEAREST_EVEN}};
  enum { FORMATS = sizeof formats / sizeof *formats, COUNT = 20011 };
  void *x = normals(type, COUNT, 10), *y = room(type, COUNT);
  double *draws = room(CK_F64, COUNT);
  uint64_t *words = room(CK_F64, COUNT);
  ck_words(1, 11, 0, COUNT, words);
  ck_uniform(CK_F64, COUNT, words, draws);
  ck_map(type, CK_EXP, COUNT, normals(type, COUNT, 12), y);
  ck_zip(type, CK_MULTIPLY, 1, COUNT, x, 0, 1, y, 0, 1, x);
  for (int f = 0; f < FORMATS; f++) {
    ck_round(type, &formats[f], COUNT, x, NULL, y);
    add(type, COUNT, y);
    ck_round(type, &formats[f], COUNT, x, draws, y);
    add(type, COUNT, y);
  }
  ck_exponents(type, COUNT, x, y);
  add(type, COUNT, y);
  ck_significands(type, COUNT, x, y);
  add(type, COUNT, y);
  static const size_t shapes[][3] = {{5, 19, 40}, {1, 1, 1}, {33, 16, 7}, {2, 3, 0}};
  for (int s = 0; s < 4; s++)
    for (int f = 0; f < FORMATS; f++) {
      size_t m = shapes[s][0], n = shapes[s][1], k = shapes[s][2];
      void *a = normals(type, m * k, 13), *b = normals(type, k * n, 14);
      void *g = normals(type, m * n, 15), *c = room(type, m * n);
      void *da = room(type, m * k), *db = room(type, k * n);
      const ck_rounded_steps steps = {formats[f], formats[(f + s) % FORMATS], 16};
      ck_rounded_matmul(type, &steps, m, n, k, a, b, c);
      add(type, m * n, c);
      for (int seen = CK_SEE_ALL; seen <= CK_SEE_CHANGE; seen++) {
        ck_rounded_matmul_left(type, &steps, (ck_seen)seen, m, n, k, a, b, g, da);
        add(type, m * k, da);
        ck_rounded_matmul_right(type, &steps, (ck_seen)seen, m, n, k, a, b, g, db);
        add(type, k * n, db);
      }
    }
}
