#include "include/kernels.h"

#pragma STDC FP_CONTRACT OFF

typedef unsigned __int128 u128;

static uint64_t bits_of(double x) {
  uint64_t bits;
  __builtin_memcpy(&bits, &x, 8);
  return bits;
}

static double number_of(uint64_t bits) {
  double x;
  __builtin_memcpy(&x, &bits, 8);
  return x;
}

// The product of two floats is exact in double. The sum is rounded to odd: when the double is
// inexact, its last bit is set, so that rounding it again to float is as rounding once.
float ck_software_fmaf(float a, float b, float c) {
  double p = (double)a * b, x = c, sum = p + x;
  uint64_t bits = bits_of(sum);
  if ((bits >> 52 & 2047) == 2047) return (float)sum;
  double part = sum - p, lost = (p - (sum - part)) + (x - part);
  if (lost != 0 && !(bits & 1)) sum = number_of((lost > 0) == (sum > 0) ? bits + 1 : bits - 1);
  return (float)sum;
}

// x = mantissa 2^exponent for finite x that is not zero, the mantissa's bit 52 set.
static uint64_t unpack(double x, int *exponent) {
  uint64_t bits = bits_of(x), m = bits & ((1ULL << 52) - 1);
  int e = (int)(bits >> 52 & 2047);
  if (e == 0) {
    int shift = __builtin_clzll(m) - 11;
    *exponent = -1074 - shift;
    return m << shift;
  }
  *exponent = e - 1075;
  return m | 1ULL << 52;
}

// m >> shift, with the last bit set when a bit is lost.
static u128 shift_sticky(u128 m, int shift) {
  if (shift <= 0) return m;
  if (shift > 127) return m != 0;
  return m >> shift | ((m & (((u128)1 << shift) - 1)) != 0);
}

// The number nearest to m 2^exponent, ties to even.
static double pack(int negative, u128 m, int exponent) {
  uint64_t sign = negative ? 1ULL << 63 : 0;
  int length = m >> 64 ? 128 - __builtin_clzll((uint64_t)(m >> 64)) : 64 - __builtin_clzll((uint64_t)m);
  int shift = length - 53;
  if (exponent + shift < -1074) shift = -1074 - exponent;
  if (shift > 0) {
    // Two bits below the last place are enough to round.
    u128 kept = shift > 2 ? shift_sticky(m, shift - 2) : m << (2 - shift);
    uint64_t low = (uint64_t)kept & 3, r = (uint64_t)(kept >> 2);
    r += low > 2 || (low == 2 && (r & 1));
    m = r;
  } else {
    m <<= -shift;
  }
  exponent += shift;
  uint64_t r = (uint64_t)m;
  if (r >> 53) {
    r >>= 1;
    exponent++;
  }
  if (exponent > 971) return number_of(sign | 2047ULL << 52);
  if (!(r >> 52)) return number_of(sign | r);
  return number_of(sign | (uint64_t)(exponent + 1075) << 52 | (r & ((1ULL << 52) - 1)));
}

double ck_software_fma(double a, double b, double c) {
  uint64_t ea = bits_of(a) >> 52 & 2047, eb = bits_of(b) >> 52 & 2047, ec = bits_of(c) >> 52 & 2047;
  if (ea == 2047 || eb == 2047) return a * b + c;
  if (ec == 2047) return c + c;
  if (a == 0 || b == 0) return a * b + c;
  int negative = (bits_of(a) ^ bits_of(b)) >> 63, c_negative = bits_of(c) >> 63;
  int e, f, g;
  u128 p = (u128)unpack(a, &e) * unpack(b, &f);
  e += f;
  if (c == 0) return pack(negative, p, e);
  u128 m = unpack(c, &g);
  // Both to one exponent; the product has 106 bits and the addend 53 of the 128.
  int distance = g - e;
  if (distance >= 0) {
    int left = distance < 72 ? distance : 72;
    m <<= left;
    p = shift_sticky(p, distance - left);
    e += distance - left;
  } else {
    int left = -distance < 20 ? -distance : 20;
    p <<= left;
    e -= left;
    m = shift_sticky(m, -distance - left);
  }
  if (negative == c_negative) return pack(negative, p + m, e);
  if (p == m) return 0;
  return p > m ? pack(negative, p - m, e) : pack(c_negative, m - p, e);
}
