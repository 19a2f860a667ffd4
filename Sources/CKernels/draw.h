// Random numbers: Philox 4x32-10 for as many counters as there are lanes, and what its words
// become.

// The words of `blocks` counters from `number` on, two a counter; or their upper halves alone.
INLINE void philox_lanes(uint64_t key, uint64_t stream, vdu number, vdu c[4]) {
  const uint64_t low = 0xffffffffu;
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
  vdu c0 = number, c1 = number >> 32, c2 = (vdu)(stream), c3 = (vdu)(stream >> 32);
  // The upper halves of the lanes hold what no product reads.
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    vdu p = (c0 & low) * (vdu)(uint64_t)0xd2511f53u, q = (c2 & low) * (vdu)(uint64_t)0xcd9e8d57u;
    c0 = (q >> 32) ^ c1 ^ (vdu)(uint64_t)k0;
    c1 = q;
    c2 = (p >> 32) ^ c3 ^ (vdu)(uint64_t)k1;
    c3 = p;
    k0 += 0x9e3779b9u;
    k1 += 0xbb67ae85u;
  }
  c[0] = c0 & low;
  c[1] = c1 & low;
  c[2] = c2 & low;
  c[3] = c3 & low;
}

INLINE vdu numbers_from(uint64_t first) {
  uint64_t numbers[WD];
  for (int i = 0; i < WD; i++) numbers[i] = first + (uint64_t)i;
  vdu v;
  __builtin_memcpy(&v, numbers, sizeof v);
  return v;
}

// The last vector runs over; `words` has room for it.
static void draw_words(
    uint64_t key, uint64_t stream, uint64_t number, size_t blocks, uint64_t *words) {
  for (size_t i = 0; i < blocks; i += WD) {
    vdu c[4];
    philox_lanes(key, stream, numbers_from(number + i), c);
    vd even = (vd)(c[1] << 32 | c[0]), odd = (vd)(c[3] << 32 | c[2]);
#if VECTORS
    store_vd((double *)words + 2 * i, zip_low_d(even, odd));
    store_vd((double *)words + 2 * i + WD, zip_high_d(even, odd));
#else
    store_vd((double *)words + 2 * i, even);
    store_vd((double *)words + 2 * i + 1, odd);
#endif
  }
}

static void draw_highs(
    uint64_t key, uint64_t stream, uint64_t number, size_t blocks, uint32_t *highs) {
  for (size_t i = 0; i < blocks; i += WD) {
    vdu c[4];
    philox_lanes(key, stream, numbers_from(number + i), c);
    vdu pair = c[3] << 32 | c[1];
    __builtin_memcpy(highs + 2 * i, &pair, sizeof pair);
  }
}

// The standard normal quantile of the middle of one of 2^32 equal parts of (0, 1), in floats:
// with x = 2 p - 1, x times a polynomial in w = -log(1 - x^2), or in its root.
INLINE vf normal_f(vfi word) {
  vfi s = word ^ (vfi)(INT32_MIN), m = s ^ (s >> 31);
  vf a = (__builtin_convertvector(m, vf) + 0.5f) * 0x1p-31f;
  vf e = (__builtin_convertvector(INT32_MAX - m, vf) + 0.5f) * 0x1p-31f;
  vf v = e * (2.0f - e);
  vfi bits = (vfi)v - 0x3f3504f3, exponent = bits >> 23;
  vf f = (vf)((vfi)v - (exponent << 23)) - 1.0f;
  vf r = (vf)(0x1.5d8646p-4f);
  r = fma_vf(r, f, (vf)(-0x1.243c02p-3f));
  r = fma_vf(r, f, (vf)(0x1.32bcb8p-3f));
  r = fma_vf(r, f, (vf)(-0x1.53846ep-3f));
  r = fma_vf(r, f, (vf)(0x1.98b290p-3f));
  r = fma_vf(r, f, (vf)(-0x1.00038cp-2f));
  r = fma_vf(r, f, (vf)(0x1.555796p-2f));
  r = fma_vf(r, f, (vf)(-0x1.fffffep-2f));
  r = fma_vf(r, f, (vf)(1.0f));
  vf w = -fma_vf(__builtin_convertvector(exponent, vf), (vf)(0x1.62e43p-1f), f * r);
  vf t = w - 2.5f;
  vf y = (vf)(0x1.129e12p-25f);
  y = fma_vf(y, t, (vf)(0x1.03d58cp-21f));
  y = fma_vf(y, t, (vf)(-0x1.47e156p-18f));
  y = fma_vf(y, t, (vf)(-0x1.9fb8ecp-18f));
  y = fma_vf(y, t, (vf)(0x1.43bd14p-12f));
  y = fma_vf(y, t, (vf)(-0x1.d0cd92p-10f));
  y = fma_vf(y, t, (vf)(-0x1.832a16p-8f));
  y = fma_vf(y, t, (vf)(0x1.652c8ap-2f));
  y = fma_vf(y, t, (vf)(0x1.0fc8bcp+1f));
  vfi far = w > 5.0f;
  if (__builtin_reduce_or(far)) {
    vf root = __builtin_elementwise_sqrt(select_vf(far, w, (vf)(5.0f))) - 3.5f;
    vf z = (vf)(0x1.b48e38p-19f);
    z = fma_vf(z, root, (vf)(-0x1.07ee74p-12f));
    z = fma_vf(z, root, (vf)(0x1.952c8ep-11f));
    z = fma_vf(z, root, (vf)(-0x1.18c02ep-10f));
    z = fma_vf(z, root, (vf)(0x1.7c97d8p-10f));
    z = fma_vf(z, root, (vf)(-0x1.7767b2p-9f));
    z = fma_vf(z, root, (vf)(0x1.30e25cp-8f));
    z = fma_vf(z, root, (vf)(0x1.6cb46ap+0f));
    z = fma_vf(z, root, (vf)(0x1.2de4c8p+2f));
    y = select_vf(far, z, y);
  }
  return (vf)((vfi)(a * y) | (s & (vfi)(INT32_MIN)));
}

