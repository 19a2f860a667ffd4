// One entry at a time: functions of one and of two numbers. A tail shorter than a vector goes
// through a padded one, whose other lanes are thrown away.

INLINE hf widened(hf x, ck_map_op op);

INLINE vd map_vd(ck_map_op op, vd x) {
  switch (op) {
    case CK_NEGATE: return NUMBER(BITS(x) ^ (vdi)(INT64_MIN));
    case CK_ABSOLUTE: return magnitude(x);
    case CK_SIGN: return IF(x > 0.0, S(1.0), IF(x < 0.0, S(-1.0), x));
    case CK_SQUARE_ROOT: return __builtin_elementwise_sqrt(x);
    case CK_RELU: return IF(x > 0.0, x, IF(x != x, x, S(0.0)));
    case CK_EXP: return exp_vd(x);
    case CK_EXPM1: return expm1_vd(x);
    case CK_LOG: return log_vd(x);
    case CK_LOG1P: return log1p_vd(x);
    case CK_TANH: return tanh_vd(x);
    case CK_LOGISTIC: return logistic_vd(x);
    case CK_SOFTPLUS: return softplus_vd(x);
    case CK_SIN: return sin_vd(x);
    case CK_COS: return cos_vd(x);
    case CK_ERF: return erf_vd(x);
    case CK_NORMAL_QUANTILE: return quantile_vd(x);
    case CK_SQUARE: return x * x;
    case CK_INVERSE_ROOT: return 1.0 / __builtin_elementwise_sqrt(x);
    case CK_ROUND: return round_vd(x);
    case CK_FLOOR: return floor_vd(x);
    case CK_NORMAL_CDF: return normal_cdf_vd(x);
    case CK_GELU: return gelu_vd(x);
    case CK_GELU_SLOPE: return gelu_slope_vd(x);
    case CK_GELU_TANH: return gelu_tanh_vd(x);
    case CK_GELU_TANH_SLOPE: return gelu_tanh_slope_vd(x);
    case CK_SILU: return silu_vd(x);
    case CK_SILU_SLOPE: return silu_slope_vd(x);
    case CK_LOG_GAMMA: return log_gamma_vd(x);
    case CK_DIGAMMA: return digamma_vd(x);
    case CK_TRIGAMMA: return trigamma_vd(x);
  }
}

INLINE hf widened(hf x, ck_map_op op) {
  return __builtin_convertvector(map_vd(op, __builtin_convertvector(x, vd)), hf);
}

INLINE void map_doubles(ck_map_op op, size_t n, const double *x, double *y) {
  size_t i = 0;
  for (; i + WD <= n; i += WD) store_vd(y + i, map_vd(op, load_vd(x + i)));
  if (i == n) return;
  double rest[WD] = {0};
  __builtin_memcpy(rest, x + i, (n - i) * sizeof *x);
  store_vd(rest, map_vd(op, load_vd(rest)));
  __builtin_memcpy(y + i, rest, (n - i) * sizeof *x);
}

INLINE void map_floats(ck_map_op op, size_t n, const float *x, float *y) {
  size_t i = 0;
  for (; i + WD <= n; i += WD) store_hf(y + i, widened(load_hf(x + i), op));
  if (i == n) return;
  float rest[WD] = {0};
  __builtin_memcpy(rest, x + i, (n - i) * sizeof *x);
  store_hf(rest, widened(load_hf(rest), op));
  __builtin_memcpy(y + i, rest, (n - i) * sizeof *x);
}

#define MAP_CASE(op)                       \
  case op:                                 \
    if (type == CK_F32)                    \
      map_floats(op, n, x, y);             \
    else                                   \
      map_doubles(op, n, x, y);            \
    break;

static void map(ck_type type, ck_map_op op, size_t n, const void *x, void *y) {
  switch (op) {
    MAP_CASE(CK_NEGATE)
    MAP_CASE(CK_ABSOLUTE)
    MAP_CASE(CK_SIGN)
    MAP_CASE(CK_SQUARE_ROOT)
    MAP_CASE(CK_RELU)
    MAP_CASE(CK_EXP)
    MAP_CASE(CK_EXPM1)
    MAP_CASE(CK_LOG)
    MAP_CASE(CK_LOG1P)
    MAP_CASE(CK_TANH)
    MAP_CASE(CK_LOGISTIC)
    MAP_CASE(CK_SOFTPLUS)
    MAP_CASE(CK_SIN)
    MAP_CASE(CK_COS)
    MAP_CASE(CK_ERF)
    MAP_CASE(CK_NORMAL_QUANTILE)
    MAP_CASE(CK_SQUARE)
    MAP_CASE(CK_INVERSE_ROOT)
    MAP_CASE(CK_ROUND)
    MAP_CASE(CK_FLOOR)
    MAP_CASE(CK_NORMAL_CDF)
    MAP_CASE(CK_GELU)
    MAP_CASE(CK_GELU_SLOPE)
    MAP_CASE(CK_GELU_TANH)
    MAP_CASE(CK_GELU_TANH_SLOPE)
    MAP_CASE(CK_SILU)
    MAP_CASE(CK_SILU_SLOPE)
    MAP_CASE(CK_LOG_GAMMA)
    MAP_CASE(CK_DIGAMMA)
    MAP_CASE(CK_TRIGAMMA)
  }
}

