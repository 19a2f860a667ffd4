#include <stdlib.h>
#include "table.h"

#if defined(__x86_64__)
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define LEVEL avx2
#define BYTES 32
#define SOFTWARE_FMA 0
#include "level.h"
#pragma clang attribute pop
#endif
