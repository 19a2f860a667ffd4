"""Writes Tests/NeuralTests/Fixtures/training-trajectory.json with NumPy.

Run from the repository's root: python3 Tests/Golden/training_trajectory.py
A perceptron with two hidden layers is trained for 100 steps of gradient descent with momentum in
double precision; derivatives are written out by hand. First weights, inputs, labels and batches
follow from integers alone, so the test makes the same ones.
"""

import json
import pathlib

import numpy as np

WIDTHS = [6, 9, 7, 3]
COUNT, BATCH, STEPS = 20, 5, 100
RATE, MOMENTUM = 0.1, 0.9


def made(rows, columns, salt):
    """The matrix both sides make: hashed integers in [0, 1009), divided and shifted."""
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    return ((i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + salt) % 1009) / 1009 - 0.5


weights = [2 * made(a, b, 10 + k) for k, (a, b) in enumerate(zip(WIDTHS, WIDTHS[1:]))]
biases = [np.zeros(b) for b in WIDTHS[1:]]
x = 2 * made(COUNT, WIDTHS[0], 3)
labels = np.array([(7 * k * k + 3 * k) % 5 % WIDTHS[-1] for k in range(COUNT)])
velocities = [np.zeros_like(p) for p in weights + biases]
losses = []
for step in range(STEPS):
    batch = [(step * 3 + 7 * k) % COUNT for k in range(BATCH)]
    hidden = [x[batch]]
    for layer, (w, b) in enumerate(zip(weights, biases)):
        z = hidden[-1] @ w + b
        hidden.append(np.maximum(z, 0) if layer < len(weights) - 1 else z)
    logits = hidden.pop()
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    losses.append(float(-logs[np.arange(BATCH), labels[batch]].mean()))
    back = (np.exp(logs) - np.eye(WIDTHS[-1])[labels[batch]]) / BATCH
    weight_gradients, bias_gradients = [], []
    for layer in reversed(range(len(weights))):
        weight_gradients.insert(0, hidden[layer].T @ back)
        bias_gradients.insert(0, back.sum(axis=0))
        back = (back @ weights[layer].T) * (hidden[layer] > 0)
    for k, (p, g) in enumerate(zip(weights + biases, weight_gradients + bias_gradients)):
        velocities[k] = MOMENTUM * velocities[k] + g
        p -= RATE * velocities[k]

fixture = {
    "madeBy": "Tests/Golden/training_trajectory.py",
    "widths": WIDTHS, "count": COUNT, "batch": BATCH, "rate": RATE, "momentum": MOMENTUM,
    "labels": [int(k) for k in labels], "losses": losses,
    "weights": [[float(v) for v in w.ravel()] for w in weights],
    "biases": [[float(v) for v in b] for b in biases],
}
here = pathlib.Path(__file__).parent.parent
target = here / "NeuralTests" / "Fixtures" / "training-trajectory.json"
target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(losses[0], losses[-1])
