#include "table.h"

#pragma STDC FP_CONTRACT OFF

// 2/pi after the point, 64 bits a word, after one word of zeros.
static const uint64_t digits[] = {
#include "two_over_pi.h"
};

int ck_reduce_angle(double x, double *high, double *low) {
  typedef unsigned __int128 u128;
  uint64_t bits;
  __builtin_memcpy(&bits, &x, 8);
  int exponent = (int)(bits >> 52 & 2047);
  *high = *low = 0;
  if (exponent == 2047) return 0;
  uint64_t m = (bits & ((1ULL << 52) - 1)) | 1ULL << 52;
  // x = m 2^(exponent - 1075). Digits before `first` give multiples of four turns of a quadrant.
  int first = exponent - 1075 - 2 + 64, word = first / 64, shift = first % 64;
  uint64_t w[3];
  for (int i = 0; i < 3; i++) {
    w[i] = digits[word + i] << shift;
    if (shift) w[i] |= digits[word + i + 1] >> (64 - shift);
  }
  u128 t2 = (u128)m * w[2];
  u128 t1 = (u128)m * w[1] + (uint64_t)(t2 >> 64);
  uint64_t p[3] = {m * w[0] + (uint64_t)(t1 >> 64), (uint64_t)t1, (uint64_t)t2};
  // p / 2^192 is x 2/pi / 4 without its whole part: two bits of quadrant, then the fraction.
  int quadrant = (int)(p[0] >> 62);
  p[0] = p[0] << 2 | p[1] >> 62;
  p[1] = p[1] << 2 | p[2] >> 62;
  p[2] <<= 2;
  int negative = p[0] >> 63;
  if (negative) {
    quadrant++;
    for (int i = 0; i < 3; i++) p[i] = ~p[i];
  }
  int lead = 0;
  while (!(p[0] >> 63) && lead < 128) {
    p[0] = p[0] << 1 | p[1] >> 63;
    p[1] = p[1] << 1 | p[2] >> 63;
    p[2] <<= 1;
    lead++;
  }
  u128 top = (u128)p[0] << 64 | p[1];
  uint64_t scale_bits = (uint64_t)(1023 - lead) << 52;
  double scale;
  __builtin_memcpy(&scale, &scale_bits, 8);
  double f = (double)(uint64_t)(top >> 75) * 0x1p-53 * scale;
  double g = (double)(uint64_t)(top >> 22 & ((1ULL << 53) - 1)) * 0x1p-106 * scale;
  double h = f * 0x1.921fb54442d18p0;
  double l = ck_software_fma(f, 0x1.921fb54442d18p0, -h);
  l = l + f * 0x1.1a62633145c07p-54 + g * 0x1.921fb54442d18p0;
  int flip = negative != (x < 0);
  *high = flip ? -h : h;
  *low = flip ? -l : l;
  return (x < 0 ? -quadrant : quadrant) & 3;
}
