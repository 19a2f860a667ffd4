#pragma once
// Attention of sequences to themselves.
#include "kernels.h"

// Row t of example e holds 3 heads width scalars: the queries of all heads, their keys, their
// values. With `causal`, row t sees the rows up to itself.
typedef struct {
  size_t examples, tokens, heads, width;
  int causal;
  double scale;
} ck_attention;

// weights[e][h][t][s] = the softmax over s of the chain of (scale q[t]) k[s]; zero where t does not
// see s. y[e][t][h] = the chain of weights[e][h][t][s] v[s] over s, in rows of heads width scalars.
void ck_self_attention(
    ck_type type, const ck_attention *shape, const void *x, void *weights, void *y);
// The gradient with respect to x: with d = g v^T and slope s = w (d - sum of w d), that of the
// values is w^T g, of the keys s^T (scale q), of the queries scale (s k). Chains run over the rows
// that see each other.
void ck_self_attention_gradient(
    ck_type type, const ck_attention *shape, const void *x, const void *weights, const void *g,
    void *y);
