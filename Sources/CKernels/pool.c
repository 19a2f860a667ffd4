#include "include/pool.h"

#include <pthread.h>
#include <stdlib.h>

#pragma STDC FP_CONTRACT OFF

// Sizes are rounded up to four steps an octave, from 64 bytes: at most a fifth is unused.
enum { LEAST = 6, STEPS = 4, CLASSES = (48 - LEAST) * STEPS };

typedef struct block {
  struct block *next;
} block;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
// Guarded by `lock`.
static block *kept[CLASSES];
static size_t in_use, most_in_use, idle;
static uint64_t fresh;

static size_t class_of(size_t bytes, size_t *size) {
  if (bytes <= (size_t)1 << LEAST) {
    *size = (size_t)1 << LEAST;
    return 0;
  }
  unsigned octave = 63 - (unsigned)__builtin_clzll(bytes - 1);
  size_t step = (size_t)1 << (octave - 2);
  size_t steps = (bytes - ((size_t)1 << octave) + step - 1) / step;
  *size = ((size_t)1 << octave) + steps * step;
  return (octave - LEAST) * STEPS + steps;
}

void *ck_pool_take(size_t bytes) {
  size_t size, number = class_of(bytes, &size);
  if (number >= CLASSES) abort();
  pthread_mutex_lock(&lock);
  block *found = kept[number];
  if (found) {
    kept[number] = found->next;
    idle -= size;
  } else {
    fresh++;
  }
  in_use += size;
  if (in_use > most_in_use) most_in_use = in_use;
  pthread_mutex_unlock(&lock);
  if (!found && posix_memalign((void **)&found, 64, size)) abort();
  return found;
}

void ck_pool_give(void *memory, size_t bytes) {
  size_t size, number = class_of(bytes, &size);
  block *given = memory;
  pthread_mutex_lock(&lock);
  in_use -= size;
  // What lies idle is at most half as much again as was ever in use at once: between two training
  // steps nearly everything is idle, the greatest number of blocks of each size.
  if (idle + size <= most_in_use + most_in_use / 2) {
    given->next = kept[number];
    kept[number] = given;
    idle += size;
    given = NULL;
  }
  pthread_mutex_unlock(&lock);
  free(given);
}

uint64_t ck_fresh_memory(void) {
  pthread_mutex_lock(&lock);
  uint64_t count = fresh;
  pthread_mutex_unlock(&lock);
  return count;
}
