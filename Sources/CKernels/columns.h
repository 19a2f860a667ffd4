// Columns of rows whose numbers are consecutive: out[q][i] = source[i][p + q] for the numbers of 16
// bytes. Pieces of 16 bytes are loaded to the lanes where they belong, and turned inside those.

#if VECTORS
#define STEP_f 4
#define STEP_d 2
typedef float piece_f __attribute__((ext_vector_type(4)));
typedef double piece_d __attribute__((ext_vector_type(2)));

INLINE piece_f load_piece_f(const float *p) {
  piece_f v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
INLINE piece_d load_piece_d(const double *p) {
  piece_d v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
#endif

#if BYTES == 64
#define JOIN_f(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7)
#define JOIN_d(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3)
#define PIECES_f(i)                                                                            \
  __builtin_shufflevector(                                                                     \
      JOIN_f(load_piece_f(source[i] + p), load_piece_f(source[i + 4] + p)),                    \
      JOIN_f(load_piece_f(source[i + 8] + p), load_piece_f(source[i + 12] + p)), 0, 1, 2, 3, 4, \
      5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#define PIECES_d(i)                                                         \
  __builtin_shufflevector(                                                  \
      JOIN_d(load_piece_d(source[i] + p), load_piece_d(source[i + 2] + p)), \
      JOIN_d(load_piece_d(source[i + 4] + p), load_piece_d(source[i + 6] + p)), 0, 1, 2, 3, 4, 5, \
      6, 7)
#define LOW_f(a, b) \
  __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define HIGH_f(a, b) \
  __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)
#define LOW_d(a, b) __builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define HIGH_d(a, b) __builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#elif BYTES == 32
#define PIECES_f(i)                                                                         \
  __builtin_shufflevector(                                                                  \
      load_piece_f(source[i] + p), load_piece_f(source[i + 4] + p), 0, 1, 2, 3, 4, 5, 6, 7)
#define PIECES_d(i)          \
  __builtin_shufflevector(   \
      load_piece_d(source[i] + p), load_piece_d(source[i + 2] + p), 0, 1, 2, 3)
#define LOW_f(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define HIGH_f(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)
#define LOW_d(a, b) __builtin_shufflevector(a, b, 0, 4, 2, 6)
#define HIGH_d(a, b) __builtin_shufflevector(a, b, 1, 5, 3, 7)
#elif BYTES == 16
#define PIECES_f(i) load_piece_f(source[i] + p)
#define PIECES_d(i) load_piece_d(source[i] + p)
#define LOW_f(a, b) __builtin_shufflevector(a, b, 0, 4, 1, 5)
#define HIGH_f(a, b) __builtin_shufflevector(a, b, 2, 6, 3, 7)
#define LOW_d(a, b) __builtin_shufflevector(a, b, 0, 2)
#define HIGH_d(a, b) __builtin_shufflevector(a, b, 1, 3)
#endif

#if VECTORS
INLINE void columns_f(const float *const *source, size_t p, vf *out) {
  vf a = PIECES_f(0), b = PIECES_f(1), c = PIECES_f(2), d = PIECES_f(3);
  vd low = (vd)LOW_f(a, b), more_low = (vd)LOW_f(c, d);
  vd high = (vd)HIGH_f(a, b), more_high = (vd)HIGH_f(c, d);
  out[0] = (vf)LOW_d(low, more_low);
  out[1] = (vf)HIGH_d(low, more_low);
  out[2] = (vf)LOW_d(high, more_high);
  out[3] = (vf)HIGH_d(high, more_high);
}

INLINE void columns_d(const double *const *source, size_t p, vd *out) {
  vd a = PIECES_d(0), b = PIECES_d(1);
  out[0] = LOW_d(a, b);
  out[1] = HIGH_d(a, b);
}
#else
#define STEP_f 1
#define STEP_d 1
INLINE void columns_f(const float *const *source, size_t p, vf *out) { *out = source[0][p]; }
INLINE void columns_d(const double *const *source, size_t p, vd *out) { *out = source[0][p]; }
#endif
