#pragma once
#include "kernels.h"

// Steps of optimizers in place. Included by kernels.h.

// A step of Adam for every parameter p with gradient g, running mean m and mean square v:
//   g' = fma(penalty, p, g)
//   m = fma(mean_share, g' - m, m)
//   v = fma(square_share g', g', square_kept v)
//   p = fma(-rate, m / fma(scale, sqrt(v), epsilon), kept p)
// The numbers are rounded to the type of the tensors first.
typedef struct {
  double penalty, mean_share, square_share, square_kept, rate, scale, epsilon, kept;
} ck_adam;

// p, m and v are changed; g may be none of them.
void ck_adam_step(
    ck_type type, size_t n, const ck_adam *numbers, const void *g, void *p, void *m, void *v);
