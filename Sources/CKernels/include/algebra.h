#pragma once
// Pieces of factorizations: products into blocks of a matrix, triangles, panels and rotations.
#include "kernels.h"

// What a product does to the block it is written to.
typedef enum { CK_STORE, CK_PLUS, CK_MINUS } ck_update;

// c = a b, c + a b or c - a b, where entry (i, j) of a b is ck_matmul's. c may lie in a larger
// matrix: one of its steps is 1. With `lower` only the entries with j <= i are touched.
void ck_matmul_into(
    ck_type type, ck_update update, int lower, size_t m, size_t n, size_t k, const void *a,
    size_t a_row, size_t a_column, const void *b, size_t b_row, size_t b_column, void *c,
    size_t c_row, size_t c_column);

// The greatest size of a triangle below, and the greatest width of a panel.
enum { CK_TRIANGLE = 64, CK_PANEL = 16 };

// Solves T X = B in place for a triangle of n <= CK_TRIANGLE rows: x_i is b_i less t_ij x_j, one
// fused operation a term in the order in which the x_j are found, over t_ii where not `unit`.
// `ascending` for a lower triangle, from the first row on; else upper, from the last.
void ck_solve(
    ck_type type, int ascending, int unit, size_t n, size_t columns, const void *t, size_t t_row,
    size_t t_column, void *x, size_t x_row, size_t x_column);

// The lower Cholesky factor of n <= CK_TRIANGLE rows in place; the upper half is left alone.
// Returns n, or the first pivot that is not positive and finite, which then stands on the diagonal.
size_t ck_cholesky(ck_type type, size_t n, void *a, size_t a_row);

// LU factors of a panel of `width` <= CK_PANEL columns in place, each of m consecutive numbers.
// pivots[j] is the row that was exchanged with row j: the first of the greatest in column j.
void ck_panel(ck_type type, size_t m, size_t width, void *x, size_t *pivots);

// A rotation of two rows: (x, y) becomes (c x - s y, s x + c y).
typedef struct {
  uint32_t x, y;
  double c, s;
} ck_rotation;

// Applies rotations one after another to the rows of a matrix of doubles.
void ck_rotate(size_t rows, size_t columns, double *x, size_t count, const ck_rotation *rotations);
