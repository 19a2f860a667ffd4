#include "digest.h"

void digest_attention(ck_type type) {
  static const size_t shapes[][4] = {{2, 5, 1, 3}, {1, 70, 2, 16}, {3, 33, 3, 8}, {1, 1, 2, 4}};
  for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++) {
    for (int causal = 0; causal < 2; causal++) {
      ck_attention shape = {shapes[s][0], shapes[s][1], shapes[s][2], shapes[s][3], causal, 0.3};
      size_t tokens = shape.tokens, heads = shape.examples * shape.heads;
      size_t count = heads * tokens * shape.width;
      void *x = normals(type, 3 * count, 60), *g = normals(type, count, 61);
      void *weights = room(type, heads * tokens * tokens), *y = room(type, count);
      void *slopes = room(type, 3 * count);
      ck_self_attention(type, &shape, x, weights, y);
      add(type, count, y);
      add(type, heads * tokens * tokens, weights);
      ck_self_attention_gradient(type, &shape, x, weights, g, slopes);
      add(type, 3 * count, slopes);
    }
  }
  for (size_t n = 1; n < 60; n += 13) {
    void *x = normals(type, n, 62), *y = room(type, n), *slopes = room(type, n);
    ck_gelu(type, n, x, y, slopes);
    add(type, n, y);
    add(type, n, slopes);
  }
}
