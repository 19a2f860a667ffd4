// Functions of networks and distributions, on vectors of doubles.

// The chance that a standard normal number is below x: with a = |x| / sqrt(2), half of
// exp(-x^2 / 2) times the scaled complement of erf at a, or one less that. Gives the exponential,
// too.
INLINE vd normal_cdf_parts(vd x, vd *gauss) {
  // a exp(a^2) (1 - erf(a)) beyond 6, in 1 / a^2 (Tests/Golden/kernel_constants.py).
  static const double beyond[] = {
      0x1.20dd750429b6dp-1, -0x1.20dd750429a16p-2, 0x1.b14c2f85fac2dp-2, -0x1.0ecf9d973dc62p+0,
      0x1.d9eb4550e4ea8p+1, -0x1.0a9327d09228ep+4, 0x1.6e6912a9053edp+6, -0x1.28763716d43fcp+9,
      0x1.0dbee1fe52e04p+12, -0x1.f4d9bb12be596p+14, 0x1.852a002bea796p+17,
      -0x1.574bfbe7e63f4p+19};
  vd b = magnitude(x);
  b = IF(b > 39.0, S(39.0), b);
  vd z = 0.5 * b * b, lost = 0.5 * F(b, b, -(b * b));
  vd a = b * 0x1.6a09e667f3bcdp-1;
  vd scaled = complement_scaled(a);
  vdi far = a >= 6.0;
  if (__builtin_reduce_or(far)) {
    vd inverse = 1.0 / a;
    scaled = IF(far, inverse * horner(beyond, 12, inverse * inverse), scaled);
  }
  *gauss = exp_sum(-z, -lost);
  vd tail = 0.5 * *gauss * scaled;
  vd near = 0.5 + 0.5 * with_sign(erf_low(a), x);
  vd y = IF(x < 0.0, tail, 1.0 - tail);
  y = IF(b < 1.18, near, y);
  return IF(x != x, x, y);
}

INLINE vd normal_cdf_vd(vd x) {
  vd gauss;
  return normal_cdf_parts(x, &gauss);
}

// x times the distribution function, and its derivative; at -infinity both are zero.
INLINE vd gelu_vd(vd x) { return IF(x < -39.0, S(-0.0), x * normal_cdf_vd(x)); }
INLINE vd gelu_slope_vd(vd x) {
  vd bounded = IF(x > 39.0, S(39.0), IF(x < -39.0, S(-39.0), x)), gauss;
  vd chance = normal_cdf_parts(bounded, &gauss);
  return F(bounded, gauss * 0x1.9884533d43651p-2, chance);
}
// Both at once. Beyond 39 the distribution function is the same as there.
INLINE vd gelu_with_slope(vd x, vd *slope) {
  vd bounded = IF(x > 39.0, S(39.0), IF(x < -39.0, S(-39.0), x)), gauss;
  vd chance = normal_cdf_parts(bounded, &gauss);
  *slope = F(bounded, gauss * 0x1.9884533d43651p-2, chance);
  return IF(x < -39.0, S(-0.0), x * chance);
}

// x / 2 (1 + tanh(u)) = x logistic(2 u) with u = sqrt(2 / pi) (x + 0.044715 x^3).
#define GELU_CUBE 0.044715
INLINE vd gelu_angle(vd x) { return 0x1.9884533d43651p0 * F(GELU_CUBE * x * x, x, x); }
INLINE vd gelu_tanh_vd(vd x) { return IF(x < -30.0, S(-0.0), x * logistic_vd(gelu_angle(x))); }
INLINE vd gelu_tanh_slope_vd(vd x) {
  vd bounded = IF(x > 30.0, S(30.0), IF(x < -30.0, S(-30.0), x));
  vd y = logistic_vd(gelu_angle(bounded));
  vd steep = 0x1.9884533d43651p0 * F(3.0 * GELU_CUBE * bounded, bounded, S(1.0));
  return F(bounded * (y * (1.0 - y)), steep, y);
}

// x logistic(x), and its derivative.
INLINE vd silu_vd(vd x) { return IF(x < -750.0, S(-0.0), x * logistic_vd(x)); }
INLINE vd silu_slope_vd(vd x) {
  vd bounded = IF(x > 750.0, S(750.0), IF(x < -750.0, S(-750.0), x));
  vd y = logistic_vd(bounded);
  return F(bounded * y, 1.0 - y, y);
}

