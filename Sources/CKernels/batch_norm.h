// Batch normalisation: a channel's numbers, over all examples in order, are one list, whose sums
// are those of reduce.h. Arithmetic as in norm.h; a rectifier may follow.
// The including file defines T, V, W and NAME.

// A list of `pieces` pieces of `length` numbers, `step` apart; lengths are multiples of 16 where
// there are several.
typedef struct {
  size_t pieces, length, step;
} NAME(list);

// One channel in all lanes, or a channel a lane.
typedef struct {
  V mean, inverse, scale, offset;
  int rectified;
} NAME(channel);

enum { NAME(LIST_SUM), NAME(LIST_DEVIATIONS), NAME(LIST_GRADIENT) };

INLINE V NAME(passed)(const NAME(channel) * c, V n, V g) {
  if (!c->rectified) return g;
  V y = NAME(fma)(n, c->scale, c->offset);
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

// The result at x, or the gradient at x and g, with the means of g and of g n.
INLINE V NAME(batch_norm_entry)(
    ck_norm_op op, const NAME(channel) * c, V x, V g, V first, V second, V slope) {
  V n = (x - c->mean) * c->inverse;
  if (op == CK_BATCH_NORM_GRADIENT)
    return NAME(fma)(-n, second, NAME(passed)(c, n, g) - first) * slope;
  V y = NAME(fma)(n, c->scale, c->offset);
  if (!c->rectified) return y;
  return NAME(select)(y > (T)0, y, NAME(select)(y != y, y, (V)((T)0)));
}

// One channel's list: the forward pass with its moments, the gradient with respect to x, or the
// sums for the parameters' gradient.
INLINE void NAME(channel_norm)(
    ck_norm_op op, const NAME(list) * list, NAME(channel) c, T epsilon, const T *x, const T *g,
    T *moments, size_t moments_step, T *y) {
  T count = (T)(list->pieces * list->length), sums[2];
  if (op == CK_BATCH_NORM) {
    NAME(list_sums)(NAME(LIST_SUM), list, &c, x, x, sums);
    moments[0] = sums[0] / count;
    c.mean = (V)(moments[0]);
    NAME(list_sums)(NAME(LIST_DEVIATIONS), list, &c, x, x, sums);
    moments[moments_step] = sums[0] / count;
  }
  c.mean = (V)(moments[0]);
  c.inverse = (V)(NAME(inverse_root)(moments[moments_step] + epsilon));
  if (op != CK_BATCH_NORM) NAME(list_sums)(NAME(LIST_GRADIENT), list, &c, x, g, sums);
  if (op == CK_BATCH_NORM_PARAMETERS) {
    y[0] = sums[1];
    y[moments_step] = sums[0];
    return;
  }
  V first = (V)(sums[0] / count), second = (V)(sums[1] / count), slope = c.scale * c.inverse;
  for (size_t piece = 0; piece < list->pieces; piece++) {
    const T *u = x + piece * list->step, *v = g + piece * list->step;
    T *out = y + piece * list->step;
    size_t i = 0;
    for (; i + W <= list->length; i += W)
      STORE(out + i, NAME(batch_norm_entry)(
          op, &c, LOAD(u + i), LOAD(v + i), first, second, slope));
    for (; i < list->length; i++) {
      V last = NAME(batch_norm_entry)(op, &c, (V)(u[i]), (V)(v[i]), first, second, slope);
      out[i] = last[0];
    }
  }
}

// Where an example has one number a channel, lanes run along `count` channels, whole vectors of
// them, at most SOME; sums as those of a list.
#define SOME 64
INLINE void NAME(column_sums)(
    const int kind, const ck_norm *shape, size_t count, const NAME(channel) * channels,
    const T *x, const T *g, T *first, T *second) {
  size_t blocks = (shape->examples + BLOCK - 1) / BLOCK;
  T p[2][16 * SOME], *parts = malloc(2 * blocks * SOME * sizeof(T));
  if (!parts) abort();
  for (size_t b = 0; b < blocks; b++) {
    size_t end = (b + 1) * BLOCK < shape->examples ? (b + 1) * BLOCK : shape->examples;
    __builtin_memset(p, 0, sizeof p);
    for (size_t e = b * BLOCK; e < end; e++)
      for (size_t i = 0; i < count; i += W) {
        T *u = p[0] + e % 16 * SOME + i, *v = p[1] + e % 16 * SOME + i;
        size_t at = e * shape->channels + i;
        V a = LOAD(u), c = LOAD(v);
        NAME(list_entry)(kind, &channels[i / W], LOAD(x + at), LOAD(g + at), &a, &c);
        STORE(u, a);
        if (kind == NAME(LIST_GRADIENT)) STORE(v, c);
      }
    for (int k = 0; k < 2; k++) {
      for (size_t half = 8; half > 0; half /= 2)
        for (size_t i = 0; i < half * SOME; i++) p[k][i] = p[k][i] + p[k][i + half * SOME];
      __builtin_memcpy(parts + ((size_t)k * blocks + b) * SOME, p[k], SOME * sizeof(T));
    }
  }
  NAME(reduce_slab)(CK_SUM, blocks, count, parts, SOME, first);
  NAME(reduce_slab)(CK_SUM, blocks, count, parts + blocks * SOME, SOME, second);
  free(parts);
}

INLINE void NAME(columns_norm)(
    const ck_norm_op op, const ck_norm *shape, size_t start, size_t count, const T *x,
    const T *parameters, const T *g, T *moments, T *y) {
  NAME(channel) channels[SOME];
  T first[SOME], second[SOME], number = (T)shape->examples;
  T *means = moments + start, *variances = means + shape->channels;
  const T *scales = parameters + start, *offsets = scales + shape->channels;
  x += start;
  g += start;
  if (op == CK_BATCH_NORM) {
    NAME(column_sums)(NAME(LIST_SUM), shape, count, channels, x, x, first, second);
    for (size_t i = 0; i < count; i++) means[i] = first[i] / number;
    for (size_t i = 0; i < count; i += W) channels[i / W].mean = LOAD(means + i);
    NAME(column_sums)(NAME(LIST_DEVIATIONS), shape, count, channels, x, x, first, second);
    for (size_t i = 0; i < count; i++) variances[i] = first[i] / number;
  }
  for (size_t i = 0; i < count; i++)
    first[i] = NAME(inverse_root)(variances[i] + (T)shape->epsilon);
  for (size_t i = 0; i < count; i += W)
    channels[i / W] = (NAME(channel)){
        LOAD(means + i), LOAD(first + i), LOAD(scales + i), LOAD(offsets + i), shape->rectified};
  if (op != CK_BATCH_NORM)
    NAME(column_sums)(NAME(LIST_GRADIENT), shape, count, channels, x, g, first, second);
  if (op == CK_BATCH_NORM_PARAMETERS) {
    __builtin_memcpy(y + start, second, count * sizeof(T));
    __builtin_memcpy(y + shape->channels + start, first, count * sizeof(T));
    return;
  }
  for (size_t i = 0; i < count; i++) {
    first[i] = first[i] / number;
    second[i] = second[i] / number;
  }
  for (size_t e = 0; e < shape->examples; e++)
    for (size_t i = 0; i < count; i += W) {
      const NAME(channel) *c = &channels[i / W];
      size_t at = e * shape->channels + i;
      STORE(y + start + at, NAME(batch_norm_entry)(
          op, c, LOAD(x + at), LOAD(g + at), LOAD(first + i), LOAD(second + i),
          c->scale * c->inverse));
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
  // The forward pass has no gradient and uses none, but steps through it.
  if (!g) g = x;
  int direct = inner % 16 == 0, sums_only = op == CK_BATCH_NORM_PARAMETERS;
  if (inner == 1)
    for (; start + W <= end; start += (end - start < SOME ? end - start : SOME) / W * W) {
      size_t count = (end - start < SOME ? end - start : SOME) / W * W;
      NAME(columns_norm)(op, shape, start, count, x, parameters, g, moments, y);
    }
  if (start == end) return;
  NAME(list) list = {shape->examples, inner, channels * inner}, gathered = {1, length, 0};
  size_t lists = direct ? 0 : CHANNELS * length;
  T *room = direct ? NULL : malloc(3 * lists * sizeof(T));
  if (!direct && !room) abort();
  for (size_t base = start; base < end; base += CHANNELS) {
    size_t count = end - base < CHANNELS ? end - base : CHANNELS;
    T *u = room, *v = room + lists, *w = v + lists;
    if (!direct) {
      NAME(gather_channels)(shape, count, x + base * inner, u, 0);
      if (op != CK_BATCH_NORM) NAME(gather_channels)(shape, count, g + base * inner, v, 0);
    }
    for (size_t k = 0; k < count; k++) {
      size_t c = base + k;
      NAME(channel) channel = {
          (V)((T)0), (V)((T)0), (V)(parameters[c]), (V)(parameters[channels + c]),
          shape->rectified};
      NAME(channel_norm)(
          op, direct ? &list : &gathered, channel, (T)shape->epsilon,
          direct ? x + c * inner : u + k * length,
          direct ? g + c * inner : v + k * length,
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
    case CK_ROW_NORM: NAME(row_norm)(shape, start, end, x, parameters, moments, y); break;
    case CK_ROW_NORM_GRADIENT:
      NAME(row_norm_gradient)(shape, start, end, x, parameters, moments, g, y);
      break;
    case CK_ROW_NORM_PARAMETERS:
      NAME(row_norm_parameters)(shape, start, end, x, moments, g, y);
      break;
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
#undef SOME