// The values of gelu and its slopes.
static void gelu(ck_type type, size_t n, const void *x, void *y, void *slopes) {
  size_t i = 0, size = type == CK_F32 ? sizeof(float) : sizeof(double);
  vd value, slope;
  for (; i < n; i += WD) {
    size_t left = n - i < WD ? n - i : WD;
    double room[3][WD] = {{0}};
    const char *from = (const char *)x + i * size;
    if (left < WD) from = __builtin_memcpy(room[0], from, left * size);
    char *to = left < WD ? (char *)room[1] : (char *)y + i * size;
    char *to_slope = left < WD ? (char *)room[2] : (char *)slopes + i * size;
    if (type == CK_F32) {
      value = gelu_with_slope(
          __builtin_convertvector(load_hf((const float *)from), vd), &slope);
      store_hf((float *)to, __builtin_convertvector(value, hf));
      store_hf((float *)to_slope, __builtin_convertvector(slope, hf));
    } else {
      value = gelu_with_slope(load_vd((const double *)from), &slope);
      store_vd((double *)to, value);
      store_vd((double *)to_slope, slope);
    }
    if (left == WD) continue;
    __builtin_memcpy((char *)y + i * size, to, left * size);
    __builtin_memcpy((char *)slopes + i * size, to_slope, left * size);
  }
}

INLINE vd zip_vd(ck_zip_op op, vd a, vd b) {
  switch (op) {
    case CK_ADD: return a + b;
    case CK_SUBTRACT: return a - b;
    case CK_MULTIPLY: return a * b;
    case CK_DIVIDE: return a / b;
    case CK_POWER: return power_vd(a, b);
    case CK_MAXIMUM: return IF((a > b) | (a != a), a, b);
    case CK_MINIMUM: return IF((a < b) | (a != a), a, b);
    case CK_GATE: return IF(b > 0.0, a, IF(b != b, b, S(0.0)));
    case CK_GREATER: return IF(a > b, S(1.0), S(0.0));
    case CK_EQUAL: return IF(a == b, S(1.0), S(0.0));
    case CK_LEAKY: return IF(a > 0.0, a, a * b);
    case CK_ELU: return IF(a > 0.0, a, b * expm1_vd(a));
  }
}

INLINE vf zip_vf(ck_zip_op op, vf a, vf b) {
  switch (op) {
    case CK_ADD: return a + b;
    case CK_SUBTRACT: return a - b;
    case CK_MULTIPLY: return a * b;
    case CK_DIVIDE: return a / b;
    // Worked out in doubles.
    case CK_POWER: return a;
    case CK_MAXIMUM: return select_vf((a > b) | (a != a), a, b);
    case CK_MINIMUM: return select_vf((a < b) | (a != a), a, b);
    case CK_GATE: return select_vf(b > 0.0f, a, select_vf(b != b, b, (vf)(0.0f)));
    case CK_GREATER: return select_vf(a > b, (vf)(1.0f), (vf)(0.0f));
    case CK_EQUAL: return select_vf(a == b, (vf)(1.0f), (vf)(0.0f));
    case CK_LEAKY: return select_vf(a > 0.0f, a, a * b);
    case CK_ELU: return a;
  }
}

INLINE hf zip_hf(ck_zip_op op, hf a, hf b) {
  vd y = zip_vd(op, __builtin_convertvector(a, vd), __builtin_convertvector(b, vd));
  return __builtin_convertvector(y, hf);
}

// One row; a step of 0 repeats the first number.
#define ZIP_ROW(NAME, T, V, W, LOAD, STORE, OP)                                                 \
  INLINE void NAME(                                                                             \
      ck_zip_op op, size_t n, const T *a, size_t a_step, const T *b, size_t b_step, T *y) {     \
    size_t i = 0;                                                                               \
    if (n >= W) {                                                                               \
      V first_a = (V)(a[0]), first_b = (V)(b[0]);                                               \
      for (; i + W <= n; i += W)                                                                \
        STORE(y + i, OP(op, a_step ? LOAD(a + i) : first_a, b_step ? LOAD(b + i) : first_b));   \
    }                                                                                           \
    if (i == n) return;                                                                         \
    T p[W] = {0}, q[W] = {0};                                                                   \
    for (size_t j = 0; j < n - i; j++) {                                                        \
      p[j] = a[(i + j) * a_step];                                                               \
      q[j] = b[(i + j) * b_step];                                                               \
    }                                                                                           \
    STORE(p, OP(op, LOAD(p), LOAD(q)));                                                         \
    __builtin_memcpy(y + i, p, (n - i) * sizeof(T));                                            \
  }

