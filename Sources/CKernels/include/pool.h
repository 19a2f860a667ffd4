#pragma once
// Memory for the numbers of tensors. What is given back is kept for the next request of a like
// size, so that a loop that repeats itself asks the system for nothing.
#include <stddef.h>
#include <stdint.h>

// At least `bytes` of memory that hold anything, aligned for every vector.
void *ck_pool_take(size_t bytes);
// Gives back what `ck_pool_take` gave for so many bytes.
void ck_pool_give(void *memory, size_t bytes);

// How many requests the system had to serve since the program started.
uint64_t ck_fresh_memory(void);
