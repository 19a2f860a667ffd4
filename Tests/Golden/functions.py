"""Writes Tests/TensorsTests/Fixtures/functions.json: elementary functions to 200 bits, by mpmath.

Every entry holds the bits of x (and y for pow), and of the value rounded to double.
"""

import json
import pathlib
import random
import struct

import mpmath as mp

mp.mp.prec = 200
random.seed(20)


def bits(number):
    return struct.unpack("<Q", struct.pack("<d", float(number)))[0]


def signed(exponents, count=60):
    return [random.choice((-1, 1)) * 10.0 ** random.uniform(*exponents) for _ in range(count)]


def uniform(low, high, count=60):
    return [random.uniform(low, high) for _ in range(count)]


cases = {
    "exp": (mp.exp, signed((-10, 2.8)) + uniform(-1, 1) + uniform(-740, -700)),
    "expm1": (mp.expm1, signed((-20, 2.8)) + uniform(-2, 2)),
    "log": (mp.log, [abs(x) for x in signed((-320, 307))] + uniform(0.5, 2)
            + [1 + x for x in signed((-15, -1))]),
    "log1p": (mp.log1p, signed((-20, -0.1)) + uniform(-0.999, 3)
              + [abs(x) for x in signed((0, 300))]),
    "tanh": (mp.tanh, signed((-20, 1.4)) + uniform(-2, 2)),
    "logistic": (lambda x: 1 / (1 + mp.exp(-x)), signed((-10, 2.8)) + uniform(-40, 40)),
    "softplus": (lambda x: mp.log1p(mp.exp(x)), signed((-10, 2.8)) + uniform(-40, 40)),
    "sin": (mp.sin, signed((-20, 6)) + uniform(-10, 10) + signed((6, 300))
            + [k * 1.5707963267948966 for k in range(1, 40)]),
    "cos": (mp.cos, signed((-20, 6)) + uniform(-10, 10) + signed((6, 300))
            + [k * 1.5707963267948966 for k in range(1, 40)]),
    "erf": (mp.erf, signed((-20, 0.8)) + uniform(-3, 3) + uniform(0.7, 1)),
    "normalQuantile": (lambda p: mp.sqrt(2) * mp.erfinv(2 * p - 1),
                       uniform(0.001, 0.999) + [abs(x) for x in signed((-15, -3), 20)]),
}
document = {"made by": "Tests/Golden/functions.py", "functions": {}, "pow": []}
for name, (function, points) in cases.items():
    document["functions"][name] = [[bits(x), bits(function(mp.mpf(x)))] for x in points]
for _ in range(200):
    x = random.choice((10.0 ** random.uniform(-300, 300), random.uniform(0.5, 2)))
    y = random.uniform(-1, 1) * 600 / max(1.0, abs(float(mp.log(x))))
    document["pow"].append([bits(x), bits(y), bits(mp.power(mp.mpf(x), mp.mpf(y)))])
path = pathlib.Path(__file__).parent.parent / "TensorsTests/Fixtures/functions.json"
path.write_text(json.dumps(document) + "\n")
