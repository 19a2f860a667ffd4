// Steps of optimizers, cut into parts that threads may share.
#include "parts.h"

#pragma STDC FP_CONTRACT OFF

typedef struct {
  ck_type type;
  size_t n;
  const ck_adam *numbers;
  const void *g;
  void *p, *m, *v;
} task;

static void adam_part(void *context, size_t number) {
  const task *t = context;
  size_t start = number * PART, taken = least(PART, t->n - start), at = start * SIZE(t->type);
  ck_current()->adam(
      t->type, taken, t->numbers, FROM(t->g, at), TO(t->p, at), TO(t->m, at), TO(t->v, at));
}

void ck_adam_step(
    ck_type type, size_t n, const ck_adam *numbers, const void *g, void *p, void *m, void *v) {
  task t = {.type = type, .n = n, .numbers = numbers, .g = g, .p = p, .m = m, .v = v};
  ck_share(parts_of(n, PART), adam_part, &t);
}
