// Batch normalisation: a channel's numbers, over all examples in order, are one list, whose sums
// are those of reduce.h. Arithmetic as in norm.h; a rectifier may follow.
// The including file defines T, V, W and NAME.

// A list of `pieces` pieces of `length` numbers, `step` apart; lengths are multiples of 16 where
// there are several.
typedef struct {
  size_t pieces, length, step;
} NAME(list);

typedef struct {
  T mean, inverse, scale, offset;
  int rectified;
} NAME(channel);

enum { NAME(LIST_SUM), NAME(LIST_DEVIATIONS), NAME(LIST_GRADIENT) };

INLINE V NAME(passed)(const NAME(channel) * c, V n, V g) {
  if (!c->rectified) return g;
  V y = NAME(fma)(n, (V)(c->scale), (V)(c->offset));
  return NAME(select)(y > (T)0, g, NAME(select)(y != y, y, (V)((T)0)));
}

INLINE void NAME(list_entry)(
    const int kind, const NAME(channel) * c, V x, V g, V *first, V *second) {
  if (kind == NAME(LIST_SUM)) *first = *first + x;
  if (kind == NAME(LIST_DEVIATIONS)) *first = NAME(fma)(x - c->mean, x - c->mean, *first);
  if (kind == NAME(LIST_GRADIENT)) {
    V n = (x - c->mean) * c->inverse, h = NAME(passed)(c, n, g);
    *first = *first + h;
    *second = NAME(fma)(h, n, *second);
  }
}

// The sums over a list: of x, of d d, or of g and of g n.
INLINE void NAME(list_sums)(
    const int kind, const NAME(list) * list, const NAME(channel) * c, const T *x, const T *g,
    T sums[2]) {
  size_t blocks = list->pieces * list->length / BLOCK + 1, block = 0, taken = 0;
  T *parts = malloc(2 * blocks * sizeof(T));
  if (!parts) abort();
  V p[LANES], q[LANES];
  UNROLL for (int j = 0; j < LANES; j++) p[j] = q[j] = (V)((T)0);
  for (size_t piece = 0; piece < list->pieces; piece++) {
    for (size_t i = 0; i < list->length;) {
      const T *u = x + piece * list->step + i, *v = g + piece * list->step + i;
      size_t run = list->length - i < BLOCK - taken ? list->length - i : BLOCK - taken, k = 0;
      for (; k + 16 <= run; k += 16)
        UNROLL for (int j = 0; j < LANES; j++)
          NAME(list_entry)(
              kind, c, LOAD(u + k + j * W), LOAD(v + k + j * W), &p[j], &q[j]);
      if (k < run) {
        T a[16] = {0}, b[16] = {0}, live[16] = {0};
        __builtin_memcpy(a, u + k, (run - k) * sizeof(T));
        __builtin_memcpy(b, v + k, (run - k) * sizeof(T));
        for (size_t j = 0; j < run - k; j++) live[j] = 1;
        UNROLL for (int j = 0; j < LANES; j++) {
          V first = p[j], second = q[j];
          NAME(list_entry)(kind, c, LOAD(a + j * W), LOAD(b + j * W), &first, &second);
          p[j] = NAME(select)(LOAD(live + j * W) != (T)0, first, p[j]);
          q[j] = NAME(select)(LOAD(live + j * W) != (T)0, second, q[j]);
        }
      }
      i += run;
      taken += run;
      if (taken < BLOCK && (i < list->length || piece + 1 < list->pieces)) continue;
      parts[block] = NAME(join)(CK_SUM, p);
      parts[blocks + block++] = NAME(join)(CK_SUM, q);
      UNROLL for (int j = 0; j < LANES; j++) p[j] = q[j] = (V)((T)0);
      taken = 0;
    }
  }
  sums[0] = NAME(sum_row)(block, parts);
  sums[1] = NAME(sum_row)(block, parts + blocks);
  free(parts);
}