// Gamma's logarithm and its derivatives for x > 0: recurrences up to 8, then Stirling's series.
INLINE vd gamma_ends(vd x, vd y, double at_zero) {
  y = IF(x == 0.0, S(at_zero), y);
  return IF(x < 0.0, S(__builtin_nan("")), IF(x != x, x, y));
}

INLINE vd log_gamma_vd(vd x) {
  static const double c[] = {
      1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156,
      -3617.0 / 122400};
  // The logarithm over (x - 1) (x - 2) within 0.75 of 1.5 (Tests/Golden/kernel_constants.py).
  static const double near[] = {
      0x1.eeb95b094c192p-2, -0x1.2aed059bd608bp-3, 0x1.01af62a2922c8p-4, -0x1.007aa83ced8aap-5,
      0x1.13342353299d8p-6, -0x1.34dbda15738c2p-7, 0x1.64f065e707aaep-8, -0x1.a50351afb0752p-9,
      0x1.f814d97432b88p-10, -0x1.313e9e2094c31p-10, 0x1.7507c2cd26b10p-11, -0x1.cb415c9b17638p-12,
      0x1.1ca4312539956p-12, -0x1.62703a5d708f0p-13, 0x1.b73c4917c008ep-14, -0x1.13b1fa7bda819p-14,
      0x1.786786c3538b1p-15, -0x1.dc73f571fd47cp-16, 0x1.4083ba04b1a5dp-17, -0x1.91f61d0a3afffp-18,
      0x1.292e4e8481325p-16, -0x1.7e200b65f3ec8p-17, -0x1.f603c43135e5ap-18, 0x1.4544ea5153538p-18,
      0x1.93c1c4ab141bcp-18, -0x1.046408ca6dfb8p-18};
  vd u = x, product = S(1.0);
  for (int i = 0; i < 8; i++) {
    vdi low = u < 8.0;
    product = IF(low, product * u, product);
    u = IF(low, u + 1.0, u);
  }
  vd r = 1.0 / u;
  vd y = F(u - 0.5, log_vd(u), -u) + (0x1.d67f1c864beb5p-1 + r * horner(c, 8, r * r));
  y = y - log_vd(product);
  vd t = IF((x > 0.75) & (x < 2.25), x - 1.5, S(0.0));
  y = IF(magnitude(t) > 0.0, (t + 0.5) * (t - 0.5) * horner(near, 26, t), y);
  y = IF(x == INFINITE, x, y);
  return gamma_ends(x, y, INFINITE);
}

INLINE vd digamma_vd(vd x) {
  static const double c[] = {
      -1.0 / 12, 1.0 / 120, -1.0 / 252, 1.0 / 240, -1.0 / 132, 691.0 / 32760, -1.0 / 12,
      3617.0 / 8160};
  vd u = x, sum = S(0.0);
  for (int i = 0; i < 8; i++) {
    vdi low = u < 8.0;
    sum = IF(low, sum + 1.0 / u, sum);
    u = IF(low, u + 1.0, u);
  }
  vd r = 1.0 / u, z = r * r;
  vd y = (log_vd(u) - 0.5 * r) + z * horner(c, 8, z) - sum;
  return gamma_ends(x, y, -INFINITE);
}

INLINE vd trigamma_vd(vd x) {
  static const double c[] = {
      1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510};
  vd u = x, sum = S(0.0);
  for (int i = 0; i < 8; i++) {
    vdi low = u < 8.0;
    sum = IF(low, sum + 1.0 / (u * u), sum);
    u = IF(low, u + 1.0, u);
  }
  vd r = 1.0 / u, z = r * r;
  vd y = r + 0.5 * z + r * z * horner(c, 8, z) + sum;
  return gamma_ends(x, y, INFINITE);
}

INLINE vd round_vd(vd x) {
  vd a = magnitude(x);
  return IF(a < 0x1p52, with_sign((a + 0x1p52) - 0x1p52, x), x);
}
INLINE vd floor_vd(vd x) {
  vd y = round_vd(x);
  return with_sign(magnitude(IF(y > x, y - 1.0, y)), x);
}
