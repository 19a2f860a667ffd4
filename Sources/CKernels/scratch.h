#pragma once
#include <stddef.h>

// What a piece of scratch memory is for: a function that holds one may call those that use others.
typedef enum {
  CK_SCRATCH_PANEL,
  CK_SCRATCH_PART,
  CK_SCRATCH_CHAIN,
  CK_SCRATCH_VECTOR,
  CK_SCRATCH_PHASES,
  CK_SCRATCH_TERMS,
  CK_SCRATCH_FILTERS,
  CK_SCRATCH_PLANES,
  CK_SCRATCH_TURNED,
  CK_SCRATCH_PIECES,
  CK_SCRATCH_BLOCK,
  CK_SCRATCH_ATTENTION,
  CK_SCRATCH_USES,
} ck_scratch_use;

// At least `bytes` bytes of the calling thread, aligned to 64, valid until the thread asks again for
// the same use. They stay from call to call, so that a training step allocates none.
void *ck_scratch(ck_scratch_use use, size_t bytes);
