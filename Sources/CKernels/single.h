// Elementary functions worked out in floats, for kernels whose speed they decide.

// exp(x) within 1 ULP for x up to 88, and zero where it is below the least normal number:
// x = n ln 2 + r, and 1 + r + r^2/2 + ... for |r| below 0.35.
INLINE vf exp_below_f(vf x) {
  vf bounded = select_vf(x < -88.0f, (vf)(-88.0f), x);
  vf shifted = fma_vf(bounded, (vf)(0x1.715476p0f), (vf)(0x1.8p23f));
  vf whole = shifted - 0x1.8p23f;
  vf r = fma_vf(whole, (vf)(-0x1.62e43p-1f), bounded);
  r = fma_vf(whole, (vf)(0x1.05c61p-29f), r);
  // Tests/Golden/kernel_constants.py
  vf p = (vf)(0x1.a0f89ap-13f);
  p = fma_vf(p, r, (vf)(0x1.6d113cp-10f));
  p = fma_vf(p, r, (vf)(0x1.1110f6p-7f));
  p = fma_vf(p, r, (vf)(0x1.55551ap-5f));
  p = fma_vf(p, r, (vf)(0x1.555556p-3f));
  p = fma_vf(p, r, (vf)(0.5f));
  p = fma_vf(p, r, (vf)(1.0f));
  p = fma_vf(p, r, (vf)(1.0f));
  // n lies in the low bits of `shifted`, and the shift drops the others.
  vf power = (vf)(((vfi)shifted << 23) + (vfi)(vf)(1.0f));
  return select_vf(x < -0x1.5d589ep6f, (vf)(0.0f), p * power);
}
INLINE vd exp_below_d(vd x) { return exp_vd(x); }
