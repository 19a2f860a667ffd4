#include "include/kernels.h"

#pragma STDC FP_CONTRACT OFF

// Salmon et al. (2011), section 3.3: ten rounds.
void ck_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]) {
  uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  uint32_t k0 = key[0], k1 = key[1];
  for (int round = 0; round < 10; round++) {
    uint64_t p = (uint64_t)c0 * 0xd2511f53u, q = (uint64_t)c2 * 0xcd9e8d57u;
    c0 = (uint32_t)(q >> 32) ^ c1 ^ k0;
    c1 = (uint32_t)q;
    c2 = (uint32_t)(p >> 32) ^ c3 ^ k1;
    c3 = (uint32_t)p;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

void ck_words(uint64_t key, uint64_t stream, uint64_t first, size_t n, uint64_t *words) {
  uint32_t k[2] = {(uint32_t)key, (uint32_t)(key >> 32)}, block[4];
  for (size_t i = 0; i < n;) {
    uint64_t place = first + i, number = place >> 1;
    uint32_t counter[4] = {
        (uint32_t)number, (uint32_t)(number >> 32), (uint32_t)stream, (uint32_t)(stream >> 32)};
    ck_philox(counter, k, block);
    for (size_t half = place & 1; half < 2 && i < n; half++)
      words[i++] = (uint64_t)block[2 * half + 1] << 32 | block[2 * half];
  }
}

void ck_uniform(ck_type type, size_t n, const uint64_t *words, void *y) {
  if (type == CK_F32)
    for (size_t i = 0; i < n; i++) ((float *)y)[i] = (float)(words[i] >> 40) * 0x1p-24f;
  else
    for (size_t i = 0; i < n; i++) ((double *)y)[i] = (double)(words[i] >> 11) * 0x1p-53;
}

void ck_normal(ck_type type, size_t n, const uint64_t *words, void *y) {
  double draws[256];
  for (size_t start = 0; start < n; start += 256) {
    size_t taken = n - start < 256 ? n - start : 256;
    // The middle of one of 2^52 equal parts of (0, 1).
    for (size_t i = 0; i < taken; i++)
      draws[i] = ((double)(words[start + i] >> 12) + 0.5) * 0x1p-52;
    ck_map(CK_F64, CK_NORMAL_QUANTILE, taken, draws, draws);
    for (size_t i = 0; i < taken; i++) {
      if (type == CK_F32)
        ((float *)y)[start + i] = (float)draws[i];
      else
        ((double *)y)[start + i] = draws[i];
    }
  }
}