ZIP_ROW(zip_row_d, double, vd, WD, load_vd, store_vd, zip_vd)
ZIP_ROW(zip_row_f, float, vf, WF, load_vf, store_vf, zip_vf)
ZIP_ROW(zip_row_h, float, hf, WD, load_hf, store_hf, zip_hf)

#define ZIP_ROWS(ROW, T)                                                                        \
  for (size_t r = 0; r < rows; r++)                                                             \
    ROW(op, columns, (const T *)a + r * a_row, a_column, (const T *)b + r * b_row, b_column,    \
        (T *)y + r * columns);

#define ZIP_CASE(op)                \
  case op:                          \
    if (type == CK_F64)             \
      ZIP_ROWS(zip_row_d, double)   \
    else if (op == CK_POWER || op == CK_ELU)        \
      ZIP_ROWS(zip_row_h, float)    \
    else                            \
      ZIP_ROWS(zip_row_f, float)    \
    break;

static void zip(
    ck_type type, ck_zip_op op, size_t rows, size_t columns, const void *a, size_t a_row,
    size_t a_column, const void *b, size_t b_row, size_t b_column, void *y) {
  switch (op) {
    ZIP_CASE(CK_ADD)
    ZIP_CASE(CK_SUBTRACT)
    ZIP_CASE(CK_MULTIPLY)
    ZIP_CASE(CK_DIVIDE)
    ZIP_CASE(CK_POWER)
    ZIP_CASE(CK_MAXIMUM)
    ZIP_CASE(CK_MINIMUM)
    ZIP_CASE(CK_GATE)
    ZIP_CASE(CK_GREATER)
    ZIP_CASE(CK_EQUAL)
    ZIP_CASE(CK_LEAKY)
    ZIP_CASE(CK_ELU)
  }
}

static void add_scaled(ck_type type, size_t n, double scale, const void *from, void *to) {
  size_t i = 0;
  if (type == CK_F32) {
    const float *x = from, s = (float)scale;
    float *y = to;
    for (; i + WF <= n; i += WF) store_vf(y + i, fma_vf((vf)(s), load_vf(x + i), load_vf(y + i)));
    for (; i < n; i++) y[i] = fma_1f(s, x[i], y[i]);
  } else {
    const double *x = from;
    double *y = to;
    for (; i + WD <= n; i += WD) store_vd(y + i, fma_vd((vd)(scale), load_vd(x + i), load_vd(y + i)));
    for (; i < n; i++) y[i] = fma_1d(scale, x[i], y[i]);
  }
}

// Three numbers: fma(a, b, c), or b where a is not zero and c elsewhere. A step of 0 repeats the
// first number.
#define BLEND(T, V, W, LOAD, STORE, FMA, SELECT)                                                \
  {                                                                                             \
    const T *a = from_a, *b = from_b, *c = from_c;                                              \
    T *y = to;                                                                                  \
    for (size_t i = 0; i < n; i += W) {                                                         \
      size_t left = n - i < W ? n - i : W;                                                      \
      T room[4][W] = {{0}};                                                                     \
      if (left < W || !a_step || !b_step || !c_step)                                            \
        for (size_t j = 0; j < left; j++) {                                                     \
          room[0][j] = a[(i + j) * a_step];                                                     \
          room[1][j] = b[(i + j) * b_step];                                                     \
          room[2][j] = c[(i + j) * c_step];                                                     \
        }                                                                                       \
      int direct = left == W && a_step && b_step && c_step;                                     \
      V u = LOAD(direct ? a + i : room[0]), v = LOAD(direct ? b + i : room[1]);                 \
      V w = LOAD(direct ? c + i : room[2]);                                                     \
      V z = op == CK_FMA ? FMA(u, v, w) : SELECT(u != (T)0, v, w);                              \
      STORE(direct ? y + i : room[3], z);                                                       \
      if (!direct) __builtin_memcpy(y + i, room[3], left * sizeof(T));                          \
    }                                                                                           \
  }

static void blend(
    ck_type type, ck_blend_op op, size_t n, const void *from_a, size_t a_step, const void *from_b,
    size_t b_step, const void *from_c, size_t c_step, void *to) {
  if (type == CK_F32) BLEND(float, vf, WF, load_vf, store_vf, fma_vf, select_vf)
  else BLEND(double, vd, WD, load_vd, store_vd, fma_vd, select_vd)
}
