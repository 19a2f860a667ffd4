#pragma once
// What a level provides. The dispatch picks one table; sizes are checked by the callers.
#include "correlation.h"
#include "include/kernels.h"
#include "scratch.h"
#include "workers.h"

typedef struct {
  void (*map)(ck_type, ck_map_op, size_t, const void *, void *);
  void (*gelu)(ck_type, size_t, const void *, void *, void *);
  void (*zip)(
      ck_type, ck_zip_op, size_t, size_t, const void *, size_t, size_t, const void *, size_t,
      size_t, void *);
  void (*add_scaled)(ck_type, size_t, double, const void *, void *);
  void (*reduce)(
      ck_type, ck_reduce_op, size_t, size_t, size_t, size_t, const void *, void *);
  void (*rows)(
      ck_type, ck_row_op, size_t, size_t, const void *, const int64_t *, const void *, void *);
  void (*row_pairs)(
      ck_type, ck_row_pair_op, size_t, size_t, const void *, const void *, void *);
  void (*norm)(
      ck_type, ck_norm_op, const ck_norm *, size_t, size_t, const void *, const void *,
      const void *, void *, void *);
  void (*matmul)(
      ck_type, size_t, size_t, size_t, const void *, size_t, size_t, const void *, size_t, size_t,
      void *, size_t);
  // The product with a bias added to every row, and then a map, unless `then` is below 0.
  void (*affine)(
      ck_type, size_t, size_t, size_t, const void *, size_t, size_t, const void *, size_t, size_t,
      const void *bias, int then, void *, size_t);
  ck_image_kernels images;
  void (*solve)(
      ck_type, int, int, size_t, size_t, const void *, size_t, size_t, void *, size_t, size_t);
  size_t (*cholesky)(ck_type, size_t, void *, size_t);
  void (*panel)(ck_type, size_t, size_t, void *, size_t *);
  void (*rotate)(size_t, size_t, size_t, double *, size_t, const ck_rotation *);
  void (*round_to)(
      ck_type, const ck_format *, size_t, const void *, const double *draws, void *);
  // Rows from `first` to `end`; the last, sixteen columns from j.
  void (*rounded_matmul)(
      ck_type, const ck_rounded_steps *, size_t first, size_t end, size_t n, size_t k,
      const void *, const void *, void *);
  void (*rounded_left)(
      ck_type, const ck_rounded_steps *, ck_seen, size_t first, size_t end, size_t n, size_t k,
      const void *, const void *, const void *, void *);
  void (*rounded_right)(
      ck_type, const ck_rounded_steps *, ck_seen, size_t j, size_t m, size_t n, size_t k,
      const void *, const void *, const void *, void *);
  void (*draw)(ck_type, ck_draw_op, uint64_t, uint64_t, uint64_t, size_t, void *);
  void (*convert_words)(ck_type, ck_draw_op, size_t, const uint64_t *, void *);
  void (*blend)(
      ck_type, ck_blend_op, size_t, const void *, size_t, const void *, size_t, const void *,
      size_t, void *);
  void (*adam)(ck_type, size_t, const ck_adam *, const void *, void *, void *, void *);
} ck_table;

extern const ck_table ck_table_portable;
extern const ck_table ck_table_scalar;
extern const ck_table ck_table_avx2;
extern const ck_table ck_table_avx512;
extern const ck_table ck_table_neon;

// The table of the selected level.
const ck_table *ck_current(void);

// x - q pi/2 for the q that makes it least, as a sum of two numbers; q modulo 4. For |x| of 2^20
// and more, where the product with 2/pi needs its far digits.
int ck_reduce_angle(double x, double *high, double *low);
