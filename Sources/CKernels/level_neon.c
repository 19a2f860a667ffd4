#include <stdlib.h>
#include "table.h"

#if defined(__aarch64__)
#define LEVEL neon
#define BYTES 16
#define SOFTWARE_FMA 0
#include "level.h"
#endif
