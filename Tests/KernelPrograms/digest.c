// Prints a digest of what the kernels compute at every level this processor supports, with one
// thread and with three, and fails where two differ. Used by check-arm64 and check-sanitizers.
#include "digest.h"

#include <stdio.h>
#include <stdlib.h>

static uint64_t digest;
static void *rooms[4096];
static size_t taken;

// FNV-1a.
void add_bytes(size_t n, const void *bytes) {
  const unsigned char *each = bytes;
  for (size_t i = 0; i < n; i++) digest = (digest ^ each[i]) * 1099511628211u;
}

static size_t size_of(ck_type type, size_t n) {
  return n * (type == CK_F32 ? sizeof(float) : sizeof(double));
}

void *room(ck_type type, size_t n) {
  if (taken == sizeof rooms / sizeof *rooms) abort();
  void *fresh = calloc(1, size_of(type, n) + (n == 0));
  if (!fresh) abort();
  return rooms[taken++] = fresh;
}

void *normals(ck_type type, size_t n, uint64_t stream) {
  uint64_t *words = room(CK_F64, n);
  void *x = room(type, n);
  ck_words(1, stream, 0, n, words);
  ck_normal(type, n, words, x);
  return x;
}

void add(ck_type type, size_t n, const void *scalars) {
  // All NaN are one.
  void *same = malloc(size_of(type, n) + 1);
  if (!same) abort();
  ck_canonical(type, n, scalars, same);
  add_bytes(size_of(type, n), same);
  free(same);
}

static void run(void (*family)(ck_type), ck_type type) {
  family(type);
  while (taken > 0) free(rooms[--taken]);
}

int main(void) {
  uint64_t first = 0;
  for (int level = CK_PORTABLE; level <= CK_NEON; level++) {
    if (!ck_select((ck_level)level)) continue;
    for (int threads = 1; threads <= 3; threads += 2) {
      ck_set_threads(threads);
      digest = 14695981039346656037u;
      for (int type = CK_F32; type <= CK_F64; type++) {
#define RUN(family) run(digest_##family, (ck_type)type);
        FAMILIES(RUN)
      }
      printf("level %d, threads %d: %016llx\n", level, threads, (unsigned long long)digest);
      if (!first) first = digest;
      if (digest != first) return 1;
    }
  }
  return 0;
}
