"""Writes Tests/LinearAlgebraTests/Fixtures/linear-algebra.json from SciPy.

Run from the repository's root: python3 Tests/Golden/linear_algebra.py
The matrices follow from integers alone, so the tests make the same ones.
"""

import json
import pathlib

import numpy as np
import scipy.linalg
import scipy.optimize


def made(rows, columns, salt):
    """The matrix both sides make: hashed integers in [0, 1009), divided and shifted."""
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    return ((i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + salt) % 1009) / 1009 - 0.5


def flat(array):
    return [float(value) for value in np.asarray(array).ravel()]


def qr_case(rows, columns, salt):
    a = made(rows, columns, salt)
    q, r = scipy.linalg.qr(a, mode="economic")
    signs = np.where(np.diag(r) < 0, -1.0, 1.0)
    return {"rows": rows, "columns": columns, "salt": salt,
            "r": flat(r * signs[:, None]), "firstRow": flat((q * signs)[0])}


def least_squares_case(rows, columns, salt):
    a = made(rows, columns, salt)
    b = made(rows, 2, salt + 5)
    x = scipy.linalg.lstsq(a, b, lapack_driver="gelsd")[0]
    return {"rows": rows, "columns": columns, "salt": salt, "solution": flat(x)}


def rank_case(rows, columns, rank, salt):
    a = made(rows, rank, salt) @ made(rank, columns, salt + 1)
    return {"rows": rows, "columns": columns, "rank": rank, "salt": salt,
            "values": flat(np.linalg.svd(a, compute_uv=False)),
            "inverse": flat(scipy.linalg.pinv(a, rtol=1e-12))}


def symmetric_case(size, salt):
    a = made(size, size, salt)
    a = np.triu(a) + np.triu(a, 1).T
    values, vectors = scipy.linalg.eigh(a)
    turned = vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(size)])
    shifted = a + (1 - values[0]) * np.eye(size)
    return {"size": size, "salt": salt, "values": flat(values), "vectors": flat(turned),
            "shift": float(1 - values[0]), "factor": flat(scipy.linalg.cholesky(shifted, lower=True))}


def hull_case(count, dimension, shift, salt):
    z = made(count, dimension, salt)
    z[:, 0] += shift
    u, _ = scipy.optimize.nnls(np.vstack([z.T, np.ones(count)]),
                               np.append(np.zeros(dimension), 1.0), maxiter=100 * count)
    weights = u / u.sum()
    # The face found by nnls, solved once more for the last digits.
    face = weights > 1e-10
    part = z[face]
    system = np.block([[part @ part.T, np.ones((face.sum(), 1))],
                       [np.ones((1, face.sum())), np.zeros((1, 1))]])
    exact = np.linalg.solve(system, np.append(np.zeros(face.sum()), 1.0))[:-1]
    assert (exact > 0).all()
    point = exact @ part
    norm = float(np.linalg.norm(point))
    assert (z @ point).min() / norm > norm - 1e-12, (count, dimension)
    return {"count": count, "dimension": dimension, "shift": shift, "salt": salt,
            "norm": norm, "point": flat(point), "face": [int(k) for k in np.flatnonzero(face)]}


def main():
    fixture = {
        "madeBy": "Tests/Golden/linear_algebra.py",
        "qr": [qr_case(*c) for c in [(4, 1, 3), (7, 4, 1), (9, 9, 2), (70, 45, 11)]],
        "leastSquares": [least_squares_case(*c) for c in [(9, 4, 3), (4, 9, 4), (6, 6, 5), (80, 50, 6)]],
        "rank": [rank_case(*c) for c in [(8, 5, 5, 7), (5, 8, 5, 8), (9, 7, 3, 9), (7, 7, 1, 10)]],
        "symmetric": [symmetric_case(*c) for c in [(1, 1), (2, 5), (6, 3), (25, 4)]],
        "hull": [hull_case(*c) for c in [(1, 3, 0.6, 1), (5, 2, 0.7, 2), (40, 5, 0.55, 3),
                                         (200, 10, 0.5, 4), (300, 20, 0.45, 5), (30, 40, 0.1, 6)]],
    }
    here = pathlib.Path(__file__).parent.parent
    target = here / "LinearAlgebraTests" / "Fixtures" / "linear-algebra.json"
    target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
