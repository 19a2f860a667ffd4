// The vectors of one level. The including file defines LEVEL, the vector's BYTES (0 for one number
// at a time) and SOFTWARE_FMA; every operation below is exact per lane, so BYTES changes no bit.
#pragma STDC FP_CONTRACT OFF

#define JOIN2(a, b) a##_##b
#define JOIN(a, b) JOIN2(a, b)
#if defined(__OPTIMIZE__)
#define INLINE static inline __attribute__((always_inline, unused))
#else
// Without optimisation, inlined variables share no memory, and one frame would fill the stack.
#define INLINE static inline __attribute__((unused))
#endif

#if BYTES == 0
#define WF 1
#define WD 1
#else
#define WF (BYTES / 4)
#define WD (BYTES / 8)
#endif

typedef float vf __attribute__((ext_vector_type(WF)));
typedef int32_t vfi __attribute__((ext_vector_type(WF)));
typedef double vd __attribute__((ext_vector_type(WD)));
typedef int64_t vdi __attribute__((ext_vector_type(WD)));
typedef uint64_t vdu __attribute__((ext_vector_type(WD)));
// As many floats as `vd` has doubles.
typedef float hf __attribute__((ext_vector_type(WD)));

#if SOFTWARE_FMA
INLINE vf fma_vf(vf a, vf b, vf c) { return (vf)(ck_software_fmaf(a[0], b[0], c[0])); }
INLINE vd fma_vd(vd a, vd b, vd c) { return (vd)(ck_software_fma(a[0], b[0], c[0])); }
INLINE float fma_1f(float a, float b, float c) { return ck_software_fmaf(a, b, c); }
INLINE double fma_1d(double a, double b, double c) { return ck_software_fma(a, b, c); }
#else
INLINE vf fma_vf(vf a, vf b, vf c) { return __builtin_elementwise_fma(a, b, c); }
INLINE vd fma_vd(vd a, vd b, vd c) { return __builtin_elementwise_fma(a, b, c); }
INLINE float fma_1f(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
INLINE double fma_1d(double a, double b, double c) { return __builtin_fma(a, b, c); }
#endif

INLINE vf load_vf(const float *p) {
  vf v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
INLINE vd load_vd(const double *p) {
  vd v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
INLINE hf load_hf(const float *p) {
  hf v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}
INLINE void store_vf(float *p, vf v) { __builtin_memcpy(p, &v, sizeof v); }
INLINE void store_vd(double *p, vd v) { __builtin_memcpy(p, &v, sizeof v); }
INLINE void store_hf(float *p, hf v) { __builtin_memcpy(p, &v, sizeof v); }

// a where the mask is set, b elsewhere.
INLINE vf select_vf(vfi mask, vf a, vf b) {
  return (vf)(((vfi)a & mask) | ((vfi)b & ~mask));
}
INLINE vd select_vd(vdi mask, vd a, vd b) {
  return (vd)(((vdi)a & mask) | ((vdi)b & ~mask));
}

// Entry j + half at place j, as far as there is one; `half` is a constant.
INLINE vf later_f(vf v, const int half __attribute__((unused))) {
#if BYTES == 64
  if (half == 8)
    return __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  if (half == 4)
    return __builtin_shufflevector(v, v, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3);
  if (half == 2)
    return __builtin_shufflevector(v, v, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1);
  return __builtin_shufflevector(v, v, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0);
#elif BYTES == 32
  if (half == 4) return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  if (half == 2) return __builtin_shufflevector(v, v, 2, 3, 4, 5, 6, 7, 0, 1);
  return __builtin_shufflevector(v, v, 1, 2, 3, 4, 5, 6, 7, 0);
#elif BYTES == 16
  if (half == 2) return __builtin_shufflevector(v, v, 2, 3, 0, 1);
  return __builtin_shufflevector(v, v, 1, 2, 3, 0);
#else
  return v;
#endif
}
INLINE vd later_d(vd v, const int half __attribute__((unused))) {
#if BYTES == 64
  if (half == 4) return __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3);
  if (half == 2) return __builtin_shufflevector(v, v, 2, 3, 4, 5, 6, 7, 0, 1);
  return __builtin_shufflevector(v, v, 1, 2, 3, 4, 5, 6, 7, 0);
#elif BYTES == 32
  if (half == 2) return __builtin_shufflevector(v, v, 2, 3, 0, 1);
  return __builtin_shufflevector(v, v, 1, 2, 3, 0);
#elif BYTES == 16
  return __builtin_shufflevector(v, v, 1, 0);
#else
  return v;
#endif
}