static void normals_f(size_t n, const uint32_t *highs, float *y) {
  size_t i = 0;
  for (; i < n; i += WF) {
    size_t left = n - i < WF ? n - i : WF;
    vfi word = (vfi)(0);
    vf z;
    __builtin_memcpy(&word, highs + i, left == WF ? sizeof word : left * sizeof *highs);
    z = normal_f(word);
    __builtin_memcpy(y + i, &z, left == WF ? sizeof z : left * sizeof *y);
  }
}

// At most DRAWS of them: the middle of the distribution for all, then the tails for those in them.
enum { DRAWS = 512 };
static void normals_d(size_t n, const uint64_t *words, double *y) {
  double p[DRAWS + WD], z[DRAWS + WD];
  uint16_t places[DRAWS + WD];
  size_t far = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t bits = words[i] >> 12 | (uint64_t)0x3ff0000000000000;
    double above;
    __builtin_memcpy(&above, &bits, sizeof above);
    // The middle of one of 2^52 equal parts of (0, 1).
    p[i] = (above - 1.0) + 0x1p-53;
  }
  for (size_t i = n; i < n + WD; i++) p[i] = 0.5;
  for (size_t i = 0; i < n; i += WD) store_vd(z + i, quantile_middle(load_vd(p + i) - 0.5));
  __builtin_memcpy(y, z, n * sizeof *y);
  for (size_t i = 0; i < n; i++) {
    places[far] = (uint16_t)i;
    far += !(p[i] - 0.5 <= MIDDLE && 0.5 - p[i] <= MIDDLE);
  }
  for (size_t k = 0; k < far; k++) p[k] = p[places[k]];
  for (size_t k = far; k < far + WD; k++) p[k] = 0.25;
  for (size_t k = 0; k < far; k += WD) {
    vd v = load_vd(p + k);
    store_vd(z + k, quantile_tail(v, v - 0.5));
  }
  for (size_t k = 0; k < far; k++) y[places[k]] = z[k];
}

static void uniforms_f(size_t n, const uint32_t *highs, float *y) {
  for (size_t i = 0; i < n; i++) y[i] = (float)(int32_t)(highs[i] >> 8) * 0x1p-24f;
}

static void uniforms_d(size_t n, const uint64_t *words, double *y) {
  for (size_t i = 0; i < n; i++) y[i] = (double)(int64_t)(words[i] >> 11) * 0x1p-53;
}

// What `n` words from the stream's `first` on become, through rooms that stay in the first cache.
static void draw(
    ck_type type, ck_draw_op op, uint64_t key, uint64_t stream, uint64_t first, size_t n,
    void *y) {
  for (size_t i = 0; i < n;) {
    uint64_t place = first + i;
    // A counter's second word alone, where the first place is odd.
    size_t skipped = place & 1, taken = n - i < DRAWS - skipped ? n - i : DRAWS - skipped;
    size_t blocks = (skipped + taken + 1) / 2;
    if (op == CK_DRAW_WORDS || type == CK_F64) {
      uint64_t words[DRAWS + 2 * WD];
      draw_words(key, stream, place >> 1, blocks, words);
      if (op == CK_DRAW_WORDS)
        __builtin_memcpy((uint64_t *)y + i, words + skipped, taken * sizeof *words);
      else if (op == CK_DRAW_UNIFORM) uniforms_d(taken, words + skipped, (double *)y + i);
      else normals_d(taken, words + skipped, (double *)y + i);
    } else {
      uint32_t highs[DRAWS + 2 * WD];
      draw_highs(key, stream, place >> 1, blocks, highs);
      if (op == CK_DRAW_UNIFORM) uniforms_f(taken, highs + skipped, (float *)y + i);
      else normals_f(taken, highs + skipped, (float *)y + i);
    }
    i += taken;
  }
}

// The same of words that are there already.
static void convert_words(
    ck_type type, ck_draw_op op, size_t n, const uint64_t *words, void *y) {
  for (size_t i = 0; i < n; i += DRAWS) {
    uint32_t highs[DRAWS];
    size_t taken = n - i < DRAWS ? n - i : DRAWS;
    if (type == CK_F64) {
      if (op == CK_DRAW_UNIFORM) uniforms_d(taken, words + i, (double *)y + i);
      else normals_d(taken, words + i, (double *)y + i);
      continue;
    }
    for (size_t j = 0; j < taken; j++) highs[j] = (uint32_t)(words[i + j] >> 32);
    if (op == CK_DRAW_UNIFORM) uniforms_f(taken, highs, (float *)y + i);
    else normals_f(taken, highs, (float *)y + i);
  }
}
