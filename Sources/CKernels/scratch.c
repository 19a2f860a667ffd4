#include "scratch.h"

#include <pthread.h>
#include <stdlib.h>

typedef struct {
  void *bytes;
  size_t count;
} room;

static _Thread_local room rooms[CK_SCRATCH_USES];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t ending;

static void release(void *owned) {
  room *all = owned;
  for (int use = 0; use < CK_SCRATCH_USES; use++) free(all[use].bytes);
}

static void prepare(void) {
  if (pthread_key_create(&ending, release)) abort();
}

static void *grow(room *own, size_t bytes) {
  pthread_once(&once, prepare);
  if (pthread_setspecific(ending, rooms)) abort();
  free(own->bytes);
  // Grown by a quarter, so that slowly growing calls do not allocate each time.
  own->count = (bytes + bytes / 4 + 4095) / 4096 * 4096;
  if (posix_memalign(&own->bytes, 4096, own->count)) abort();
  return own->bytes;
}

void *ck_scratch(ck_scratch_use use, size_t bytes) {
  room *own = &rooms[use];
  return bytes <= own->count && own->bytes ? own->bytes : grow(own, bytes);
}
