"""Writes Tests/NeuralTests/Fixtures/losses.json with PyTorch, in double precision.

Run from the repository's root: python3 Tests/Golden/losses.py
Inputs follow from integers alone, so the test makes the same ones. Losses that PyTorch lacks are
written out after their papers. Schedules are those of torch.optim.lr_scheduler.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F
from torch.optim import lr_scheduler as schedulers

torch.set_default_dtype(torch.float64)


def made(rows, columns, place):
    """Rows of the matrix both sides make: hashed integers in [0, 1009), divided and shifted."""
    return torch.tensor(
        [[((i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + 3) % 1009) / 1009 - 0.5
          for j in range(columns)] for i in range(11 * place, 11 * place + rows)])


x, z = 6 * made(5, 4, 1), 6 * made(5, 4, 2)
labels = torch.tensor([0, 3, 1, 2, 3])
p = torch.softmax(6 * made(5, 4, 3), 1)
far = torch.tensor([[800.0, -800, 0, 0], [-1000, 0, 3, 1000]])
t = (made(5, 4, 4) > 0).double()
a, b, c = made(5, 4, 5), made(5, 4, 6), made(5, 4, 7)
s, r = 3 * made(1, 6, 8)[0], 3 * made(1, 6, 9)[0]
u, v = made(1, 6, 10)[0], made(1, 6, 11)[0]


def softmax_focal(x, labels, gamma):
    loss = F.cross_entropy(x, labels, reduction="none")
    return (1 - torch.exp(-loss)) ** gamma * loss


def sigmoid_focal(x, t, alpha, gamma):
    """torchvision.ops.sigmoid_focal_loss."""
    probability = torch.sigmoid(x)
    loss = F.binary_cross_entropy_with_logits(x, t, reduction="none")
    known = probability * t + (1 - probability) * (1 - t)
    weight = alpha * t + (1 - alpha) * (1 - t) if alpha >= 0 else 1
    return weight * loss * (1 - known) ** gamma


def nt_xent(a, b, temperature):
    """Chen et al. 2020, eq. 1, a pair at a time."""
    views = F.normalize(torch.cat([a, b]), dim=1)
    n = len(a)
    losses = []
    for i in range(2 * n):
        j = (i + n) % (2 * n)
        scores = [torch.exp(views[i] @ views[k] / temperature) for k in range(2 * n) if k != i]
        losses.append(-torch.log(torch.exp(views[i] @ views[j] / temperature) / sum(scores)))
    return torch.stack(losses)


def info_nce(q, k, temperature, corrections):
    return F.cross_entropy(
        q @ k.T / temperature - corrections, torch.arange(len(q)), reduction="none")


def preference(chosen, rejected, ref_chosen, ref_rejected, beta, other, form):
    m = beta * (chosen - ref_chosen) - other * (rejected - ref_rejected)
    if form == "hinge":
        return torch.relu(1 - m)
    if form == "squared":
        return (m / beta - 1 / (2 * beta)) ** 2
    return -(1 - form) * F.logsigmoid(m) - form * F.logsigmoid(-m)


none = {"reduction": "none"}
losses = {
    "smoothed": F.cross_entropy(x / 2, labels, label_smoothing=0.1, **none),
    "softTemperature": F.cross_entropy(x / 3, p, **none),
    "masked": F.cross_entropy(x, torch.tensor([0, -100, 1, -100, 3])),
    "sequences": torch.log_softmax(made(6, 4, 12), 1).gather(
        1, torch.tensor([[0], [1], [2], [3], [0], [2]])).reshape(2, 3).sum(1),
    "far": F.cross_entropy(far, torch.tensor([1, 3]), label_smoothing=0.1, **none),
    "logistic": F.binary_cross_entropy_with_logits(x, t, **none),
    "margins": F.softplus(-x),
    "multiclassHinge": F.multi_margin_loss(x, labels, margin=0.7, **none),
    "sigmoidFocal": sigmoid_focal(x, t, 0.25, 2.0),
    "sigmoidFocalPlain": sigmoid_focal(x, t, -1, 1.5),
    "softmaxFocal": softmax_focal(x, labels, 2.0),
    "huber": F.huber_loss(x, z, delta=0.7, **none),
    "squared": F.mse_loss(x, z, **none),
    "absolute": F.l1_loss(x, z, **none),
    "marginSquared": ((s - r) - (u - v)).square().mean(),
    "klLogits": F.kl_div(
        torch.log_softmax(x, 1), torch.log_softmax(z, 1), log_target=True, **none).sum(1),
    "klTargets": F.kl_div(torch.log_softmax(x, 1), p, **none).sum(1),
    "distillation": 9 * F.kl_div(
        torch.log_softmax(x / 3, 1), torch.softmax(z / 3, 1), **none).sum(1),
    "normalDivergence": torch.distributions.kl_divergence(
        torch.distributions.Normal(x, torch.exp(0.5 * z)),
        torch.distributions.Normal(0.0, 1.0)).sum(1),
    "infoNCE": info_nce(a, torch.cat([b, c]), 0.2, 2 * made(1, 10, 13)[0]),
    "ntXent": nt_xent(a, b, 0.5),
    "triplet": F.triplet_margin_loss(a, b, c, margin=0.3, **none),
    "pairs": t[0] * u[:4] ** 2 + (1 - t[0]) * torch.relu(1 - u[:4]) ** 2,
    "pairwiseLogistic": -F.logsigmoid(s - r),
    "marginRanking": F.margin_ranking_loss(s, r, torch.ones(6), margin=0.4, **none),
    "listwise": -(torch.softmax(z, 1) * torch.log_softmax(x, 1)).sum(1),
    "dpo": preference(s, r, u, v, 0.1, 0.1, 0),
    "dpoConservative": preference(s, r, u, v, 0.3, 0.3, 0.2),
    "dpoFlexible": preference(s, r, u, v, 0.5, 0.2, 0),
    "slic": preference(s, r, u, v, 0.5, 0.5, "hinge"),
    "ipo": preference(s, r, u, v, 0.25, 0.25, "squared"),
}


def trace(make, steps=60, rate=0.5):
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=rate)
    scheduler = make(optimizer)
    values = []
    for _ in range(steps):
        values.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return values


schedules = {
    "constant": trace(lambda o: schedulers.ConstantLR(o, factor=1.0)),
    "multiStep": trace(lambda o: schedulers.MultiStepLR(o, [5, 20, 21], 0.3)),
    "step": trace(lambda o: schedulers.StepLR(o, 7, 0.5)),
    "exponential": trace(lambda o: schedulers.ExponentialLR(o, 0.9)),
    "linear": trace(lambda o: schedulers.LinearLR(o, 1.0, 0.1, 30)),
    # Level after the end, where PyTorch's rises again.
    "cosine": trace(lambda o: schedulers.CosineAnnealingLR(o, 59, 0.01)),
    "restarts": trace(lambda o: schedulers.CosineAnnealingWarmRestarts(o, 5, 1, 0.01)),
    "lengthening": trace(lambda o: schedulers.CosineAnnealingWarmRestarts(o, 5, 2, 0.01)),
    "inverseRoot": trace(
        lambda o: schedulers.LambdaLR(
            o, lambda k: min((k + 1) / 10, math.sqrt(10 / (k + 1))))),
    "inverseRootSteps": trace(
        lambda o: schedulers.LambdaLR(o, lambda k: 1 / math.sqrt(1 + k // 8))),
    "cyclic": trace(
        lambda o: schedulers.CyclicLR(o, 0.1, 0.5, 6, 4, cycle_momentum=False)),
    "cyclicHalving": trace(
        lambda o: schedulers.CyclicLR(
            o, 0.1, 0.5, 5, mode="triangular2", cycle_momentum=False)),
    "oneCycle": trace(
        lambda o: schedulers.OneCycleLR(o, 0.5, total_steps=61, cycle_momentum=False)),
    "warmedCosine": trace(
        lambda o: schedulers.LambdaLR(
            o, lambda k: min(1, (k + 1) / 10) * (1 + math.cos(math.pi * k / 60)) / 2)),
}
fixture = {
    "madeBy": "Tests/Golden/losses.py", "torch": torch.__version__,
    "losses": {name: value.ravel().tolist() for name, value in losses.items()},
    "schedules": schedules,
}
here = pathlib.Path(__file__).parent.parent
target = here / "NeuralTests" / "Fixtures" / "losses.json"
target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(target.stat().st_size, {name: value.ravel()[0].item() for name, value in losses.items()})
