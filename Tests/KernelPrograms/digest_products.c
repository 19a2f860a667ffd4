#include "digest.h"

// All four transposes, each factor in room of exactly its size.
static void product(ck_type type, size_t m, size_t n, size_t k) {
  void *a = normals(type, m * k, 2), *b = normals(type, k * n, 3), *c = room(type, m * n);
  for (int turned = 0; turned < 4; turned++) {
    int ta = turned & 1, tb = turned >> 1;
    ck_matmul(type, m, n, k, a, ta ? 1 : k, ta ? m : 1, b, tb ? 1 : n, tb ? k : 1, c);
    add(type, m * n, c);
  }
}

void digest_products(ck_type type) {
  static const size_t shapes[][3] = {
      {50, 50, 100}, {1, 1, 4999}, {71, 1, 70},  {1, 71, 70},     {71, 2, 70},    {29, 37, 130},
      {3, 5, 8200},  {90, 3, 17},  {130, 67, 5}, {400, 410, 40},  {7, 500, 300},  {500, 7, 300},
      {9, 65, 4097}, {1, 1, 1},    {0, 3, 4},    {15, 31, 1},     {257, 33, 259}, {5000, 4, 9}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    product(type, shapes[s][0], shapes[s][1], shapes[s][2]);
}
