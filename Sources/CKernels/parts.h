#pragma once
// What the files that cut operations into parts share. The parts do not depend on the number of
// threads; small operations are one part.
#include "table.h"
#include "workers.h"

#define SIZE(type) ((type) == CK_F32 ? sizeof(float) : sizeof(double))
#define FROM(p, offset) ((const char *)(p) + (offset))
#define TO(p, offset) ((char *)(p) + (offset))

// Entries that are worth a part of their own.
enum { PART = 1 << 15 };

static inline size_t parts_of(size_t n, size_t part) { return (n + part - 1) / part; }
static inline size_t least(size_t a, size_t b) { return a < b ? a : b; }
