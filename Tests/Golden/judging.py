"""Writes Tests/EvidenceTests/Fixtures/judging.json from SciPy and mpmath.

Run from the repository root: python3 Tests/Golden/judging.py
"""
import json
import math
import pathlib

import mpmath
import numpy as np
from scipy import integrate, stats

mpmath.mp.dps = 50
rng = np.random.default_rng(20260101)


def moments(values):
    """Mean and standard deviation of the exact numbers that the doubles are."""
    exact = [mpmath.mpf(v) for v in values]
    mean = mpmath.fsum(exact) / len(exact)
    return mean, mpmath.sqrt(mpmath.fsum((v - mean) ** 2 for v in exact) / (len(exact) - 1))


samples = [
    [1.0, 2.0], [0.0, 1e-300], [1.0, 1.0 + 2**-52], [-1e150, 1e150], [1e-150, 3e-150, -2e-150],
    [0.1] * 7, [0.5, 0.5, 0.5, 0.5000000001], [3.0, 3.0, 3.0, 4.0, 4.0], [1e9, 1e9 + 1, 1e9 + 3],
    [float(v) for v in rng.normal(size=5)], [float(v) for v in rng.standard_cauchy(size=20)],
    [float(v) for v in rng.exponential(size=101)], [float(v) for v in rng.normal(1e6, 1e-3, size=9)],
]

means = []
for values in samples:
    mean, spread = moments(values)
    n = len(values)
    reach = mpmath.mpf(float(stats.t.isf(0.05, n - 1))) * spread / mpmath.sqrt(n)
    row = {"values": values, "lower": float(mean - reach), "upper": float(mean + reach), "tests": []}
    for distance in [0.5, 2.0, 5.0]:
        truth = float(mean + distance * spread / math.sqrt(n)) if spread > 0 else 0.2
        t = (mpmath.mpf(truth) - mean) / (spread / mpmath.sqrt(n)) if spread > 0 else mpmath.inf
        if t <= 0:
            continue
        row["tests"].append([truth, float(2 * stats.t.sf(float(t), n - 1))])
    # SciPy's own test must agree where its arithmetic can.
    own = stats.ttest_1samp(values, 0.25)
    if 1e-3 < float(spread) < 1e3 and abs(mean) < 100:
        t = float((mean - mpmath.mpf(0.25)) / (spread / mpmath.sqrt(n)))
        assert abs(own.pvalue - 2 * stats.t.sf(abs(t), n - 1)) < 1e-9, values
    means.append(row)

welch = []
for values in samples:
    mean, spread = moments(values)
    n = len(values)
    for reported, runs in [(0.0, 5), (0.3, 2), (0.3, 5), (1e-9, 3), (1e4, 40)]:
        own, other = spread**2 / n, mpmath.mpf(reported) ** 2 / runs
        error = mpmath.sqrt(own + other)
        if error == 0:
            continue
        degrees = float((own + other) ** 2 / (own**2 / (n - 1) + other**2 / (runs - 1)))
        reach = mpmath.mpf(float(stats.t.isf(0.05, degrees))) * error
        truth = float(mean + 3 * error)
        t = float((mpmath.mpf(truth) - mean) / error)
        value = float(2 * stats.t.sf(t, degrees))
        if 1e-3 < float(spread) < 1e3 and reported >= 0.3 and abs(mean) < 100:
            result = stats.ttest_ind_from_stats(
                float(mean), float(spread), n, truth, reported, runs, equal_var=False)
            assert abs(result.pvalue - value) < 1e-9
        welch.append([values, reported, runs, float(mean - reach), float(mean + reach), truth, value])

