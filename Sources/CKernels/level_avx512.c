#include <stdlib.h>
#include "table.h"

#if defined(__x86_64__)
#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw,avx2,fma"))), apply_to = function)
#define LEVEL avx512
#define BYTES 64
#define SOFTWARE_FMA 0
#include "level.h"
#pragma clang attribute pop
#endif
