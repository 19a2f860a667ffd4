#include <stdlib.h>
#include "table.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("fma"))), apply_to = function)
#endif
#define LEVEL scalar
#define BYTES 0
#define SOFTWARE_FMA 0
#include "level.h"
#if defined(__x86_64__)
#pragma clang attribute pop
#endif
