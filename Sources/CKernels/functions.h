// Elementary functions of a vector of doubles. Floats are widened, so their results are those of
// the doubles, rounded. Series are plain Taylor and atanh series, whose coefficients need no table.
#define S(x) ((vd)(x))
#define BITS(x) ((vdi)(x))
#define NUMBER(x) ((vd)(x))
#define IF(mask, a, b) select_vd((mask), (a), (b))
#define F(a, b, c) fma_vd((a), (b), (c))

// Adding it to a small number leaves the number, rounded, in the low bits.
#define ROUNDER 0x1.8p52
#define LN2_HIGH 0x1.62e42fefa39efp-1
#define LN2_LOW 0x1.abc9e3b39803fp-56
// The first 32 bits of ln 2, so that a multiple by an exponent is exact, and the rest.
#define LN2_SHORT 0x1.62e42feep-1
#define LN2_REST 0x1.a39ef35793c76p-33
#define INFINITE __builtin_inf()

INLINE vd magnitude(vd x) { return NUMBER(BITS(x) & (vdi)(INT64_MAX)); }
INLINE vd with_sign(vd x, vd sign) { return NUMBER(BITS(x) | (BITS(sign) & (vdi)(INT64_MIN))); }

INLINE vd horner(const double *c, int n, vd x) {
  vd y = S(c[n - 1]);
#pragma clang loop unroll(full)
  for (int i = n - 2; i >= 0; i--) y = F(y, x, S(c[i]));
  return y;
}

// 2^n for n from -1022 to 1023.
INLINE vd power_of_two(vdi n) { return NUMBER((n + 1023) << 52); }

// x + tail = n ln 2 + r with |r| below 0.35, for a tail far below x; exp(r) - 1 is r + rest.
INLINE vd exp_reduced(vd x, vd tail, vdi *n, vd *rest) {
  // 1/2!, 1/3!, ...
  static const double c[] = {
      0x1p-1, 0x1.5555555555555p-3, 0x1.5555555555555p-5, 0x1.1111111111111p-7,
      0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-16, 0x1.71de3a556c734p-19,
      0x1.27e4fb7789f5cp-22, 0x1.ae64567f544e4p-26, 0x1.1eed8eff8d898p-29, 0x1.6124613a86d09p-33};
  vd shifted = F(x, S(0x1.71547652b82fep0), S(ROUNDER));
  *n = BITS(shifted) - BITS(S(ROUNDER));
  vd whole = shifted - ROUNDER;
  // The first difference is exact.
  vd high = F(whole, S(-LN2_HIGH), x), low = F(whole, S(-LN2_LOW), tail);
  vd r = high + low;
  *rest = F(r * r, horner(c, 12, r), (high - r) + low);
  return r;
}

// exp(x + tail) for a tail below 2^-40 of x.
INLINE vd exp_sum(vd x, vd tail) {
  x = IF(x > 720.0, S(720.0), IF(x < -760.0, S(-760.0), x));
  vdi n;
  vd rest, r = exp_reduced(x, tail, &n, &rest);
  vd e = r + 1.0;
  e = e + (((1.0 - e) + r) + rest);
  // In two steps: either factor is a normal number, and only the last product rounds.
  vdi half = (vdi)((vdu)(n + 4096) >> 1) - 2048;
  return e * power_of_two(half) * power_of_two(n - half);
}

INLINE vd exp_vd(vd x) { return exp_sum(x, S(0.0)); }

INLINE vd expm1_vd(vd x) {
  vd bounded = IF(x > 720.0, S(720.0), IF(x < -50.0, S(-50.0), x));
  vdi n;
  vd rest, r = exp_reduced(bounded, S(0.0), &n, &rest);
  // Half of 2^n, as 2^1024 is no number; n is 1039 at most, and overflows as it should.
  vdi m = n - 1;
  m = m - ((m - 1023) & (m > 1023));
  vd scale = power_of_two(m), less = scale - 0.5;
  vd y = F(scale, r, less);
  y = 2.0 * (y + F(scale, rest, F(scale, r, less - y)));
  y = IF(x > 709.79, S(INFINITE), y);
  return IF(magnitude(x) < 0x1p-54, x, y);
}

typedef struct {
  vd exponent, mantissa;
} parts;

// x = 2^exponent mantissa for x > 0, the mantissa between sqrt(1/2) and sqrt(2).
INLINE parts split(vd x) {
  vdi small = x < 0x1p-1022;
  x = IF(small, x * 0x1p54, x);
  vdi bits = BITS(x) - 0x3fe6a09e667f3bcd + (1023LL << 52);
  vdi e = (vdi)((vdu)bits >> 52) - 1023;
  parts p;
  p.mantissa = NUMBER(BITS(x) - (e << 52));
  p.exponent = NUMBER(e + BITS(S(ROUNDER))) - ROUNDER;
  p.exponent = IF(small, p.exponent - 54.0, p.exponent);
  return p;
}

// exponent ln 2 + log(1 + f) + tail, with s = f / (2 + f):
// log(1 + f) = f - f^2/2 + s (f^2/2 + 2/3 s^2 + 2/5 s^4 + ...).
INLINE vd log_sum(vd exponent, vd f, vd tail) {
  static const double c[] = {
      2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19,
      2.0 / 21};
  vd s = f / (f + 2.0), z = s * s, half = 0.5 * f * f;
  vd r = F(s, F(z, horner(c, 10, z), half), F(exponent, S(LN2_REST), tail));
  return F(exponent, S(LN2_SHORT), -((half - r) - f));
}

// The logarithm's values outside its reach: at zero, below, and at infinity.
INLINE vd log_ends(vd x, vd y) {
  y = IF(x == 0.0, S(-INFINITE), y);
  y = IF(x < 0.0, S(__builtin_nan("")), y);
  return IF((x == INFINITE) | (x != x), x, y);
}

INLINE vd log_vd(vd x) {
  parts p = split(x);
  return log_ends(x, log_sum(p.exponent, p.mantissa - 1.0, S(0.0)));
}

INLINE vd log1p_vd(vd x) {
  vd u = x + 1.0;
  parts p = split(u);
  vdi near = p.exponent == 0.0;
  vd lost = IF(x >= 1.0, 1.0 - (u - x), x - (u - 1.0)) / u;
  vd y = log_sum(p.exponent, IF(near, x, p.mantissa - 1.0), IF(near, S(0.0), lost));
  y = log_ends(u, y);
  return IF(magnitude(x) < 0x1p-54, x, y);
}

INLINE vd tanh_vd(vd x) {
  vd a = magnitude(x);
  a = IF(a > 22.0, S(22.0), a);
  vd t = expm1_vd(2.0 * a);
  vd y = IF(a < 0.55, t / (t + 2.0), 1.0 - 2.0 / (t + 2.0));
  return with_sign(y, x);
}

INLINE vd logistic_vd(vd x) {
  vd e = exp_vd(-magnitude(x));
  return IF(x < 0.0, e, S(1.0)) / (e + 1.0);
}

INLINE vd softplus_vd(vd x) {
  vd y = log1p_vd(exp_vd(-magnitude(x)));
  return IF(x > 0.0, x + y, IF(x != x, x, y));
}
