// A step of Adam, an entry at a time. A tail shorter than a vector goes through a padded one.

INLINE void NAME(adam_lanes)(const V *s, V g, V *p, V *m, V *v) {
  g = NAME(fma)(s[0], *p, g);
  *m = NAME(fma)(s[1], g - *m, *m);
  *v = NAME(fma)(s[2] * g, g, s[3] * *v);
  V reach = NAME(fma)(s[5], __builtin_elementwise_sqrt(*v), s[6]);
  *p = NAME(fma)(s[4], *m / reach, s[7] * *p);
}

static void NAME(adam)(size_t n, const ck_adam *numbers, const T *g, T *p, T *m, T *v) {
  const V s[8] = {
      (V)((T)numbers->penalty),      (V)((T)numbers->mean_share), (V)((T)numbers->square_share),
      (V)((T)numbers->square_kept),  (V)(-(T)numbers->rate),      (V)((T)numbers->scale),
      (V)((T)numbers->epsilon),      (V)((T)numbers->kept)};
  size_t i = 0;
  for (; i + W <= n; i += W) {
    V at = NAME(load)(p + i), mean = NAME(load)(m + i), square = NAME(load)(v + i);
    NAME(adam_lanes)(s, NAME(load)(g + i), &at, &mean, &square);
    NAME(store)(p + i, at);
    NAME(store)(m + i, mean);
    NAME(store)(v + i, square);
  }
  if (i == n) return;
  T rest[4][W] = {{0}};
  const T *from[4] = {g + i, p + i, m + i, v + i};
  for (int k = 0; k < 4; k++) __builtin_memcpy(rest[k], from[k], (n - i) * sizeof(T));
  V at = NAME(load)(rest[1]), mean = NAME(load)(rest[2]), square = NAME(load)(rest[3]);
  NAME(adam_lanes)(s, NAME(load)(rest[0]), &at, &mean, &square);
  NAME(store)(rest[1], at);
  NAME(store)(rest[2], mean);
  NAME(store)(rest[3], square);
  T *to[4] = {NULL, p + i, m + i, v + i};
  for (int k = 1; k < 4; k++) __builtin_memcpy(to[k], rest[k], (n - i) * sizeof(T));
}
