#include "workers.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <unistd.h>

#include "include/kernels.h"

#pragma STDC FP_CONTRACT OFF

// How often a thread looks again before it sleeps: a fifth of a millisecond, longer than the time
// between two large operations of a training step.
enum { LOOKS = 8000 };
#define OPEN ((uint64_t)1 << 31)
#define INSIDE (OPEN - 1)

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER, finished = PTHREAD_COND_INITIALIZER;
static pthread_once_t starting = PTHREAD_ONCE_INIT;
static _Atomic(int) allowed = 1;
static long processors;

// One call is shared at a time, by the thread that has set `busy`. The state is the number of the
// call, whether it is open to workers, and how many of them are inside; while none is, the caller
// alone may change what follows.
static _Atomic(int) busy;
static _Atomic(uint64_t) state;
static void (*work)(void *, size_t);
static void *work_context;
static size_t work_count;
static _Atomic(size_t) next;

static _Atomic(int) sleeping, waiting;
static int workers;

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// More threads than processors would keep each other from working by looking.
static int looks(void) { return ck_threads() <= processors ? LOOKS : 0; }

static void take(void (*body)(void *, size_t), void *context, size_t count) {
  for (size_t i; (i = atomic_fetch_add(&next, 1)) < count;) body(context, i);
}

// Whether a call is open that the worker has not seen.
static int is_new(uint64_t now, uint64_t seen) { return (now & OPEN) && now >> 32 != seen; }

// Looks for a call, then sleeps until one comes; who wakes too late for it looks for the next.
static uint64_t await_call(uint64_t seen) {
  for (;;) {
    uint64_t now = atomic_load(&state);
    for (int look = looks(); look > 0 && !is_new(now, seen); look--) {
      pause_briefly();
      now = atomic_load(&state);
    }
    if (is_new(now, seen)) return now;
    pthread_mutex_lock(&lock);
    atomic_fetch_add(&sleeping, 1);
    if (!is_new(atomic_load(&state), seen)) pthread_cond_wait(&arrived, &lock);
    atomic_fetch_sub(&sleeping, 1);
    pthread_mutex_unlock(&lock);
  }
}

static void *serve(void *number) {
  uint64_t seen = 0;
  for (;;) {
    uint64_t now = await_call(seen);
    // A worker above the number of threads that are allowed now sits this call out.
    if ((int)(size_t)number >= ck_threads()) {
      seen = now >> 32;
      continue;
    }
    if (!atomic_compare_exchange_strong(&state, &now, now + 1)) continue;
    seen = now >> 32;
    take(work, work_context, work_count);
    if ((atomic_fetch_sub(&state, 1) & INSIDE) == 1 && atomic_load(&waiting)) {
      pthread_mutex_lock(&lock);
      pthread_cond_signal(&finished);
      pthread_mutex_unlock(&lock);
    }
  }
  return NULL;
}

// A forked child has none of the workers and starts its own.
static void start_again(void) {
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&arrived, NULL);
  pthread_cond_init(&finished, NULL);
  workers = 0;
  atomic_store(&busy, 0);
  atomic_store(&state, 0);
  atomic_store(&sleeping, 0);
  atomic_store(&waiting, 0);
}

static void start(void) {
  processors = sysconf(_SC_NPROCESSORS_ONLN);
  pthread_atfork(NULL, NULL, start_again);
}

static void open_call(void (*body)(void *, size_t), void *context, size_t count, int threads) {
  work = body;
  work_context = context;
  work_count = count;
  atomic_store(&next, 0);
  atomic_store(&state, ((atomic_load(&state) >> 32) + 1) << 32 | OPEN);
  while (workers < threads - 1) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, (void *)(size_t)(workers + 1))) break;
    pthread_detach(thread);
    workers++;
  }
  if (atomic_load(&sleeping) > 0) {
    pthread_mutex_lock(&lock);
    pthread_cond_broadcast(&arrived);
    pthread_mutex_unlock(&lock);
  }
}

// Lets no worker in any more and waits for those that are inside.
static void close_call(void) {
  uint64_t now = atomic_fetch_and(&state, ~OPEN);
  for (int look = looks(); look > 0 && (now & INSIDE); look--) {
    pause_briefly();
    now = atomic_load(&state);
  }
  if (now & INSIDE) {
    pthread_mutex_lock(&lock);
    atomic_store(&waiting, 1);
    while (atomic_load(&state) & INSIDE) pthread_cond_wait(&finished, &lock);
    atomic_store(&waiting, 0);
    pthread_mutex_unlock(&lock);
  }
}

void ck_set_threads(int count) { atomic_store(&allowed, count); }
int ck_threads(void) { return atomic_load(&allowed); }

void ck_share(size_t count, void (*body)(void *, size_t), void *context) {
  int threads = ck_threads();
  // A call made while another is shared runs on its own thread.
  if (threads > 1 && count > 1 && !atomic_exchange(&busy, 1)) {
    pthread_once(&starting, start);
    open_call(body, context, count, threads);
    take(body, context, count);
    close_call();
    atomic_store(&busy, 0);
    return;
  }
  for (size_t i = 0; i < count; i++) body(context, i);
}
