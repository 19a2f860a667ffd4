// Compares a function of every 32-bit float with libm's double, and prints the worst error in units
// of the float's last place. Used by ci/check-floats.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../Sources/CKernels/include/kernels.h"

static double logistic(double x) { return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)); }
static double softplus(double x) { return fmax(x, 0) + log1p(exp(-fabs(x))); }

static const struct {
  const char *name;
  ck_map_op op;
  double (*reference)(double);
} functions[] = {
    {"exp", CK_EXP, exp},    {"expm1", CK_EXPM1, expm1},          {"log", CK_LOG, log},
    {"log1p", CK_LOG1P, log1p}, {"tanh", CK_TANH, tanh},          {"sin", CK_SIN, sin},
    {"cos", CK_COS, cos},    {"erf", CK_ERF, erf},                {"sqrt", CK_SQUARE_ROOT, sqrt},
    {"logistic", CK_LOGISTIC, logistic}, {"softplus", CK_SOFTPLUS, softplus},
};

int main(int count, char **arguments) {
  enum { CHUNK = 1 << 16 };
  static float x[CHUNK], y[CHUNK];
  int failures = 0;
  ck_select(ck_best_level());
  for (size_t f = 0; f < sizeof functions / sizeof *functions; f++) {
    if (count > 1 && strcmp(arguments[1], functions[f].name)) continue;
    double worst = 0;
    float at = 0;
    for (uint64_t start = 0; start < 1ULL << 32; start += CHUNK) {
      for (uint32_t i = 0; i < CHUNK; i++) {
        uint32_t bits = (uint32_t)start + i;
        memcpy(&x[i], &bits, 4);
      }
      ck_map(CK_F32, functions[f].op, CHUNK, x, y);
      for (int i = 0; i < CHUNK; i++) {
        double exact = functions[f].reference(x[i]), error;
        float rounded = (float)exact;
        if (rounded == y[i] && signbit(rounded) == signbit(y[i]) && exact == rounded) continue;
        if (isnan(rounded) && isnan(y[i])) continue;
        if (!isfinite(rounded) || !isfinite(y[i]))
          error = rounded == y[i] ? 0 : INFINITY;
        else
          error = fabs(y[i] - exact) / fabs((double)nextafterf(fabsf(rounded), INFINITY) - fabsf(rounded));
        if (error > worst) {
          worst = error;
          at = x[i];
        }
      }
    }
    printf("%-9s %.7f units of the last place, at %a\n", functions[f].name, worst, at);
    fflush(stdout);
    failures += worst > 0.5001;
  }
  return failures > 0;
}
