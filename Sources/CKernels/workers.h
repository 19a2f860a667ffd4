#pragma once
#include <stddef.h>

// Runs `body` for every number below `count`, shared among the threads that are allowed. Where a
// number runs cannot matter: each writes its own part of the output.
void ck_share(size_t count, void (*body)(void *context, size_t number), void *context);
