"""Writes Tests/NeuralTests/Fixtures/instruments.json with scikit-learn, SciPy and PyTorch.

usage: python Tests/Golden/instruments.py > Tests/NeuralTests/Fixtures/instruments.json
Inputs follow from integers, so the test makes the same ones.
"""
import json
import math

import numpy as np
import scipy.spatial.distance
import scipy.stats
import sklearn
import sklearn.linear_model
import sklearn.metrics
import sklearn.naive_bayes
import sklearn.neighbors
import sklearn.preprocessing
import torch
import torch.nn.functional as F


def made(shape, salt):
    """The numbers both sides make: hashed integers in [0, 1009), divided and shifted."""
    i = np.arange(math.prod(shape), dtype=np.int64)
    return (((i * i * 7919 + i * 104729 + salt) % 1009) / 1009 - 0.5).reshape(shape)


def flat(values):
    return np.asarray(values, dtype=np.float64).flatten().tolist()


out = {"script": "Tests/Golden/instruments.py", "scikit-learn": sklearn.__version__,
       "torch": torch.__version__}

# Exact linear methods, wide and tall.
for name, (n, d) in {"tall": (12, 4), "wide": (5, 9)}.items():
    x, t = made([n, d], 1), made([n, 2], 2)
    model = sklearn.linear_model.Ridge(alpha=0.3, solver="cholesky").fit(x, t)
    out["ridge-" + name] = {"weights": flat(model.coef_.T), "bias": flat(model.intercept_)}
x, t = made([6, 3], 3), made([6, 2], 4)
kernel = np.exp(-0.7 * scipy.spatial.distance.cdist(x, x, "sqeuclidean"))
out["kernelRidge"] = flat(np.linalg.solve(kernel + 0.1 * np.eye(6), t))

# Classifiers.
x, labels, z = made([30, 4], 5), np.arange(30) ** 2 % 3 % 2 + np.arange(30) % 2, made([7, 4], 6)
bayes = sklearn.naive_bayes.GaussianNB().fit(x, labels)
out["bayes"] = flat(bayes._joint_log_likelihood(z))
neighbours = sklearn.neighbors.KNeighborsClassifier(5, algorithm="brute").fit(x, labels)
distances, indices = neighbours.kneighbors(z)
out["neighbours"] = {"indices": indices.flatten().tolist(), "squares": flat(distances**2),
                     "classes": neighbours.predict(z).tolist()}
out["labels"] = labels.tolist()
scaled = sklearn.preprocessing.StandardScaler().fit(x)
logistic = sklearn.linear_model.LogisticRegression(C=1.0, tol=1e-10, max_iter=10000)
logistic.fit(scaled.transform(x), labels)
out["probe"] = flat(torch.log_softmax(torch.tensor(
    logistic.decision_function(scaled.transform(z))), 1))

# Kernels and representations.
x, y = made([5, 3], 7), made([4, 3], 8)
out["distances"] = flat(scipy.spatial.distance.cdist(x, y))
out["gaussian"] = flat(np.exp(-0.7 * scipy.spatial.distance.cdist(x, y, "sqeuclidean")))
out["laplace"] = flat(np.exp(-0.7 * scipy.spatial.distance.cdist(x, y)))
out["cosines"] = flat(1 - scipy.spatial.distance.cdist(x, y, "cosine"))
x, y = made([9, 4], 9), made([9, 6], 10)
centre = np.eye(9) - 1 / 9


def alignment(k, l):
    k, l = centre @ k @ centre, centre @ l @ centre
    return float((k * l).sum() / np.sqrt((k * k).sum() * (l * l).sum()))


out["linearCKA"] = alignment(x @ x.T, y @ y.T)
out["gaussianCKA"] = alignment(
    *[np.exp(-0.7 * scipy.spatial.distance.cdist(a, a, "sqeuclidean")) for a in (x, y)])

# Scores.
logits, labels = 6 * made([40, 3], 11), np.arange(40) * 7 % 3
p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
out["nll"] = float(sklearn.metrics.log_loss(labels, p, labels=[0, 1, 2]))
confidence, right = p.max(1), p.argmax(1) == labels
out["ece"] = {}
for bins in (5, 15):
    error = 0.0
    for b in range(bins):
        inside = (confidence > b / bins) & (confidence <= (b + 1) / bins)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    out["ece"][str(bins)] = float(error)
