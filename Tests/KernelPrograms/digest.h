#pragma once
// The corpus of the kernel programs: one function a family, each in a file digest_<family>.c.
#include <stddef.h>
#include <stdint.h>

#include "../../Sources/CKernels/include/kernels.h"

// Families, in the order in which they enter the digest; a new one is a line here and a file.
#define FAMILIES(F) \
  F(elementwise)    \
  F(reductions)     \
  F(products)       \
  F(images)         \
  F(formats)        \
  F(rows)           \
  F(algebra)        \
  F(updates)       \
  F(attention)

#define DECLARE(family) void digest_##family(ck_type type);
FAMILIES(DECLARE)
#undef DECLARE

// Takes scalars, or bytes as they are, into the digest.
void add(ck_type type, size_t n, const void *scalars);
void add_bytes(size_t n, const void *bytes);

// Zeroed room for exactly n scalars, so that sanitizers see reads and writes past it; the program
// frees it after the family.
void *room(ck_type type, size_t n);
// Standard normals, always the same ones for a number of the stream.
void *normals(ck_type type, size_t n, uint64_t stream);
