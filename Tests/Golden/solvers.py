"""Writes Tests/LinearAlgebraTests/Fixtures/solvers.json from SciPy and NumPy.

Run from the repository's root: python3 Tests/Golden/solvers.py
The matrices follow from integers alone, so the tests make the same ones.
"""

import json
import pathlib

import numpy as np
import scipy.linalg
import scipy.optimize

from linear_algebra import flat, made


def symmetric(size, salt):
    a = made(size, size, salt)
    return np.triu(a) + np.triu(a, 1).T


def definite(size, salt):
    a = made(size, size, salt)
    return a @ a.T + 0.1 * np.eye(size)


def lu_case(size, salt):
    a = made(size, size, salt)
    packed, _ = scipy.linalg.lu_factor(a)
    sign, logarithm = np.linalg.slogdet(a)
    return {"size": size, "salt": salt, "pivots": flat(np.diag(packed)), "sign": int(sign),
            "logarithm": float(logarithm),
            "solution": flat(np.linalg.solve(a, made(size, 2, salt + 1)))}


def function_case(size, salt):
    a = definite(size, salt)
    values, vectors = scipy.linalg.eigh(symmetric(size, salt + 1), a)
    u, h = scipy.linalg.polar(made(size + 2, size, salt + 2))
    return {"size": size, "salt": salt, "root": flat(scipy.linalg.sqrtm(a).real),
            "logarithm": flat(scipy.linalg.logm(a).real), "exponential": flat(scipy.linalg.expm(a)),
            "generalised": flat(values), "polar": flat(u), "stretch": flat(h)}


def spectrum_case(rows, columns, salt):
    a = made(rows, columns, salt)
    return {"rows": rows, "columns": columns, "salt": salt,
            "values": flat(np.linalg.svd(a, compute_uv=False))}


def nnls_case(rows, columns, salt):
    a = made(rows, columns, salt)
    b = made(rows, 1, salt + 1)[:, 0]
    solution, residual = scipy.optimize.nnls(a, b)
    return {"rows": rows, "columns": columns, "salt": salt, "solution": flat(solution),
            "residual": float(residual)}


def program_case(rows, columns, salt):
    """min c x where G x <= h and |x| <= 1, and basis pursuit on G."""
    g = made(rows, columns, salt)
    c = made(1, columns, salt + 1)[0]
    h = made(rows, 1, salt + 2)[:, 0] + 0.6
    found = scipy.optimize.linprog(c, A_ub=g, b_ub=h, bounds=(-1, 1), method="highs")
    assert found.status == 0
    pursuit = scipy.optimize.linprog(np.ones(2 * columns), A_eq=np.hstack([g, -g]), b_eq=h,
                                     bounds=(0, None), method="highs") if rows < columns else None
    return {"rows": rows, "columns": columns, "salt": salt, "objective": float(found.fun),
            "pursuit": float(pursuit.fun) if pursuit else None}


def assignment_case(size, salt):
    cost = made(size, size, salt)
    rows, columns = scipy.optimize.linear_sum_assignment(cost)
    return {"size": size, "salt": salt, "cost": float(cost[rows, columns].sum())}


def quadrature_case(count):
    nodes, weights = np.polynomial.legendre.leggauss(count)
    normal, masses = np.polynomial.hermite_e.hermegauss(count)
    return {"count": count, "nodes": flat(nodes), "weights": flat(weights), "normal": flat(normal),
            "masses": flat(masses / np.sqrt(2 * np.pi))}


def logistic_case(rows, columns, classes, salt):
    """Without bias; two classes have one logit."""
    x = made(rows, columns, salt)
    labels = (np.arange(rows) * 7 + salt) % classes
    outputs = 1 if classes == 2 else classes

    def objective(flat_weights):
        w = flat_weights.reshape(columns, outputs)
        scores = x @ w
        if outputs == 1:
            signs = np.where(labels == 1, 1.0, -1.0)[:, None]
            loss = np.logaddexp(0, -signs * scores).sum()
            pull = -signs / (1 + np.exp(signs * scores))
        else:
            top = scores.max(axis=1, keepdims=True)
            e = np.exp(scores - top)
            pull = e / e.sum(axis=1, keepdims=True)
            chosen = scores[np.arange(rows), labels]
            loss = (np.log(e.sum(axis=1)) + top[:, 0] - chosen).sum()
            pull[np.arange(rows), labels] -= 1
        return 3 * loss + (w * w).sum() / 2, (3 * x.T @ pull + w).ravel()

    found = scipy.optimize.minimize(objective, np.zeros(columns * outputs), jac=True, tol=1e-14,
                                    method="L-BFGS-B", options={"maxiter": 5000, "gtol": 1e-12})
    return {"rows": rows, "columns": columns, "classes": classes, "salt": salt,
            "value": float(found.fun), "weights": flat(found.x)}


fixture = {
    "madeBy": "Tests/Golden/solvers.py",
    "lu": [lu_case(*c) for c in [(1, 4), (2, 5), (7, 6), (40, 7), (150, 8)]],
    "functions": [function_case(*c) for c in [(1, 3), (4, 9), (9, 5)]],
    "spectra": [spectrum_case(*c) for c in [(1, 6, 2), (70, 70, 3), (90, 41, 4), (33, 80, 5)]],
    "nnls": [nnls_case(*c) for c in [(6, 4, 1), (40, 12, 2), (15, 30, 3)]],
    "programs": [program_case(*c) for c in [(3, 6, 1), (12, 30, 2), (40, 9, 3), (20, 45, 4)]],
    "assignments": [assignment_case(*c) for c in [(1, 1), (5, 2), (20, 3), (60, 4)]],
    "quadrature": [quadrature_case(c) for c in [1, 2, 5, 20, 64]],
    "logistic": [logistic_case(*c) for c in [(30, 4, 2, 1), (60, 6, 4, 2)]],
}
here = pathlib.Path(__file__).parent.parent
target = here / "LinearAlgebraTests" / "Fixtures" / "solvers.json"
target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
