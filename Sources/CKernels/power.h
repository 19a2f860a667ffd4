// x to the power of y: the logarithm as a sum of two numbers, then the exponential.
INLINE vd two_sum(vd a, vd b, vd *low) {
  vd sum = a + b, part = sum - a;
  *low = (a - (sum - part)) + (b - part);
  return sum;
}

INLINE vdi is_whole(vd a) { return ((a + 0x1p52) - 0x1p52 == a) | (a >= 0x1p52); }

// log(x) = high + low for finite x > 0, with s = (m - 1) / (m + 1): 2 s + 2/3 s^3 + ...
INLINE vd log_pair(vd x, vd *low) {
  static const double c[] = {
      2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21,
      2.0 / 23, 2.0 / 25};
  parts p = split(x);
  vd f = p.mantissa - 1.0, d_low, d = two_sum(p.mantissa, S(1.0), &d_low);
  vd s = f / d, s_low = (F(-s, d, f) - s * d_low) / d;
  vd z = s * s, z_low = F(s, s, -z) + 2.0 * s * s_low;
  vd q = z * s, q_low = F(z, s, -q) + F(z, s_low, z_low * s);
  vd t = q * (2.0 / 3);
  vd t_low = F(q, S(2.0 / 3), -t) + F(q, S(0x1.5555555555555p-55), q_low * (2.0 / 3));
  vd a_low, b_low, a = two_sum(p.exponent * LN2_SHORT, 2.0 * s, &a_low);
  vd b = two_sum(a, t, &b_low);
  vd rest = a_low + b_low + 2.0 * s_low + t_low + q * z * horner(c, 11, z);
  rest = F(p.exponent, S(LN2_REST), rest);
  vd high = b + rest;
  *low = (b - high) + rest;
  return high;
}

INLINE vd power_vd(vd x, vd y) {
  vd a = magnitude(x), b = magnitude(y);
  vd low, high = log_pair(a, &low);
  vd p = y * high, p_low = F(y, high, -p) + y * low;
  vdi far = (magnitude(p) > 800.0) | (p != p);
  vd r = exp_sum(IF(far, IF((high > 0.0) == (y > 0.0), S(800.0), S(-800.0)), p),
                 IF(far, S(0.0), p_low));
  vd grown = IF(y < 0.0, S(0.0), S(INFINITE));
  vd shrunk = IF(y < 0.0, S(INFINITE), S(0.0));
  r = IF((a == 0.0) | ((b == INFINITE) & (a < 1.0)), shrunk, r);
  r = IF((a == INFINITE) | ((b == INFINITE) & (a > 1.0)), grown, r);
  vdi whole = is_whole(b), odd = whole & ~is_whole(0.5 * b) & (b < 0x1p53);
  r = IF((x < 0.0) & (a < INFINITE) & ~whole & (a > 0.0), S(__builtin_nan("")), r);
  r = IF(odd, with_sign(r, x), r);
  r = IF((x != x) | (y != y), x + y, r);
  return IF((y == 0.0) | (x == 1.0) | ((a == 1.0) & (b == INFINITE)), S(1.0), r);
}
