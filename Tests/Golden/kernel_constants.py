"""Prints the constants of Sources/CKernels that no formula gives: the far part of erf, and 2/pi."""

import mpmath as mp

mp.mp.prec = 250


def scaled_complement(t):
    """exp(x^2) erfc(x) at x = 2 (1 + t) / (1 - t)."""
    x = 2 * (1 + t) / (1 - t)
    return mp.erfc(x) * mp.exp(x * x)


low, high = [(x - 2) / (x + 2) for x in (mp.mpf("0.8"), mp.mpf(6))]
terms = 19
nodes = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * terms))
         for i in range(terms)]
powers = mp.matrix(terms, terms)
values = mp.matrix(terms, 1)
for i, t in enumerate(nodes):
    values[i] = scaled_complement(t)
    for j in range(terms):
        powers[i, j] = t**j
print("erf, far:", ", ".join(float(c).hex() for c in mp.lu_solve(powers, values)))

mp.mp.prec = 1400
rest = 2 / mp.pi
words = []
for _ in range(20):
    rest *= mp.mpf(2) ** 64
    word = int(mp.floor(rest))
    rest -= word
    words.append(f"0x{word:016x}")
print("2/pi:", ", ".join(words))
