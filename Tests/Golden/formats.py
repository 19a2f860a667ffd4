"""Writes Tests/TensorsTests/Fixtures/formats.json: roundings by PyTorch, rounded products by NumPy.

Numbers are the bits of 32-bit floats. `rounded` lists inputs and their values in float16, bfloat16
and float8 (five exponent bits, two mantissa bits). `products` lists matrices and their product
computed step by step: in float16 throughout, and in the accumulator formats of Blumenfeld et al.
(magnitudes cut, flushed below 2^-bias, saturated), in chunks.
"""

import json
import math
import pathlib

import numpy as np
import torch

random = np.random.default_rng(30)


def bits(array):
    return np.asarray(array, dtype=np.float32).reshape(-1).view(np.uint32).tolist()


def sample():
    patterns = random.integers(0, 1 << 32, 600, dtype=np.uint64).astype(np.uint32)
    wide = patterns.view(np.float32)
    near = (random.standard_normal(600) * 10.0 ** random.uniform(-9, 6, 600)).astype(np.float32)
    edges = np.array([0.0, -0.0, np.inf, -np.inf, 65504, 65519.996, 65520, 61440, 57344, 2.0**-14,
                      2.0**-24, 2.0**-25, 1.5 * 2.0**-25, 2.0**-16, 2.0**-17, 2.0**-126, 2.0**-133,
                      2.0**-134, 3.3895314e38, 3.4028235e38], dtype=np.float32)
    x = np.concatenate([wide, near, edges])
    return x[~np.isnan(x)]


def cut(x, mantissa, exponent, bias):
    if x == 0:
        return 0.0
    size = abs(x)
    greatest = 2.0 ** (2**exponent - bias - 1) * (2 - 2.0**-mantissa)
    if size < 2.0**-bias:
        return 0.0
    if size >= greatest:
        return math.copysign(greatest, x)
    power = math.frexp(size)[1] - 1
    step = 2.0 ** (power - mantissa)
    return math.copysign(math.floor(size / step) * step, x)


def cut_product(a, b, mantissa, exponent, product_bias, sum_bias, chunk):
    m, k = a.shape
    c = np.zeros((m, b.shape[1]))
    for i in range(m):
        for j in range(b.shape[1]):
            total = 0.0
            for start in range(0, k, chunk):
                part = 0.0
                for p in range(start, min(start + chunk, k)):
                    product = cut(float(a[i, p]) * float(b[p, j]), mantissa, exponent, product_bias)
                    part = cut(product + part, mantissa, exponent, sum_bias)
                total = cut(total + part, mantissa, exponent, sum_bias)
            c[i, j] = total
    return c


def half_product(a, b):
    c = np.zeros((a.shape[0], b.shape[1]), np.float16)
    for p in range(a.shape[1]):
        c = (c + (a[:, p, None].astype(np.float16) * b[None, p].astype(np.float16)))
    return c


x = sample()
tensor = torch.from_numpy(x)
document = {
    "made by": "Tests/Golden/formats.py",
    "rounded": {
        "input": bits(x),
        "float16": bits(tensor.to(torch.float16).float().numpy()),
        "bfloat16": bits(tensor.to(torch.bfloat16).float().numpy()),
        "float8": bits(tensor.to(torch.float8_e5m2).float().numpy()),
    },
    "products": [],
}
for mantissa, exponent, product_bias, sum_bias, chunk in [
        (7, 4, 12, 10, 16), (4, 3, 5, 5, 16), (3, 4, 8, 8, 5), (10, 5, 15, 15, 64)]:
    a = random.standard_normal((5, 50)).astype(np.float32)
    b = random.standard_normal((50, 19)).astype(np.float32)
    document["products"].append({
        "mantissa": mantissa, "exponent": exponent, "productBias": product_bias,
        "sumBias": sum_bias, "chunk": chunk, "m": 5, "k": 50, "n": 19, "a": bits(a), "b": bits(b),
        "c": bits(cut_product(a, b, mantissa, exponent, product_bias, sum_bias, chunk))})
a = random.standard_normal((5, 50)).astype(np.float16).astype(np.float32)
b = random.standard_normal((50, 19)).astype(np.float16).astype(np.float32)
document["halfProduct"] = {"a": bits(a), "b": bits(b), "c": bits(half_product(a, b))}
path = pathlib.Path(__file__).parent.parent / "TensorsTests/Fixtures/formats.json"
path.write_text(json.dumps(document) + "\n")
