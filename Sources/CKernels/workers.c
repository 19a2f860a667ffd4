#include "workers.h"

#include <pthread.h>
#include <stdatomic.h>

#include "include/kernels.h"

#pragma STDC FP_CONTRACT OFF

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER, finished = PTHREAD_COND_INITIALIZER;
static pthread_once_t forking = PTHREAD_ONCE_INIT;
static _Atomic(int) allowed = 1;

// Guarded by `lock`: the workers that exist, the call they serve, and how many are inside it.
static int workers, busy, inside;
static unsigned call;
static void (*work)(void *, size_t);
static void *work_context;
static size_t work_count;
static _Atomic(size_t) next;

static void take(void (*body)(void *, size_t), void *context, size_t count) {
  for (size_t i; (i = atomic_fetch_add(&next, 1)) < count;) body(context, i);
}

static void *serve(void *number) {
  unsigned seen = 0;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (!busy || call == seen) pthread_cond_wait(&arrived, &lock);
    seen = call;
    // A worker above the number of threads that are allowed now sits this call out.
    if ((int)(size_t)number >= ck_threads()) continue;
    void (*body)(void *, size_t) = work;
    void *context = work_context;
    size_t count = work_count;
    inside++;
    pthread_mutex_unlock(&lock);
    take(body, context, count);
    pthread_mutex_lock(&lock);
    if (--inside == 0) pthread_cond_signal(&finished);
  }
  return NULL;
}

// A forked child has none of the workers and starts its own.
static void start_again(void) {
  pthread_mutex_init(&lock, NULL);
  pthread_cond_init(&arrived, NULL);
  pthread_cond_init(&finished, NULL);
  workers = busy = inside = 0;
}

static void watch_forks(void) { pthread_atfork(NULL, NULL, start_again); }

void ck_set_threads(int count) { atomic_store(&allowed, count); }
int ck_threads(void) { return atomic_load(&allowed); }

void ck_share(size_t count, void (*body)(void *, size_t), void *context) {
  int threads = ck_threads();
  // One call is shared at a time; another made meanwhile runs on its own thread.
  int mine = 0;
  if (threads > 1 && count > 1) {
    pthread_once(&forking, watch_forks);
    pthread_mutex_lock(&lock);
    if (!busy) {
      mine = busy = 1;
      call++;
      work = body;
      work_context = context;
      work_count = count;
      atomic_store(&next, 0);
      while (workers < threads - 1) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, serve, (void *)(size_t)(workers + 1))) break;
        pthread_detach(thread);
        workers++;
      }
      pthread_cond_broadcast(&arrived);
    }
    pthread_mutex_unlock(&lock);
  }
  if (!mine) {
    for (size_t i = 0; i < count; i++) body(context, i);
    return;
  }
  take(body, context, count);
  pthread_mutex_lock(&lock);
  while (inside > 0) pthread_cond_wait(&finished, &lock);
  busy = 0;
  pthread_mutex_unlock(&lock);
}
