"""Writes Tests/NeuralTests/Fixtures/optimizers.json with PyTorch.

Run from the repository's root: python3 Tests/Golden/optimizers.py
A small perceptron is trained for 100 steps in double precision by each method; methods that PyTorch
lacks are written out after their papers. First weights, inputs, labels and batches follow from integers
alone, so the test makes the same ones.
"""

import json
import pathlib

import torch
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

SHAPES = [(6, 5), (5,), (5, 3)]
COUNT, BATCH, STEPS = 20, 5, 100
torch.set_default_dtype(torch.float64)


def made(rows, columns, salt):
    """The matrix both sides make: hashed integers in [0, 1009), divided and shifted."""
    numbers = [[((i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + salt) % 1009) / 1009 - 0.5
                for j in range(columns)] for i in range(rows)]
    return torch.tensor(numbers)


x = 2 * made(COUNT, SHAPES[0][0], 3)
labels = torch.tensor([(7 * k * k + 3 * k) % 5 % 3 for k in range(COUNT)])


def first():
    tensors = [2 * made(6, 5, 10), made(1, 5, 11)[0], 2 * made(5, 3, 12)]
    return [torch.nn.Parameter(t) for t in tensors]


def loss_at(p, step, micro=None):
    batch = [(step * 3 + 7 * k) % COUNT for k in range(BATCH)]
    if micro is not None:
        batch = batch[:2] if micro == 0 else batch[2:]
    logits = torch.tanh(x[batch] @ p[0] + p[1]) @ p[2]
    return torch.nn.functional.cross_entropy(logits, labels[batch])


def run(make, before=lambda p, step: None):
    p = first()
    optimizer = make(p)
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = loss_at(p, step)
        loss.backward()
        before(p, step)
        optimizer.step()
        if step % 10 == 9:
            losses.append(loss.item())
    return {"losses": losses, "parameters": flat(p)}


def by_hand(update):
    """`update(p, g, state, t)` changes the tensor p in place; the state is a dictionary a tensor."""
    p = first()
    states = [{} for _ in p]
    losses = []
    for step in range(STEPS):
        loss = loss_at(p, step)
        gradients = torch.autograd.grad(loss, p)
        with torch.no_grad():
            for q, g, state in zip(p, gradients, states):
                update(q, g, state, step + 1)
        if step % 10 == 9:
            losses.append(loss.item())
    return {"losses": losses, "parameters": flat(p)}


def flat(p):
    return torch.cat([q.detach().ravel() for q in p]).tolist()


def moments(g, state, t, b1, b2):
    state["m"] = b1 * state.get("m", 0) + (1 - b1) * g
    state["v"] = b2 * state.get("v", 0) + (1 - b2) * g * g
    return state["m"] / (1 - b1 ** t), state["v"] / (1 - b2 ** t)


def sgd_decoupled(p, g, state, t):
    """Loshchilov and Hutter, algorithm 1 (SGDW), with PyTorch's order of decay and step."""
    state["v"] = 0.9 * state.get("v", 0) + g
    p.mul_(1 - 0.05 * 0.1).sub_(0.05 * state["v"])


def adam_independent(p, g, state, t):
    """theta <- (1 - lambda) theta, whatever the learning rate."""
    m, v = moments(g, state, t, 0.9, 0.95)
    p.mul_(1 - 1e-3).sub_(0.02 * m / (v.sqrt() + 1e-8))


def lamb(p, g, state, t):
    """You et al. 2020, algorithm 2."""
    m, v = moments(g, state, t, 0.9, 0.999)
    u = m / (v.sqrt() + 1e-6) + 0.01 * p
    trust = (p.norm() / u.norm()).item() if p.norm() > 0 and u.norm() > 0 else 1
    p.sub_(0.02 * trust * u)


def sharpness_aware():
    """Foret et al. 2021, algorithm 1, over SGD with momentum."""
    p = first()
    optimizer = torch.optim.SGD(p, lr=0.05, momentum=0.9)
    losses = []
    for step in range(STEPS):
        loss = loss_at(p, step)
        gradients = torch.autograd.grad(loss, p)
        norm = torch.cat([g.ravel() for g in gradients]).norm()
        worst = [(q + 0.1 * g / norm).detach().requires_grad_() for q, g in zip(p, gradients)]
        for q, g in zip(p, torch.autograd.grad(loss_at(worst, step), worst)):
            q.grad = g
        optimizer.step()
        if step % 10 == 9:
            losses.append(loss.item())
    return {"losses": losses, "parameters": flat(p)}


def accumulated():
    """Two micro-batches of two and three examples, weighted by their sizes."""
    p = first()
    optimizer = torch.optim.SGD(p, lr=0.1)
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        loss = (2 * loss_at(p, step, 0) + 3 * loss_at(p, step, 1)) / 5
        loss.backward()
        optimizer.step()
        if step % 10 == 9:
            losses.append(loss.item())
    return {"losses": losses, "parameters": flat(p)}


def averaged(exponential):
    p = torch.nn.ParameterList(first())
    optimizer = torch.optim.SGD(p, lr=0.1)
    average = AveragedModel(p, multi_avg_fn=get_ema_multi_avg_fn(0.9) if exponential else None)
    # The first call copies.
    average.update_parameters(p)
    for step in range(STEPS):
        optimizer.zero_grad()
        loss_at(p, step).backward()
        optimizer.step()
        average.update_parameters(p)
    return {"losses": [], "parameters": flat(average.module)}


def grouped(p):
    return torch.optim.AdamW(
        [{"params": [p[0]]}, {"params": [p[2]], "lr": 0.002, "weight_decay": 0.0}],
        lr=0.02, weight_decay=0.1)


optim = torch.optim
clip = torch.nn.utils
cases = {
    "momentum": run(lambda p: optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=0.01)),
    "nesterov": run(
        lambda p: optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)),
    "momentumDecoupled": by_hand(sgd_decoupled),
    "adam": run(lambda p: optim.Adam(p, lr=0.02)),
    "adamInGradient": run(lambda p: optim.Adam(p, lr=0.02, weight_decay=0.1)),
    "adamW": run(lambda p: optim.AdamW(p, lr=0.02, betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1)),
    "adamIndependent": by_hand(adam_independent),
    "adamGroups": run(grouped),
    "rmsprop": run(lambda p: optim.RMSprop(p, lr=0.01)),
    "rmspropMomentum": run(
        lambda p: optim.RMSprop(p, lr=0.003, alpha=0.9, momentum=0.9, weight_decay=0.01)),
    "adafactor": run(lambda p: optim.Adafactor(p, lr=0.05, weight_decay=0.1)),
    "lamb": by_hand(lamb),
    "sharpnessAware": sharpness_aware(),
    "clippedNorm": run(
        lambda p: optim.SGD(p, lr=0.3), lambda p, _: clip.clip_grad_norm_(p, 0.2)),
    "clippedValue": run(
        lambda p: optim.SGD(p, lr=0.3), lambda p, _: clip.clip_grad_value_(p, 0.02)),
    "accumulated": accumulated(),
    "movingAverage": averaged(True),
    "equalAverage": averaged(False),
}
fixture = {"madeBy": "Tests/Golden/optimizers.py", "torch": torch.__version__, "cases": cases}
here = pathlib.Path(__file__).parent.parent
target = here / "NeuralTests" / "Fixtures" / "optimizers.json"
target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print({name: case["losses"][-1:] for name, case in cases.items()})
