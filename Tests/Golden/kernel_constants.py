"""Prints the constants of Sources/CKernels that no formula gives: fits, and 2/pi."""

import struct

import mpmath as mp

mp.mp.prec = 250


def scaled_complement(t):
    """exp(x^2) erfc(x) at x = 2 (1 + t) / (1 - t)."""
    x = 2 * (1 + t) / (1 - t)
    return mp.erfc(x) * mp.exp(x * x)


def fitted(name, function, low, high, terms, kind="d"):
    """Prints the polynomial through the function's values at Chebyshev's nodes, constant first."""
    nodes = [(low + high) / 2 + (high - low) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * terms))
             for i in range(terms)]
    powers = mp.matrix(terms, terms)
    values = mp.matrix(terms, 1)
    for i, t in enumerate(nodes):
        values[i] = function(t)
        for j in range(terms):
            powers[i, j] = t**j
    numbers = [float(c) for c in mp.lu_solve(powers, values)]
    if kind == "f":
        numbers = [struct.unpack("<f", struct.pack("<f", c))[0] for c in numbers]
    print(f"{name}:", ", ".join(c.hex() for c in numbers))


def slope(w):
    """The normal quantile of (1 + x) / 2 over x, where 1 - x^2 = exp(-w)."""
    if w == 0:
        return mp.sqrt(mp.pi / 2)
    x = mp.sqrt(-mp.expm1(-w))
    return mp.sqrt(2) * mp.erfinv(x) / x


low, high = [(x - 2) / (x + 2) for x in (mp.mpf("0.8"), mp.mpf(6))]
fitted("erf, far", scaled_complement, low, high, 19)
fitted("erfc, beyond 6, of 1/x^2", lambda t: mp.erfc(1 / mp.sqrt(t)) * mp.exp(1 / t) / mp.sqrt(t),
       mp.mpf(1) / 784, mp.mpf(1) / 36, 12)
fitted("log gamma over (x - 1) (x - 2), x - 1.5",
       lambda t: mp.loggamma(t + mp.mpf("1.5")) / ((t + mp.mpf("0.5")) * (t - mp.mpf("0.5"))),
       mp.mpf("-0.75"), mp.mpf("0.75"), 26)
reach = mp.log(2) / 2 * mp.mpf("1.0005")
fitted("exp of floats",
       lambda r: (mp.exp(r) - 1 - r - r * r / 2) / r**3 if abs(r) > 1e-9 else (4 + r) / 24,
       -reach, reach, 5, "f")
fitted("log of floats, log(1 + f) / f", lambda f: mp.log1p(f) / f if f else mp.mpf(1),
       mp.sqrt(mp.mpf("0.5")) - 1, mp.sqrt(2) - 1, 9, "f")
fitted("normal quantile of floats, w - 2.5", lambda t: slope(t + mp.mpf("2.5")), mp.mpf("-2.5"),
       mp.mpf("2.5"), 9, "f")
fitted("normal quantile of floats, sqrt(w) - 3.5", lambda t: slope((t + mp.mpf("3.5")) ** 2),
       mp.mpf("-1.28"), mp.mpf("1.15"), 9, "f")

mp.mp.prec = 1400
rest = 2 / mp.pi
words = []
for _ in range(20):
    rest *= mp.mpf(2) ** 64
    word = int(mp.floor(rest))
    rest -= word
    words.append(f"0x{word:016x}")
print("2/pi:", ", ".join(words))
