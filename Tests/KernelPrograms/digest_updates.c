#include "digest.h"

void digest_updates(ck_type type) {
  // A tail at every width of vectors, and more than one part.
  const size_t counts[] = {1, 37, 70001};
  const ck_adam numbers = {
      .penalty = 0.01, .mean_share = 0.1, .square_share = 0.001, .square_kept = 0.999,
      .rate = 0.02, .scale = 1.5, .epsilon = 1e-8, .kept = 0.99};
  for (int k = 0; k < 3; k++) {
    size_t n = counts[k];
    void *g = normals(type, n, 91), *p = normals(type, n, 92), *m = room(type, n);
    void *v = room(type, n);
    for (int step = 0; step < 3; step++) ck_adam_step(type, n, &numbers, g, p, m, v);
    add(type, n, p);
    add(type, n, m);
    add(type, n, v);
  }
}
