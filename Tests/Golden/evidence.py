"""Writes Tests/EvidenceTests/Fixtures/distributions.json from SciPy, checked with mpmath.

Run from the repository root: python3 Tests/Golden/evidence.py
"""
import json
import pathlib

import mpmath
import numpy as np
import scipy
from scipy import special, stats

mpmath.mp.dps = 40


def checked(value, exact):
    """A SciPy value; where mpmath can tell, its digits must agree, or mpmath's are taken."""
    value, exact = float(value), float(exact)
    assert abs(value - exact) <= 1e-7 * abs(exact), (value, exact)
    return exact


def exact_t_tail(t, nu):
    x = mpmath.mpf(nu) / (nu + mpmath.mpf(t) ** 2)
    return mpmath.betainc(mpmath.mpf(nu) / 2, mpmath.mpf(1) / 2, 0, x, regularized=True) / 2


small = [1, 2, 3, 4, 7, 9, 19, 29, 99]
large = [999, 9999, 999_999]
tails = [1e-12, 1e-9, 1e-6, 1e-3, 0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.49, 0.49999]

t_tail, t_quantile = [], []
for nu in small + large:
    for t in [1e-8, 0.01, 0.3, 1.0, 2.0, 3.5, 6.0, 12.0, 40.0]:
        value = stats.t.sf(t, nu)
        if value < 1e-250:
            continue
        if nu in small:
            value = checked(value, exact_t_tail(t, nu))
        t_tail.append([nu, t, float(value)])
    for p in tails if nu in small else tails[:-1]:
        value = float(stats.t.isf(p, nu))
        if nu in small:
            refined = mpmath.findroot(lambda t: exact_t_tail(t, nu) / p - 1, value * (1 + 1e-9))
            value = checked(value, refined)
        t_quantile.append([nu, p, value])

beta = []
for a in [0.5, 1.0, 2.5, 10.0, 300.0, 5e4, 1e6]:
    for b in [0.5, 1.0, 2.5, 10.0, 300.0, 5e4, 1e6]:
        for p in [1e-12, 1e-6, 0.025, 0.5, 0.9]:
            x = float(special.betaincinv(a, b, p))
            if x < 1e-200 or 1 - x < 1e-6:
                continue
            value = float(special.betainc(a, b, x))
            if a + b < 1000:
                value = checked(value, mpmath.betainc(a, b, 0, x, regularized=True))
            beta.append([a, b, x, value])

binomial = []
for n, p in [(5, 0.5), (20, 0.5), (20, 1e-12), (100, 0.03), (1000, 0.5), (10**6, 0.5), (10**6, 1e-6)]:
    spread = max(1.0, (n * p * (1 - p)) ** 0.5)
    ks = {int(n * p + z * spread) for z in [-6, -2, 0, 1, 4]} | {0, n}
    for k in sorted(k for k in ks if 0 <= k <= n):
        mass, tail = float(stats.binom.pmf(k, n, p)), float(stats.binom.cdf(k, n, p))
        if mass > 1e-250:
            mass = float(mpmath.binomial(n, k) * mpmath.mpf(p) ** k * (1 - mpmath.mpf(p)) ** (n - k))
        binomial.append([n, p, k, mass, tail])

shares = []
for n in [1, 2, 5, 20, 300, 10**6]:
    for k in sorted({0, 1, n // 3, n - 1, n}):
        for tail in [0.05, 0.025, 1e-6, 1e-12]:
            lower = 0.0 if k == 0 else float(special.betaincinv(k, n - k + 1, tail))
            upper = 1.0 if k == n else float(special.betainccinv(k + 1, n - k, tail))
            shares.append([k, n, tail, lower, upper])

normal = [[p, float(special.ndtri(p))] for p in
          [1e-300, 1e-100, 1e-12, 1e-6, 1e-3, 0.025, 0.05, 0.07, 0.08, 0.2, 0.4999, 0.5, 0.6, 0.9, 0.975, 1 - 1e-12]]

out = {
    "madeBy": "Tests/Golden/evidence.py",
    "versions": {"scipy": scipy.__version__, "numpy": np.__version__, "mpmath": mpmath.__version__},
    "tTail": t_tail, "tQuantile": t_quantile, "beta": beta, "binomial": binomial,
    "shares": shares, "normal": normal,
}
path = pathlib.Path("Tests/EvidenceTests/Fixtures/distributions.json")
rows = ",\n".join(
    f"{json.dumps(key)}: " + (
        "[\n" + ",\n".join("  " + json.dumps(row) for row in value) + "\n]"
        if isinstance(value, list) else json.dumps(value))
    for key, value in out.items())
path.write_text("{\n" + rows + "\n}\n")
