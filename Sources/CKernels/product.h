// First form of the matrix product.
static void NAME(matmul)(
    size_t m, size_t n, size_t k, const T *a, size_t a_row, size_t a_column, const T *b,
    size_t b_row, size_t b_column, T *c, size_t c_row) {
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < n; j++) {
      T total = 0;
      for (size_t start = 0; start < k; start += 4096) {
        V chain = (V)((T)0);
        for (size_t p = start; p < k && p < start + 4096; p++)
          chain = NAME(fma)((V)(a[i * a_row + p * a_column]), (V)(b[p * b_row + j * b_column]), chain);
        total = start ? total + chain[0] : chain[0];
      }
      c[i * c_row + j] = total;
    }
}
