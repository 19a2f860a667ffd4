// Compares a function of every 32-bit float with a reference in wider numbers, and prints the worst
// error in units of the float's last place. Used by ci/check-floats.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../Sources/CKernels/include/kernels.h"

static double logistic(double x) { return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)); }
static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }
static double inverse_root(double x) { return 1 / sqrt(x); }
static double square(double x) { return x * x; }
static double distribution(double x) { return 0.5L * erfcl(-x / sqrtl(2)); }
static double density(double x) { return exp(-0.5 * x * x) / sqrt(2 * M_PI); }

// Newton's step from the value in doubles, whose own error it squares.
static double quantile(double p) {
  double z = ck_map1d(CK_NORMAL_QUANTILE, p);
  if (!(p > 0 && p < 1)) return z;
  long double lesser = p < 0.5 ? p : 1 - p, a = p < 0.5 ? z : -z;
  long double density = expl(-0.5L * a * a) / sqrtl(2 * M_PIl);
  long double step = (0.5L * erfcl(-a / sqrtl(2)) - lesser) / density;
  return p < 0.5 ? a - step : -(a - step);
}

static double gelu(double x) { return isinf(x) && x < 0 ? -0.0 : x * distribution(x); }
static double gelu_slope(double x) {
  return isinf(x) ? x > 0 : distribution(x) + x * density(x);
}
static long double angle(long double x) {
  return 2 * sqrtl(2 / M_PIl) * (x + (long double)0.044715 * x * x * x);
}
static double gelu_tanh(double x) {
  return isinf(x) && x < 0 ? -0.0 : x / (1 + expl(-angle(x)));
}
static double gelu_tanh_slope(double x) {
  if (fabs(x) > 100) return x > 0;
  long double y = 1 / (1 + expl(-angle(x))), other = 1 / (1 + expl(angle(x)));
  return y + x * y * other * 2 * sqrtl(2 / M_PIl) *
                 (1 + 3 * (long double)0.044715 * x * x);
}
static double silu(double x) { return isinf(x) && x < 0 ? -0.0 : x / (1 + expl(-x)); }
static double silu_slope(double x) {
  if (fabs(x) > 1000) return x > 0;
  long double y = 1 / (1 + expl(-x)), other = 1 / (1 + expl(x));
  return y + x * y * other;
}
static double log_gamma(double x) { return x < 0 ? NAN : lgammal(x); }

// Recurrence up to 30, then the asymptotic series.
static double digamma(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITY : NAN;
  if (isinf(x)) return x;
  long double u = x, sum = 0;
  for (; u < 30; u++) sum += 1 / u;
  long double z = 1 / (u * u);
  long double series = 1 / 252.L - z * (1 / 240.L - z / 132);
  return logl(u) - 0.5L / u - z * (1 / 12.L - z * (1 / 120.L - z * series)) - sum;
}
static double trigamma(double x) {
  if (!(x > 0)) return x == 0 ? INFINITY : NAN;
  if (isinf(x)) return 0;
  long double u = x, sum = 0;
  for (; u < 30; u++) sum += 1 / (u * u);
  long double z = 1 / (u * u);
  long double series = 1 / 42.L - z * (1 / 30.L - z * 5 / 66);
  return 1 / u + z / 2 + z / u * (1 / 6.L - z * (1 / 30.L - z * series)) + sum;
}
// The exponential that kernels on rows work out in floats: zero below the least normal number.
static double row_exp(double x) { return x < -0x1.5d589ep6 ? 0 : exp(x); }

enum { ROW_EXP = -1, CHUNK = 1 << 16, SHARES = 2 };

