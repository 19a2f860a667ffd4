// Convolutions by 3 x 3 filters that keep the size of an image no wider than a tile: products with
// the zeros around it are left out, and it is read where it lies. That changes no bit as long as
// the filters are finite, for then these products are zeros, and no result is -0.
// The including file defines T, V, W and NAME, and has included convolution.h.
#define LOAD NAME(load)
#define STORE NAME(store)
#define UNROLL _Pragma("clang loop unroll(full)")

#if VECTORS
// Lanes along filters: `line` pixels a line, which are all columns of the image. Tap (k, l) meets
// the pixel k - 1 lines and l - 1 columns on, or back where `turned`.
INLINE void NAME(tile_edges)(
    const int line, const int turned, const ck_phase *p, const T *x, int top, int bottom,
    const T *w, V *sum) {
  const int lines = PIXELS / line;
  UNROLL for (int i = 0; i < PIXELS; i++) sum[i] = (V)((T)0);
  for (size_t c = p->terms / 9; c > 0; c--, x += p->source_plane)
    UNROLL for (int k = 0; k < 3; k++)
      UNROLL for (int l = 0; l < 3; l++, w += W) {
        const int down = turned ? 1 - k : k - 1, right = turned ? 1 - l : l - 1;
        V factor = LOAD(w);
        UNROLL for (int r = 0; r < lines; r++) {
          if (down < 0 && r == 0 && top) continue;
          if (down > 0 && r == lines - 1 && bottom) continue;
          UNROLL for (int i = 0; i < line; i++)
            if (i + right >= 0 && i + right < line)
              sum[r * line + i] =
                  NAME(fma)(factor, (V)(x[(r + down) * line + right + i]), sum[r * line + i]);
        }
      }
  UNROLL for (int i = 0; i < PIXELS; i++) sum[i] += (V)((T)0);
}

#define EDGES(line)                                                             \
  {                                                                             \
    if (p->edges > 0) NAME(tile_edges)(line, 0, p, x, top, bottom, w, sum);     \
    else NAME(tile_edges)(line, 1, p, x, top, bottom, w, sum);                  \
  }

static __attribute__((noinline)) void NAME(run_edges)(
    const NAME(place) *to, const T *x, int top, int bottom, const T *w) {
  const ck_phase *p = to->phase;
  V sum[PIXELS];
  if (p->line == PIXELS) EDGES(PIXELS)
  else if (p->line == PIXELS / 2) EDGES(PIXELS / 2)
  else EDGES(PIXELS / 4)
  NAME(put_along)(to, sum);
}
#undef EDGES
#endif

#undef LOAD
#undef STORE
#undef UNROLL