signs = []
for values in [[1.0], [1.0, -0.5], [0.2, 0.2, 0.2, -0.2], [float(v) for v in rng.normal(0.4, 1, size=11)],
               [0.0, 0.0, 1.0, 2.0], [float(v) for v in rng.normal(1, 1, size=14)]]:
    result = stats.permutation_test(
        (np.array(values),), np.sum, permutation_type="samples", alternative="greater",
        n_resamples=np.inf) if len(values) > 1 else None
    exact = np.mean([
        sum(v if bits >> i & 1 else -v for i, v in enumerate(values)) >= sum(values) - 1e-12
        for bits in range(2 ** len(values))])
    if result is not None:
        assert abs(result.pvalue - exact) < 1e-12, values
    signs.append([values, float(exact)])


def wealth(values, level, mean):
    """The logarithm of K+, written as the paper has it: one bet after the other."""
    total, squares, variance, capital = 0.5, 0.25, 0.25, mpmath.mpf(0)
    for i, x in enumerate(values, start=1):
        bet = mpmath.sqrt(2 * mpmath.log(mpmath.mpf(2) / level) / (variance * i * mpmath.log(1 + i)))
        capital += mpmath.log1p(min(bet, mpmath.mpf(0.5) / mean) * (x - mean))
        total += x
        center = total / (i + 1)
        squares += (x - center) ** 2
        variance = squares / (i + 1)
    return capital


def lower_end(values, level):
    limit = mpmath.log(mpmath.mpf(2) / level)
    low, high = mpmath.mpf(2) ** -1000, mpmath.mpf(1)
    if wealth(values, level, low) < limit:
        return mpmath.mpf(0)
    for _ in range(160):
        middle = (low + high) / 2
        low, high = (middle, high) if wealth(values, level, middle) >= limit else (low, middle)
    return low


betting = []
for values in [[0.5], [0.9, 0.95], [float(v) for v in rng.uniform(size=10)],
               [float(v) for v in rng.beta(20, 2, size=40)], [1.0] * 30, [0.0, 1.0] * 20]:
    exact = [mpmath.mpf(v) for v in values]
    for level in [0.1, 0.05]:
        betting.append([values, level, float(lower_end(exact, level)),
                        float(1 - lower_end([1 - v for v in exact], level))])


def chance(n, mean, spread, low, high):
    """The chance that the 90 % interval lies in [low, high], by quadrature over s."""
    t, k = stats.t.isf(0.05, n - 1), n - 1

    def inside(u):
        reach = t * u * spread / math.sqrt(n)
        top, bottom = (high - reach - mean), (low + reach - mean)
        if top <= bottom:
            return 0.0
        scale = spread / math.sqrt(n)
        return (stats.norm.cdf(top / scale) - stats.norm.cdf(bottom / scale)) * stats.chi.pdf(
            u * math.sqrt(k), k) * math.sqrt(k)

    top = min(20.0, (high - low) / 2 / (t * spread / math.sqrt(n))) if math.isfinite(high - low) else 20
    points = [p for p in [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 4] if p < top]
    return integrate.quad(inside, 0, top, points=points, epsabs=1e-11, limit=400)[0]


power = [[n, mean, spread, low, high if math.isfinite(high) else None, chance(n, mean, spread, low, high)]
         for n in [2, 3, 5, 10, 40] for mean, spread, low, high in
         [(0, 1, -1, 1), (0.3, 1, -1, 1), (1, 0.5, 0.5, math.inf), (0, 2, -1, 1), (0.9, 0.1, 0, 1)]]

shares = [[share, math.ceil(math.log(0.05) / math.log(share))] for share in [0.06, 0.5, 0.8, 0.9, 0.95, 0.99]]
for share, seeds in shares:
    low = lambda n: stats.binomtest(n, n).proportion_ci(0.9, "exact").low
    assert low(seeds) >= share > (low(seeds - 1) if seeds > 1 else 0), (share, seeds)

out = pathlib.Path("Tests/EvidenceTests/Fixtures/judging.json")
out.write_text(json.dumps(
    {"script": "Tests/Golden/judging.py", "means": means, "welch": welch, "signs": signs,
     "betting": betting, "power": power, "shares": shares}, indent=1) + "\n")