scores = np.round(made([40], 12) * 8) / 8
out["auroc"] = float(sklearn.metrics.roc_auc_score(labels == 1, scores))
order = np.argsort(-confidence, kind="stable")
out["aurc"] = float(np.mean(np.cumsum(~right[order]) / np.arange(1, 41)))
out["top2"] = float(sklearn.metrics.top_k_accuracy_score(labels, logits, k=2))

# Information.
u, v = (np.round(made([200], s) * 3).astype(int) for s in (13, 14))
out["entropy"] = float(scipy.stats.entropy(np.unique(u, return_counts=True)[1]))
out["mutualInformation"] = float(sklearn.metrics.mutual_info_score(u, v))

# Curvature, kernels of tangents and attacks of a small network.
parameters = [torch.tensor(made(s, 20 + i)) for i, s in enumerate([[4, 5], [5], [5, 3], [3]])]
sizes = [p.numel() for p in parameters]
x, labels = torch.tensor(2 * made([8, 4], 30)), torch.arange(8) % 3


def network(theta, x):
    w1, b1, w2, b2 = [part.reshape(p.shape) for part, p in zip(theta.split(sizes), parameters)]
    return torch.tanh(x @ w1 + b1) @ w2 + b2


theta = torch.cat([p.flatten() for p in parameters])
hessian = torch.autograd.functional.hessian(lambda t: F.cross_entropy(network(t, x), labels), theta)
out["hessian"] = flat(torch.linalg.eigvalsh(hessian))
jacobian = torch.autograd.functional.jacobian(lambda t: network(t, x), theta)  # [n, c, P]
q = torch.softmax(network(theta, x), 1)
curvature = torch.diag_embed(q) - q[:, :, None] * q[:, None, :]
fisher = torch.einsum("ncp,ncd,ndq->pq", jacobian, curvature, jacobian) / 8
out["fisher"] = flat(torch.linalg.eigvalsh(fisher))
gradients = torch.stack([torch.autograd.functional.jacobian(
    lambda t: F.cross_entropy(network(t, x[i:i + 1]), labels[i:i + 1]), theta) for i in range(8)])
out["empiricalFisher"] = flat(torch.linalg.eigvalsh(gradients.T @ gradients / 8))
out["tangentKernel"] = flat(torch.einsum("ncp,mcp->nm", jacobian, jacobian))


def attack(norm, radius, step, steps):
    moved = x.clone()
    for _ in range(steps):
        moved.requires_grad_()
        g, = torch.autograd.grad(F.cross_entropy(network(theta, moved), labels, reduction="sum"), moved)
        with torch.no_grad():
            moved = moved + step * (g.sign() if norm == "infinity" else g / g.norm(dim=1, keepdim=True))
            change = moved - x
            if norm == "infinity":
                change = change.clamp(-radius, radius)
            else:
                change = change * (radius / change.norm(dim=1, keepdim=True)).clamp(max=1)
            moved = (x + change).clamp(-1, 1)
    return flat(moved)


out["attacks"] = {"infinity": attack("infinity", 0.2, 0.07, 6), "euclidean": attack("euclidean", 0.3, 0.1, 6),
                  "fast": attack("infinity", 0.2, 0.2, 1)}

# Bounds of a network with a convolution, by positive and negative parts of the weights.
x = torch.tensor(made([2, 2, 5, 5], 40)) + 0.5
w, b = torch.tensor(made([3, 2, 3, 3], 41)), torch.tensor(made([3], 42))
v, c = torch.tensor(made([27, 4], 43)), torch.tensor(made([4], 44))
low, high = (x - 0.1).clamp(0, 1), (x + 0.1).clamp(0, 1)
positive, negative = w.clamp(min=0), w.clamp(max=0)
conv = lambda a, f: F.conv2d(a, f, stride=2, padding=1)
low, high = (conv(low, positive) + conv(high, negative) + b[:, None, None],
             conv(high, positive) + conv(low, negative) + b[:, None, None])
low, high = F.relu(low).flatten(1), F.relu(high).flatten(1)
positive, negative = v.clamp(min=0), v.clamp(max=0)
out["bounds"] = {"lower": flat(low @ positive + high @ negative + c),
                 "upper": flat(high @ positive + low @ negative + c)}
leads = []
for row, label in enumerate([1, 3]):
    gap = v - v[:, label:label + 1]
    leads.append(high[row] @ gap.clamp(min=0) + low[row] @ gap.clamp(max=0) + c - c[label])
out["leads"] = flat(torch.stack(leads))

print(json.dumps(out, separators=(",", ":")))