// The greatest error in units of the last place that each may have.
static const struct {
  const char *name;
  int op;
  double (*reference)(double);
  double bound;
} functions[] = {
    {"exp", CK_EXP, exp, 0.5001},
    {"expm1", CK_EXPM1, expm1, 0.5001},
    {"log", CK_LOG, log, 0.5001},
    {"log1p", CK_LOG1P, log1p, 0.5001},
    {"tanh", CK_TANH, tanh, 0.5001},
    {"sin", CK_SIN, sin, 0.5001},
    {"cos", CK_COS, cos, 0.5001},
    {"erf", CK_ERF, erf, 0.5001},
    {"sqrt", CK_SQUARE_ROOT, sqrt, 0.5001},
    {"logistic", CK_LOGISTIC, logistic, 0.5001},
    {"softplus", CK_SOFTPLUS, softplus, 0.5001},
    {"quantile", CK_NORMAL_QUANTILE, quantile, 0.5001},
    {"square", CK_SQUARE, square, 0.5001},
    {"inverse root", CK_INVERSE_ROOT, inverse_root, 0.5001},
    {"floor", CK_FLOOR, floor, 0},
    {"round", CK_ROUND, nearbyint, 0},
    {"distribution", CK_NORMAL_CDF, distribution, 0.5001},
    {"gelu", CK_GELU, gelu, 0.5001},
    {"gelu slope", CK_GELU_SLOPE, gelu_slope, 0.51},
    {"gelu tanh", CK_GELU_TANH, gelu_tanh, 0.51},
    {"gelu tanh slope", CK_GELU_TANH_SLOPE, gelu_tanh_slope, 0.51},
    {"silu", CK_SILU, silu, 0.5001},
    {"silu slope", CK_SILU_SLOPE, silu_slope, 0.51},
    {"log gamma", CK_LOG_GAMMA, log_gamma, 0.51},
    {"digamma", CK_DIGAMMA, digamma, 1},
    {"trigamma", CK_TRIGAMMA, trigamma, 0.5001},
    {"exp of rows", ROW_EXP, row_exp, 1},
};

typedef struct {
  double error;
  float at;
} worst;

static void values(int op, const float *x, float *y) {
  if (op != ROW_EXP) {
    ck_map(CK_F32, (ck_map_op)op, CHUNK, x, y);
    return;
  }
  // The gradient of a log-softmax at (0, x) with the slopes (-1, 0) is exp(x) in its second place.
  static float a[2 * CHUNK], b[2 * CHUNK], z[2 * CHUNK];
  for (int i = 0; i < CHUNK; i++) {
    a[2 * i + 1] = x[i] <= 88 ? x[i] : 0;
    b[2 * i] = -1;
  }
  ck_row_pairs(CK_F32, CK_LOG_SOFTMAX_GRADIENT, CHUNK, 2, a, b, z);
  for (int i = 0; i < CHUNK; i++) y[i] = x[i] <= 88 ? z[2 * i + 1] : (float)exp(x[i]);
}

static worst check(size_t f, uint64_t share) {
  static float x[CHUNK], y[CHUNK];
  worst found = {0, 0};
  for (uint64_t start = share * CHUNK; start < 1ULL << 32; start += SHARES * CHUNK) {
    for (uint32_t i = 0; i < CHUNK; i++) {
      uint32_t bits = (uint32_t)start + i;
      memcpy(&x[i], &bits, 4);
    }
    values(functions[f].op, x, y);
    for (int i = 0; i < CHUNK; i++) {
      double exact = functions[f].reference(x[i]), error;
      float rounded = (float)exact;
      if (rounded == y[i] && signbit(rounded) == signbit(y[i]) && exact == rounded) continue;
      if (isnan(rounded) && isnan(y[i])) continue;
      if (!isfinite(rounded) || !isfinite(y[i]))
        error = rounded == y[i] ? 0 : INFINITY;
      else
        error = fabs(y[i] - exact) /
                ((double)nextafterf(fabsf(rounded), INFINITY) - fabsf(rounded));
      if (error > found.error) found = (worst){error, x[i]};
    }
  }
  return found;
}

int main(int count, char **arguments) {
  int failures = 0;
  ck_select(ck_best_level());
  worst *found = mmap(
      NULL, SHARES * sizeof *found, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (found == MAP_FAILED) return 1;
  for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
    int wanted = count == 1;
    for (int i = 1; i < count; i++) wanted |= !strcmp(arguments[i], functions[f].name);
    if (!wanted) continue;
    for (uint64_t share = 0; share < SHARES; share++) {
      found[share].error = INFINITY;
      if (fork() == 0) {
        found[share] = check(f, share);
        _exit(0);
      }
    }
    while (wait(NULL) > 0) {}
    for (int share = 1; share < SHARES; share++)
      if (found[share].error > found->error) *found = found[share];
    printf(
        "%-15s %.7f units of the last place, at %a\n", functions[f].name, found->error,
        found->at);
    fflush(stdout);
    failures += !(found->error <= functions[f].bound);
  }
  return failures > 0;
}
