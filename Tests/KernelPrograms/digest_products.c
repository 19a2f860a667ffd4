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

// A product that ends in a bias and a function, and one with neither.
static void affine(ck_type type, size_t m, size_t n, size_t k) {
  void *a = normals(type, m * k, 4), *b = normals(type, k * n, 5), *bias = normals(type, n, 6);
  void *c = room(type, m * n);
  static const int functions[] = {-1, CK_RELU, CK_TANH, CK_LOGISTIC};
  for (int f = 0; f < 4; f++) {
    ck_affine(type, m, n, k, a, k, 1, b, n, 1, bias, functions[f], c);
    add(type, m * n, c);
  }
  ck_affine(type, m, n, k, a, k, 1, b, n, 1, NULL, -1, c);
  add(type, m * n, c);
}

// Two axes of batches, one of them broadcast on either side.
static void batched(ck_type type, size_t m, size_t n, size_t k) {
  void *a = normals(type, 3 * m * k, 7), *b = normals(type, 5 * k * n, 8);
  void *c = room(type, 15 * m * n);
  const ck_batch across = {2, {3, 5}, {m * k, 0}, {0, k * n}};
  ck_matmul_batched(type, &across, m, n, k, a, k, 1, b, n, 1, c);
  add(type, 15 * m * n, c);
  const ck_batch shared = {1, {3}, {m * k}, {0}};
  ck_matmul_batched(type, &shared, m, n, k, a, k, 1, b, 1, k, c);
  add(type, 3 * m * n, c);
}

void digest_products(ck_type type) {
  static const size_t shapes[][3] = {
      {50, 50, 100}, {1, 1, 4999}, {71, 1, 70},  {1, 71, 70},     {71, 2, 70},    {29, 37, 130},
      {3, 5, 8200},  {90, 3, 17},  {130, 67, 5}, {400, 410, 40},  {7, 500, 300},  {500, 7, 300},
      {9, 65, 4097}, {1, 1, 1},    {0, 3, 4},    {15, 31, 1},     {257, 33, 259}, {5000, 4, 9}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
    product(type, shapes[s][0], shapes[s][1], shapes[s][2]);
  for (size_t s = 0; s < 9; s++) affine(type, shapes[s][0], shapes[s][1], shapes[s][2]);
  batched(type, 7, 9, 20);
  batched(type, 1, 33, 5);
  batched(type, 70, 66, 71);
  affine(type, 3, 5, 0);
}
