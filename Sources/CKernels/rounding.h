// Rounding of doubles to narrower formats, exact in every lane.

// A format as lanes; exponents are biased as in the bits of a double.
typedef struct {
  vdi mantissa, lowest, cut;
  vd least, greatest;
  int subnormals, saturates, chops;
} grid;

INLINE grid grid_of(const ck_format *format) {
  // 2^lowest and (2 - 2^-mantissa) 2^highest.
  int64_t least = (int64_t)(1023 + format->lowest) << 52;
  int64_t digits = (((int64_t)1 << format->mantissa) - 1) << (52 - format->mantissa);
  int64_t greatest = (int64_t)(1023 + format->highest) << 52 | digits;
  return (grid){
      (vdi)((int64_t)format->mantissa),
      (vdi)((int64_t)(1023 + format->lowest)),
      (vdi)(-((int64_t)1 << (52 - format->mantissa))),
      NUMBER((vdi)(least)),
      NUMBER((vdi)(greatest)),
      format->subnormals,
      format->saturates,
      format->rounding == CK_TOWARD_ZERO,
  };
}

// The part of a magnitude that the format can hold, as a whole number of its steps, and the step.
INLINE vd in_steps(const grid *q, vd a, vd *step) {
  // Infinities count as 2^1023, whose step is still a number.
  vdi exponent = BITS(IF(a < __builtin_inf(), a, S(0x1p1023))) >> 52;
  vdi above = exponent > q->lowest;
  exponent = (exponent & above) | (q->lowest & ~above);
  *step = NUMBER((exponent - q->mantissa) << 52);
  return a * NUMBER((2046 + q->mantissa - exponent) << 52);
}

// Adding 2^52 leaves no digit behind the point.
INLINE vd whole(vd steps) { return (steps + 0x1p52) - 0x1p52; }

INLINE vd whole_below(vd steps) {
  vd near = whole(steps);
  return near - IF(near > steps, S(1.0), S(0.0));
}

// The sign of x on the magnitude y, which becomes 0, the greatest number or infinity where the
// format cannot hold it. `over` says where x, or to nearest what it rounds to, is beyond the greatest one.
INLINE vd within(const grid *q, vd x, vd a, vd y, int chops, vdi *over) {
  if (!q->subnormals) y = IF(a < q->least, S(0.0), y);
  *over = (chops ? a : y) > q->greatest;
  vd end = q->saturates ? q->greatest : (vd)(__builtin_inf());
  if (chops && !q->saturates) end = IF(a < __builtin_inf(), q->greatest, end);
  y = IF(*over, end, y);
  return NUMBER(BITS(y) | (BITS(x) & (vdi)(INT64_MIN)));
}

INLINE vd to_grid(const grid *q, vd x, vdi *over) {
  vd a = magnitude(x), step;
  if (q->chops && !q->subnormals)
    return within(q, x, a, IF(a != a, a, NUMBER(BITS(a) & q->cut)), 1, over);
  vd steps = in_steps(q, a, &step);
  vd y = (q->chops ? whole_below(steps) : whole(steps)) * step;
  return within(q, x, a, y, q->chops, over);
}

INLINE vd to_grid_drawn(const grid *q, vd x, vd draw) {
  vd a = magnitude(x), step;
  vdi over;
  vd steps = in_steps(q, a, &step), below = whole_below(steps);
  vd y = (below + IF(steps - below > draw, S(1.0), S(0.0))) * step;
  return within(q, x, a, y, 0, &over);
}

// Up to WD numbers of either type, in lanes.
INLINE vd take_lanes(ck_type type, const void *x, size_t first, size_t taken) {
  double lanes[WD] = {0};
  if (type == CK_F64 && taken >= WD) return load_vd((const double *)x + first);
#if WD > 1
  if (type == CK_F32 && taken >= WD)
    return __builtin_convertvector(load_hf((const float *)x + first), vd);
#endif
  for (size_t i = 0; i < WD && i < taken; i++)
    lanes[i] = type == CK_F32 ? ((const float *)x)[first + i] : ((const double *)x)[first + i];
  return load_vd(lanes);
}

INLINE void put_lanes(ck_type type, void *y, size_t first, size_t taken, vd numbers) {
  double lanes[WD];
  store_vd(lanes, numbers);
  for (size_t i = 0; i < WD && i < taken; i++) {
    if (type == CK_F32) ((float *)y)[first + i] = (float)lanes[i];
    else ((double *)y)[first + i] = lanes[i];
  }
}

static void round_to(
    ck_type type, const ck_format *format, size_t n, const void *x, const double *draws, void *y) {
  grid q = grid_of(format);
  for (size_t i = 0; i < n; i += WD) {
    vdi over;
    vd number = take_lanes(type, x, i, n - i);
    vd result = draws ? to_grid_drawn(&q, number, take_lanes(CK_F64, draws, i, n - i))
                      : to_grid(&q, number, &over);
    put_lanes(type, y, i, n - i, result);
  }
}
