// A convolution of a few images, tile by tile. The including file defines T, V, W and NAME, and has
// included the tiles.
// The results of a few images, from their padded planes.
static void NAME(correlate)(const ck_phase *p, const ck_block *b) {
  size_t across = (p->columns + p->line - 1) / p->line;
  size_t down = (p->rows + p->lines - 1) / p->lines;
  size_t tiles = b->images * down * across, calls = 0;
  // A few tiles take the same filters while those are near.
  for (size_t first = 0; first < tiles; first += 16)
    for (size_t o = 0; o < p->outputs; o += p->height)
      for (size_t t = first; t < tiles && t < first + 16; t++, calls++) {
        size_t image = t / (down * across), r = t / across % down * p->lines;
        size_t c = t % across * p->line;
        for (size_t i = 0; i < b->ahead; i++)
          __builtin_prefetch((const char *)b->next + (calls * b->ahead + i) * 64, 0, 2);
        const T *x = (const T *)b->x + image * b->x_step + r * p->step_y * p->pitch + c * p->step_x;
        const T *w = (const T *)b->filters + o * p->terms;
        NAME(place) to = {
            .y = (T *)b->y + image * b->y_step + o * p->plane + r * p->row_step +
                 c * p->column_step,
            .height = p->outputs - o < p->height ? p->outputs - o : p->height,
            .lines = p->rows - r < p->lines ? p->rows - r : p->lines,
            .columns = p->columns - c < p->line ? p->columns - c : p->line,
            .line = p->line,
            .phase = p};
#if VECTORS
        if (p->edges) {
          NAME(run_edges)(&to, x, r == 0, r + p->lines == p->rows, w);
          continue;
        }
        if (p->along) {
          NAME(run_along)(&to, x, p->step_y * p->pitch, w);
          continue;
        }
#endif
        NAME(run_across)(&to, x, p->lines > 1 ? p->step_y * p->pitch : W * p->step_x, w);
      }
}
