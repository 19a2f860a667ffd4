#include <stdatomic.h>

#include "table.h"

#pragma STDC FP_CONTRACT OFF

static const ck_table *const tables[] = {
    [CK_PORTABLE] = &ck_table_portable,
    [CK_SCALAR] = &ck_table_scalar,
#if defined(__x86_64__)
    [CK_AVX2] = &ck_table_avx2,
    [CK_AVX512] = &ck_table_avx512,
#elif defined(__aarch64__)
    [CK_NEON] = &ck_table_neon,
#endif
};

static _Atomic(int) selected = CK_PORTABLE;

const ck_table *ck_current(void) {
  return tables[atomic_load_explicit(&selected, memory_order_relaxed)];
}

// Single numbers need no vectors.
static const ck_table *single(void) {
  int level = atomic_load_explicit(&selected, memory_order_relaxed);
  return level == CK_PORTABLE ? &ck_table_portable : &ck_table_scalar;
}

int ck_supports(ck_level level) {
  switch (level) {
    case CK_PORTABLE: return 1;
#if defined(__x86_64__)
    case CK_SCALAR: return __builtin_cpu_supports("fma") != 0;
    case CK_AVX2: return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    case CK_AVX512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
             __builtin_cpu_supports("fma");
    case CK_NEON: return 0;
#else
    case CK_SCALAR: return 1;
#if defined(__aarch64__)
    case CK_NEON: return 1;
#else
    case CK_NEON: return 0;
#endif
    case CK_AVX2:
    case CK_AVX512: return 0;
#endif
  }
  return 0;
}

ck_level ck_best_level(void) {
  static const ck_level order[] = {CK_AVX512, CK_AVX2, CK_NEON, CK_SCALAR};
  for (int i = 0; i < 4; i++)
    if (ck_supports(order[i])) return order[i];
  return CK_PORTABLE;
}

int ck_select(ck_level level) {
  if (!ck_supports(level)) return 0;
  atomic_store_explicit(&selected, level, memory_order_relaxed);
  return 1;
}

ck_level ck_selected(void) { return atomic_load_explicit(&selected, memory_order_relaxed); }

float ck_map1f(ck_map_op op, float x) {
  float y;
  single()->map(CK_F32, op, 1, &x, &y);
  return y;
}

double ck_map1d(ck_map_op op, double x) {
  double y;
  single()->map(CK_F64, op, 1, &x, &y);
  return y;
}

float ck_power1f(float x, float y) {
  float z;
  single()->zip(CK_F32, CK_POWER, 1, 1, &x, 1, 1, &y, 1, 1, &z);
  return z;
}

double ck_power1d(double x, double y) {
  double z;
  single()->zip(CK_F64, CK_POWER, 1, 1, &x, 1, 1, &y, 1, 1, &z);
  return z;
}
