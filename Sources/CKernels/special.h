// The error function and the normal quantile.

// exp(a^2) (1 - erf(a)) from 0.8 to 6, by a polynomial in (a - 2) / (a + 2)
// (Tests/Golden/kernel_constants.py).
INLINE vd complement_scaled(vd a) {
  static const double far[] = {
      0x1.058671b52c776p-2, -0x1.b57034efd3f72p-2, 0x1.eeea7dc8a78bap-3, -0x1.437f0b68c0c2fp-4,
      0x1.e947159791d24p-9, 0x1.ca95ed5349305p-8, -0x1.bc25a473284d8p-11, -0x1.016b5cee83552p-10,
      0x1.6d5eef46869bap-15, 0x1.6da97c09c001dp-13, 0x1.cdcce33db74b6p-16, -0x1.ceba888e28d51p-16,
      -0x1.d4a629fc3a481p-17, 0x1.7704a8c820b27p-20, 0x1.fb32c400baee5p-19, 0x1.3b0cfc19052f2p-20,
      -0x1.0ea1f4ed3d108p-21, -0x1.dca360ec0a93fp-22, 0x1.99cf85430ff4ep-29};
  return horner(far, 19, (a - 2.0) / (a + 2.0));
}

// The error function of 0 <= a < 0.84.
INLINE vd erf_low(vd a) {
  // The Taylor series over x, less one: 2/sqrt(pi) (-1)^k / (k! (2k + 1)).
  static const double near[] = {
      0x1.06eba8214db69p-3, -0x1.812746b0379e7p-2, 0x1.ce2f21a042be2p-4, -0x1.b82ce31288b51p-6,
      0x1.565bcd0e6a53fp-8, -0x1.c02db40040b86p-11, 0x1.f9a326f9b89b7p-14, -0x1.f4d25c3e0c2ebp-17,
      0x1.b9e6c9dc651a3p-20, -0x1.5f742ec43e71ap-23, 0x1.fcc5720624c1cp-27,
      -0x1.51d7181c5d36dp-30, 0x1.9e6ad5e55a730p-34, -0x1.d8453cb0c46eap-38,
      0x1.f683ae4a97007p-42, -0x1.f56f071a885cfp-46, 0x1.d70b3537f4765p-50,
      -0x1.a2007af3447f6p-54};
  vd z = a * a;
  return F(horner(near, 18, z), a, a);
}

INLINE vd erf_vd(vd x) {
  vd a = magnitude(x);
  a = IF(a > 6.0, S(6.0), a);
  vd z = a * a;
  vd high = 1.0 - exp_sum(-z, -F(a, a, -z)) * complement_scaled(a);
  return with_sign(IF(a < 0.84, erf_low(a), high), x);
}

// The normal quantile by Wichura (1988), AS 241, PPND16: three ratios of polynomials of degree 7.
// First where q = p - 0.5 is within MIDDLE of zero.
#define MIDDLE 0.425
INLINE vd quantile_middle(vd q) {
  static const double a[] = {
      3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
      1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
      3.3430575583588128105e4, 2.5090809287301226727e3};
  static const double b[] = {
      1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
      2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4,
      5.2264952788528545610e3};
  vd r = 0.180625 - q * q;
  return q * horner(a, 8, r) / horner(b, 8, r);
}

// Elsewhere, for 0 < p < 1.
INLINE vd quantile_tail(vd p, vd q) {
  static const double c[] = {
      1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
      3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
      2.27238449892691845833e-2, 7.74545014278341407640e-4};
  static const double d[] = {
      1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
      1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
      1.05075007164441684324e-9};
  static const double e[] = {
      6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
      2.71155556874348757815e-5, 2.01033439929228813265e-7};
  static const double f[] = {
      1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
      7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
      2.04426310338993978564e-15};
  vd tail = __builtin_elementwise_sqrt(-log_vd(IF(q < 0.0, p, 1.0 - p)));
  vd near = tail - 1.6;
  vd y = horner(c, 8, near) / horner(d, 8, near);
  vdi close = tail <= 5.0;
  if (__builtin_reduce_or(~close)) {
    vd far = tail - 5.0;
    y = IF(close, y, horner(e, 8, far) / horner(f, 8, far));
  }
  return with_sign(magnitude(y), q);
}

INLINE vd quantile_vd(vd p) {
  vd q = p - 0.5;
  vd y = IF(magnitude(q) <= MIDDLE, quantile_middle(q), quantile_tail(p, q));
  y = IF((p == 0.0) | (p == 1.0), with_sign(S(INFINITE), q), y);
  return IF((p >= 0.0) & (p <= 1.0), y, S(__builtin_nan("")));
}
