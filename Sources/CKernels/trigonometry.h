// Sine and cosine: the angle less the nearest multiple of pi/2, as a sum of two numbers, then
// Taylor series on |r| <= pi/4.
INLINE vd reduced_angle(vd x, vd *low, vdi *quadrant) {
  vdi near = magnitude(x) < 0x1p20;
  vd bounded = IF(near, x, S(0.0));
  vd shifted = F(bounded, S(0x1.45f306dc9c883p-1), S(ROUNDER));
  vdi q = BITS(shifted) - BITS(S(ROUNDER));
  vd n = shifted - ROUNDER;
  // pi/2 in three numbers; the first product is exact in the sum.
  vd t = F(n, S(-0x1.921fb54442d18p0), bounded);
  vd w = n * 0x1.1a62633145c07p-54, w_low = F(n, S(0x1.1a62633145c07p-54), -w);
  vd r = t - w;
  vd part = ((t - r) - w) - w_low;
  part = F(n, S(0x1.f1976b7ed8fbcp-110), part);
  for (int i = 0; i < WD; i++) {
    if (near[i]) continue;
    double h, l;
    q[i] = ck_reduce_angle(x[i], &h, &l);
    r[i] = h;
    part[i] = l;
  }
  *quadrant = q;
  *low = part;
  return r;
}

INLINE vd sine_series(vd r, vd low) {
  // -1/3!, 1/5!, ...
  static const double c[] = {
      -0x1.5555555555555p-3, 0x1.1111111111111p-7, -0x1.a01a01a01a01ap-13, 0x1.71de3a556c734p-19,
      -0x1.ae64567f544e4p-26, 0x1.6124613a86d09p-33, -0x1.ae7f3e733b81fp-41,
      0x1.952c77030ad4ap-49};
  vd z = r * r;
  vd tail = F(-0.5 * z, low, low);
  return r + F(z * r, horner(c, 8, z), tail);
}

INLINE vd cosine_series(vd r, vd low) {
  // 1/4!, -1/6!, ...
  static const double c[] = {
      0x1.5555555555555p-5, -0x1.6c16c16c16c17p-10, 0x1.a01a01a01a01ap-16, -0x1.27e4fb7789f5cp-22,
      0x1.1eed8eff8d898p-29, -0x1.93974a8c07c9dp-37, 0x1.ae7f3e733b81fp-45};
  vd z = r * r, half = 0.5 * z, w = 1.0 - half;
  // The rounding of w and of half of z, and the tail's share: -r low.
  vd lost = ((1.0 - w) - half) - 0.5 * F(r, r, -z);
  return w + F(z * z, horner(c, 7, z), F(-r, low, lost));
}

INLINE vd circular(vd x, int64_t turn) {
  vdi q;
  vd low, r = reduced_angle(x, &low, &q);
  q = q + turn;
  vd y = IF((q & 1) == 0, sine_series(r, low), cosine_series(r, low));
  y = NUMBER(BITS(y) ^ ((q & 2) << 62));
  return IF(magnitude(x) < INFINITE, y, S(__builtin_nan("")));
}

// Below 2^-27 the sine is x to the last bit but one, and the series would lose the sign of zero.
INLINE vd sin_vd(vd x) { return IF(magnitude(x) < 0x1p-27, x, circular(x, 0)); }
INLINE vd cos_vd(vd x) { return circular(x, 1); }
