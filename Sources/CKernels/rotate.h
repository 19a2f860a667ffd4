// Rotations of rows, one after another, over a strip of columns.

// A strip of whole vectors, whose rows lie `width` apart.
INLINE void rotate_strip(
    const size_t width, size_t count, const ck_rotation *restrict rotations, double *x) {
  for (size_t r = 0; r < count; r++) {
    double *a = x + rotations[r].x * width, *b = x + rotations[r].y * width;
    vd c = (vd)(rotations[r].c), s = (vd)(rotations[r].s);
    for (size_t i = 0; i < width; i += WD) {
      vd p = load_vd(a + i), q = load_vd(b + i);
      store_vd(a + i, fma_vd(c, p, -(s * q)));
      store_vd(b + i, fma_vd(s, p, c * q));
    }
  }
}

// `columns` numbers of each row, which lie `step` apart: copied to a strip that stays in the cache.
static void rotate(
    size_t rows, size_t columns, size_t step, double *x, size_t count,
    const ck_rotation *rotations) {
  enum { STRIP = 64 };
  double *room = ck_scratch(CK_SCRATCH_BLOCK, rows * STRIP * sizeof(double));
  for (size_t i = 0; i < rows; i++) {
    __builtin_memcpy(room + i * STRIP, x + i * step, columns * sizeof(double));
    __builtin_memset(room + i * STRIP + columns, 0, (STRIP - columns) * sizeof(double));
  }
  rotate_strip(STRIP, count, rotations, room);
  for (size_t i = 0; i < rows; i++)
    __builtin_memcpy(x + i * step, room + i * STRIP, columns * sizeof(double));
}
