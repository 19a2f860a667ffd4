"""Writes Tests/TensorsTests/Fixtures/activations.json: functions of networks and distributions to 200
bits, by mpmath. Every entry holds the bits of x, and of the value rounded to double.
"""

import json
import pathlib
import random
import struct

import mpmath as mp

mp.mp.prec = 200
random.seed(21)


def bits(number):
    return struct.unpack("<Q", struct.pack("<d", float(number)))[0]


def signed(exponents, count=60):
    return [random.choice((-1, 1)) * 10.0 ** random.uniform(*exponents) for _ in range(count)]


def sizes(exponents, count=60):
    return [abs(x) for x in signed(exponents, count)]


def uniform(low, high, count=60):
    return [random.uniform(low, high) for _ in range(count)]


def distribution(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def angle(x):
    return 2 * mp.sqrt(2 / mp.pi) * (x + mp.mpf(0.044715) * x**3)


cases = {
    "inverseSquareRoot": (lambda x: 1 / mp.sqrt(x), sizes((-300, 300), 100)),
    "normalDistribution": (distribution, signed((-20, 1)) + uniform(-37, 8) + uniform(-2, 2)),
    "gelu": (lambda x: x * distribution(x), signed((-20, 1)) + uniform(-37, 8) + uniform(-2, 2)),
    "geluTanh": (lambda x: x / (1 + mp.exp(-angle(x))), signed((-20, 0.5)) + uniform(-3, 8)),
    "silu": (lambda x: x / (1 + mp.exp(-x)), signed((-20, 2)) + uniform(-40, 40)),
    "logGamma": (mp.loggamma, uniform(0.01, 0.7) + uniform(3, 30) + uniform(0.95, 1.05)
                 + uniform(1.95, 2.05) + sizes((1, 300))),
    "digamma": (mp.digamma, uniform(0.01, 1) + uniform(2, 30) + sizes((1, 300))),
    "trigamma": (lambda x: mp.psi(1, x), uniform(0.01, 5) + uniform(2, 30) + sizes((1, 100))),
}
document = {
    "made by": "Tests/Golden/activations.py",
    "functions": {name: [[bits(x), bits(function(mp.mpf(x)))] for x in points]
                  for name, (function, points) in cases.items()},
}
path = pathlib.Path(__file__).parent.parent / "TensorsTests/Fixtures/activations.json"
path.write_text(json.dumps(document) + "\n")
