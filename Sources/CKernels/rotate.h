// Rotations of rows, one after another, over a strip of columns.

// A few vectors of every row, whose rows lie `width` apart. A row that the next rotation turns too
// stays in registers.
enum { ROTATE_VECTORS = 4, STRIP = 64 };

INLINE void rotate_vectors(size_t count, const ck_rotation *restrict rotations, double *x) {
  vd held[ROTATE_VECTORS];
  // No row is held.
  uint32_t row = UINT32_MAX;
  for (size_t r = 0; r < count; r++) {
    const ck_rotation t = rotations[r];
    double *a = x + (size_t)t.x * STRIP, *b = x + (size_t)t.y * STRIP;
    vd c = (vd)(t.c), s = (vd)(t.s), p[ROTATE_VECTORS], q[ROTATE_VECTORS];
    int next_x = r + 1 < count && (rotations[r + 1].x == t.x || rotations[r + 1].y == t.x);
    if (row == t.y) {
      for (int i = 0; i < ROTATE_VECTORS; i++) {
        p[i] = load_vd(a + i * WD);
        q[i] = held[i];
      }
    } else if (row == t.x) {
      for (int i = 0; i < ROTATE_VECTORS; i++) {
        p[i] = held[i];
        q[i] = load_vd(b + i * WD);
      }
    } else {
      if (row != UINT32_MAX)
        for (int i = 0; i < ROTATE_VECTORS; i++)
          store_vd(x + (size_t)row * STRIP + i * WD, held[i]);
      for (int i = 0; i < ROTATE_VECTORS; i++) {
        p[i] = load_vd(a + i * WD);
        q[i] = load_vd(b + i * WD);
      }
    }
    if (next_x) {
      for (int i = 0; i < ROTATE_VECTORS; i++) {
        held[i] = fma_vd(c, p[i], -(s * q[i]));
        store_vd(b + i * WD, fma_vd(s, p[i], c * q[i]));
      }
      row = t.x;
    } else {
      for (int i = 0; i < ROTATE_VECTORS; i++) {
        store_vd(a + i * WD, fma_vd(c, p[i], -(s * q[i])));
        held[i] = fma_vd(s, p[i], c * q[i]);
      }
      row = t.y;
    }
  }
  if (row != UINT32_MAX)
    for (int i = 0; i < ROTATE_VECTORS; i++) store_vd(x + (size_t)row * STRIP + i * WD, held[i]);
}

// `columns` numbers of each row, which lie `step` apart: copied to a strip that stays in the cache.
static void rotate(
    size_t rows, size_t columns, size_t step, double *x, size_t count,
    const ck_rotation *rotations) {
  double *room = ck_scratch(CK_SCRATCH_BLOCK, rows * STRIP * sizeof(double));
  for (size_t i = 0; i < rows; i++) {
    __builtin_memcpy(room + i * STRIP, x + i * step, columns * sizeof(double));
    __builtin_memset(room + i * STRIP + columns, 0, (STRIP - columns) * sizeof(double));
  }
  for (size_t i = 0; i < columns; i += ROTATE_VECTORS * WD)
    rotate_vectors(count, rotations, room + i);
  for (size_t i = 0; i < rows; i++)
    __builtin_memcpy(x + i * step, room + i * STRIP, columns * sizeof(double));
}