// One channel's list: the forward pass with its moments, the gradient with respect to x, or the
// sums for the parameters' gradient.
INLINE void NAME(channel_norm)(
    ck_norm_op op, const NAME(list) * list, NAME(channel) c, T epsilon, const T *x, const T *g,
    T *moments, size_t moments_step, T *y) {
  T count = (T)(list->pieces * list->length), sums[2];
  if (op == CK_BATCH_NORM) {
    NAME(list_sums)(NAME(LIST_SUM), list, &c, x, x, sums);
    c.mean = moments[0] = sums[0] / count;
    NAME(list_sums)(NAME(LIST_DEVIATIONS), list, &c, x, x, sums);
    moments[moments_step] = sums[0] / count;
  } else {
    c.mean = moments[0];
  }
  c.inverse = NAME(inverse_root)(moments[moments_step] + epsilon);
  if (op != CK_BATCH_NORM) NAME(list_sums)(NAME(LIST_GRADIENT), list, &c, x, g, sums);
  if (op == CK_BATCH_NORM_PARAMETERS) {
    y[0] = sums[1];
    y[moments_step] = sums[0];
    return;
  }
  T first = sums[0] / count, second = sums[1] / count, slope = c.scale * c.inverse;
  for (size_t piece = 0; piece < list->pieces; piece++) {
    const T *u = x + piece * list->step, *v = g + piece * list->step;
    T *out = y + piece * list->step;
    for (size_t i = 0; i < list->length; i += W) {
      size_t left = list->length - i;
      T room[2 * W];
      V a, b;
      if (left >= W) {
        a = LOAD(u + i);
        b = op == CK_BATCH_NORM ? a : LOAD(v + i);
      } else {
        __builtin_memset(room, 0, sizeof room);
        __builtin_memcpy(room, u + i, left * sizeof(T));
        if (op != CK_BATCH_NORM) __builtin_memcpy(room + W, v + i, left * sizeof(T));
        a = LOAD(room);
        b = LOAD(room + W);
      }
      V n = (a - c.mean) * c.inverse, result;
      if (op == CK_BATCH_NORM) {
        result = NAME(fma)(n, (V)(c.scale), (V)(c.offset));
        if (c.rectified)
          result = NAME(select)(
              result > (T)0, result, NAME(select)(result != result, result, (V)((T)0)));
      } else {
        result = NAME(fma)(-n, (V)(second), NAME(passed)(&c, n, b) - first) * slope;
      }
      if (left >= W) {
        STORE(out + i, result);
      } else {
        STORE(room, result);
        __builtin_memcpy(out + i, room, left * sizeof(T));
      }
    }
  }
}

// `count` channels of every example, from `from` to lists of their own, or back.
#define CHANNELS 16
INLINE void NAME(gather_channels)(
    const ck_norm *shape, size_t count, const T *from, T *to, int back) {
  size_t inner = shape->inner, length = shape->examples * inner;
  for (size_t e = 0; e < shape->examples; e++)
    for (size_t c = 0; c < count; c++)
      for (size_t i = 0; i < inner; i++) {
        size_t outside = (e * shape->channels + c) * inner + i, inside = c * length + e * inner + i;
        if (back) to[outside] = from[inside];
        else to[inside] = from[outside];
      }
}

INLINE void NAME(batch_norm_op)(
    const ck_norm_op op, const ck_norm *shape, size_t start, size_t end, const T *x,
    const T *parameters, const T *g, T *moments, T *y) {
  size_t inner = shape->inner, channels = shape->channels, length = shape->examples * inner;
  int direct = inner % 16 == 0, sums_only = op == CK_BATCH_NORM_PARAMETERS;
  NAME(list) list = {shape->examples, inner, channels * inner}, gathered = {1, length, 0};
  T *room = direct ? NULL : malloc(3 * CHANNELS * length * sizeof(T));
  if (!direct && !room) abort();
  for (size_t base = start; base < end; base += CHANNELS) {
    size_t count = end - base < CHANNELS ? end - base : CHANNELS;
    T *u = room, *v = room + CHANNELS * length, *w = v + CHANNELS * length;
    if (!direct) {
      NAME(gather_channels)(shape, count, x + base * inner, u, 0);
      if (op != CK_BATCH_NORM) NAME(gather_channels)(shape, count, g + base * inner, v, 0);
    }
    for (size_t k = 0; k < count; k++) {
      size_t c = base + k;
      NAME(channel) channel = {
          0, 0, parameters[c], parameters[channels + c], shape->rectified};
      NAME(channel_norm)(
          op, direct ? &list : &gathered, channel, (T)shape->epsilon,
          direct ? x + c * inner : u + k * length, direct ? g + c * inner : v + k * length,
          moments + c, channels,
          sums_only ? y + c : direct ? y + c * inner : w + k * length);
    }
    if (!direct && !sums_only) NAME(gather_channels)(shape, count, w, y + base * inner, 1);
  }
  free(room);
}

static void NAME(norm)(
    ck_norm_op op, const ck_norm *shape, size_t start, size_t end, const T *x,
    const T *parameters, const T *g, T *moments, T *y) {
  switch (op) {
    case CK_ROW_NORM: NAME(row_norm)(shape, start, end, x, parameters, y); break;
    case CK_ROW_NORM_GRADIENT:
      NAME(row_norm_gradient)(shape, start, end, x, parameters, g, y);
      break;
    case CK_ROW_NORM_PARAMETERS: NAME(row_norm_parameters)(shape, start, end, x, g, y); break;
    case CK_BATCH_NORM:
      NAME(batch_norm_op)(CK_BATCH_NORM, shape, start, end, x, parameters, x, moments, y);
      break;
    case CK_BATCH_NORM_GRADIENT:
      NAME(batch_norm_op)(CK_BATCH_NORM_GRADIENT, shape, start, end, x, parameters, g, moments, y);
      break;
    case CK_BATCH_NORM_PARAMETERS:
      NAME(batch_norm_op)(
          CK_BATCH_NORM_PARAMETERS, shape, start, end, x, parameters, g, moments, y);
      break;
  }
}

#undef BLOCK
#undef LOAD
#undef STORE
#undef UNROLL
#undef LANES
#undef ABREAST
#undef STRIP
#undef CHANNELS
