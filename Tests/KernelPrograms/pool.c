// Uses the pool of workers as programs do: many calls of all sizes, calls inside calls, calls from
// several threads at once, changes of the number of threads, and forks. Fails where a number is
// left out, runs twice, or a result differs. Used by ci/check-sanitizers.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../Sources/CKernels/include/kernels.h"
#include "../../Sources/CKernels/workers.h"

enum { MOST = 200, SIZE = 96 };

static void fail(const char *what) {
  printf("pool: %s\n", what);
  exit(1);
}

static void count(void *context, size_t number) { ((int *)context)[number]++; }

static void check_numbers(size_t numbers) {
  int seen[MOST] = {0};
  ck_share(numbers, count, seen);
  for (size_t i = 0; i < MOST; i++)
    if (seen[i] != (i < numbers)) fail("a number ran not once");
}

static void check_inside(void *context, size_t number) {
  check_numbers(number);
  ((int *)context)[number]++;
}

static float left[SIZE * SIZE], right[SIZE * SIZE], expected[SIZE * SIZE];

static void *multiply(void *ignored) {
  float *mine = malloc(sizeof expected);
  if (!mine) abort();
  for (int turn = 0; turn < 20; turn++) {
    memset(mine, 0, sizeof expected);
    ck_matmul(CK_F32, SIZE, SIZE, SIZE, left, SIZE, 1, right, 1, SIZE, mine);
    if (memcmp(mine, expected, sizeof expected)) fail("a product differs");
  }
  free(mine);
  return ignored;
}

static void check(int threads) {
  ck_set_threads(threads);
  for (size_t numbers = 0; numbers <= MOST; numbers++) check_numbers(numbers);
  int seen[MOST] = {0};
  ck_share(MOST, check_inside, seen);
  for (size_t i = 0; i < MOST; i++)
    if (seen[i] != 1) fail("a number with calls inside ran not once");
  pthread_t callers[3];
  for (int i = 0; i < 3; i++)
    if (pthread_create(&callers[i], NULL, multiply, NULL)) abort();
  multiply(NULL);
  for (int i = 0; i < 3; i++) pthread_join(callers[i], NULL);
}

int main(void) {
  ck_select(ck_best_level());
  for (int i = 0; i < SIZE * SIZE; i++) {
    left[i] = (float)(i % 17) - 8;
    right[i] = (float)(i % 23) / 7;
  }
  ck_matmul(CK_F32, SIZE, SIZE, SIZE, left, SIZE, 1, right, 1, SIZE, expected);
  static const int counts[] = {1, 2, 3, 8, 2, 1, 8};
  for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) check(counts[c]);
  for (int turn = 0; turn < 5; turn++) {
    pid_t child = fork();
    if (child == 0) {
      check(3);
      _exit(0);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) fail("a fork failed");
    check_numbers(MOST);
  }
  printf("pool: all good\n");
  return 0;
}
