"""Writes Tests/NeuralTests/Fixtures/reference-{layers,models}.json with PyTorch.

Run from the repository's root: python3 Tests/Golden/reference_models.py
Parameters and data follow from integers alone, so that the tests make the same ones: entry i of
tensor k is centre + reach (h(i, k) / 2003 - 1/2) with h an integer hash below 2003. Models are
written as functions of a list of tensors in the order in which ours visit them; weights of linear
maps are [inputs, outputs]. Of a tensor the fixtures keep its norm and a few entries.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

torch.set_num_threads(1)
SAMPLES = 12


def made(shape, salt, reach=2.0, centre=0.0, dtype=torch.float64):
    i = torch.arange(math.prod(shape), dtype=torch.int64)
    h = (i * 7919 + i * i % 1013 * 31 + salt * 104729 + i * salt % 977 * 7) % 2003
    return (centre + reach * (h.double() / 2003 - 0.5)).reshape(shape).to(dtype)


def kept(tensor):
    flat = tensor.detach().double().flatten()
    step = max(1, len(flat) // SAMPLES)
    return {"shape": list(tensor.shape), "norm": flat.norm().item(),
            "entries": flat[::step][:SAMPLES].tolist()}


# A parameter: shape, centre, reach.
def weight(inputs, outputs):
    return ([inputs, outputs], 0.0, 2 / math.sqrt(inputs))


def filters(*shape):
    return (list(shape), 0.0, 3 / math.sqrt(math.prod(shape[1:])))


def scale(n):
    return ([n], 1.0, 0.5)


def offset(n):
    return ([n], 0.0, 0.4)


class Parameters:
    """Hands out the tensors in order."""

    def __init__(self, tensors):
        self.rest = list(tensors)

    def take(self, count=1):
        taken, self.rest = self.rest[:count], self.rest[count:]
        return taken if count > 1 else taken[0]

    def some(self, count):
        taken, self.rest = self.rest[:count], self.rest[count:]
        return Parameters(taken)


def linear(p, x):
    w, b = p.take(2)
    return x @ w + b


def rms(x, s):
    return x / torch.sqrt((x * x).mean(-1, keepdim=True) + 1e-5) * s


def rotary(x):
    t, d = x.shape[-2:]
    angles = torch.arange(t)[:, None] * 10000.0 ** (-2 * torch.arange(d // 2).double() / d)
    c, s = angles.cos().to(x.dtype), angles.sin().to(x.dtype)
    first, second = x[..., :d // 2], x[..., d // 2:]
    return torch.cat([first * c - second * s, second * c + first * s], -1)


def attention(p, x, heads, causal=False, mask=None, turned=False, norms=False, memory=None):
    (w, b), (wo, bo) = p.take(2), p.take(2)
    c = x.shape[-1]
    other = x if memory is None else memory
    parts = [source @ w[:, k * c:(k + 1) * c] + b[k * c:(k + 1) * c]
             for k, source in enumerate([x, other, other])]
    q, k, v = [y.unflatten(-1, (heads, -1)).transpose(1, 2) for y in parts]
    if norms:
        q, k = [F.layer_norm(y, y.shape[-1:], s) for y, s in zip((q, k), p.take(2))]
    if turned:
        q, k = rotary(q), rotary(k)
    y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal)
    return y.transpose(1, 2).flatten(2) @ wo + bo


def attention_shapes(c, heads=0):
    norms = [scale(c // heads)] * 2 if heads else []
    return [weight(c, 3 * c), offset(3 * c), weight(c, c), offset(c)] + norms


def feed_forward(p, x, kind):
    if kind == "swiGLU":
        gate = F.silu(linear(p, x))
        h = gate * linear(p, x)
    else:
        h = getattr(F, kind)(linear(p, x))
    return linear(p, h)


def feed_forward_shapes(c, hidden, kind):
    maps = 1 + (kind == "swiGLU")
    return [weight(c, hidden), offset(hidden)] * maps + [weight(hidden, c), offset(c)]


def layer_norm(p, x):
    s, b = p.take(2)
    return F.layer_norm(x, x.shape[-1:], s, b)


def block(p, x, heads, kind="gelu", centred=True, first=True, **options):
    norm = layer_norm if centred else lambda p, x: rms(x, p.take())
    # Ours visit a norm before its layer, wherever it is applied.
    n = 2 if centred else 1
    own = p.some(n)
    if first:
        h = x + attention(p, norm(own, x), heads, **options)
    else:
        h = norm(own, x + attention(p, x, heads, **options))
    own = p.some(n)
    if first:
        return h + feed_forward(p, norm(own, h), kind)
    return norm(own, h + feed_forward(p, h, kind))


def block_shapes(c, hidden, kind="gelu", centred=True, heads=0):
    norm = [scale(c), offset(c)] if centred else [scale(c)]
    return norm + attention_shapes(c, heads) + norm + feed_forward_shapes(c, hidden, kind)


def bags(p, x, pooling, weights=None):
    return F.embedding_bag(
        torch.tensor([1, 4, 4, 0, 2]), p.take(), torch.tensor([0, 3, 3]), mode=pooling,
        per_sample_weights=weights)


def deep_sets(p, x, pooling):
    present = torch.tensor([[1, 1, 0], [0, 1, 1.0]], dtype=x.dtype)[..., None]
    h = linear(p, F.relu(linear(p, x)))
    if pooling == "max":
        pooled = h.masked_fill(present == 0, -math.inf).max(1).values
    else:
        pooled = (h * present).sum(1) / (present.sum(1) if pooling == "mean" else 1)
    return linear(p, F.relu(linear(p, pooled)))


padding = torch.zeros(2, 1, 1, 5, dtype=torch.float64)
padding[0, ..., 3:] = -math.inf
rows = [2, 5, 8]
# name: shape of the input (None for tokens), parameters, function.
layers = {
    "linear": ([3, 4], [weight(4, 5), offset(5)], linear),
    "linear of sequences": (rows, [weight(8, 5), offset(5)], linear),
    "convolution": ([2, 4, 6, 5], [filters(6, 2, 3, 3), offset(6)],
                    lambda p, x: F.conv2d(x, *p.take(2), stride=2, padding=1, groups=2)),
    "dilated convolution": ([2, 3, 7, 8], [filters(4, 3, 3, 2)],
                            lambda p, x: F.conv2d(x, p.take(), padding=(2, 1), dilation=2)),
    "depthwise convolution": ([2, 3, 5, 5], [filters(6, 1, 3, 3), offset(6)],
                              lambda p, x: F.conv2d(x, *p.take(2), padding=1, groups=3)),
    "transposed convolution": (
        [2, 4, 3, 4], [filters(4, 3, 3, 3), offset(6)],
        lambda p, x: F.conv_transpose2d(x, *p.take(2), 2, 1, output_padding=1, groups=2)),
    "batch norm, training": ([4, 3, 2, 2], [scale(3), offset(3)],
                             lambda p, x: F.batch_norm(x, None, None, *p.take(2), True)),
    "batch norm, evaluation": (
        [4, 3, 2, 2], [scale(3), offset(3)],
        lambda p, x: F.batch_norm(x, made([3], 90), made([3], 91, 1, 2), *p.take(2))),
    "layer norm": (rows, [scale(8), offset(8)], layer_norm),
    "root-mean-square norm": (rows, [scale(8)], lambda p, x: rms(x, p.take())),
    "group norm": ([2, 6, 3, 2], [scale(6), offset(6)],
                   lambda p, x: F.group_norm(x, 3, *p.take(2))),
    "embedding": (None, [weight(5, 4)],
                  lambda p, x: F.embedding(torch.tensor([1, 4, 4, 0, 2]), p.take())),
    "tied head": ([3, 4], [weight(7, 4)], lambda p, x: x @ p.take().T),
    "bags, sum": (None, [weight(5, 4)], lambda p, x: bags(p, x, "sum")),
    "bags, weighted": (None, [weight(5, 4)],
                       lambda p, x: bags(p, x, "sum", made([5], 95))),
    "bags, mean": (None, [weight(5, 4)], lambda p, x: bags(p, x, "mean")),
    "attention": (rows, attention_shapes(8), lambda p, x: attention(p, x, 2)),
    "causal attention": (rows, attention_shapes(8), lambda p, x: attention(p, x, 2, True)),
    "long causal attention": ([1, 70, 8], attention_shapes(8),
                              lambda p, x: attention(p, x, 2, True)),
    "padded attention": (rows, attention_shapes(8),
                         lambda p, x: attention(p, x, 4, mask=padding)),
    "attention with norms and rotations": (
        rows, attention_shapes(8, 2),
        lambda p, x: attention(p, x, 2, True, turned=True, norms=True)),
    "attention to another sequence": (
        rows, attention_shapes(8),
        lambda p, x: attention(p, x, 2, memory=made([2, 3, 8], 96))),
    "block": (rows, block_shapes(8, 12), lambda p, x: block(p, x, 2, causal=True)),
    "block, norms last": (rows, block_shapes(8, 12),
                          lambda p, x: block(p, x, 2, "relu", first=False)),
    "block of LLaMA": (
        rows, block_shapes(8, 12, "swiGLU", False),
        lambda p, x: block(p, x, 2, "swiGLU", False, causal=True, turned=True)),
}
for pooling in ("sum", "mean", "max"):
    layers[f"deep sets, {pooling}"] = (
        [2, 3, 4], [weight(4, 6), offset(6), weight(6, 5), offset(5), weight(5, 4), offset(4),
                    weight(4, 2), offset(2)],
        lambda p, x, pooling=pooling: deep_sets(p, x, pooling))


def layer_case(name, shape, parameters, function):
    p = [made(s, k + 1, reach, centre).requires_grad_() for k, (s, centre, reach)
         in enumerate(parameters)]
    x = None if shape is None else made(shape, 70).requires_grad_()
    y = function(Parameters(p), x)
    (y * made(list(y.shape), 80)).sum().backward()
    return {"name": name, "input": shape, "output": kept(y),
            "parameters": [{"shape": s, "centre": c, "reach": r} for s, c, r in parameters],
            "inputGradient": None if x is None else kept(x.grad),
            "gradients": [kept(t.grad) for t in p]}


# Models: functions of parameters, running statistics (or None in evaluation's place) and a batch.
def norm(p, state, x):
    s, b = p.take(2)
    mean, variance, training = state.next()
    return F.batch_norm(x, mean, variance, s, b, training, 0.1)


class Running:
    def __init__(self, widths, dtype):
        self.pairs = [(torch.zeros(w, dtype=dtype), torch.ones(w, dtype=dtype)) for w in widths]
        self.training, self.index = True, 0

    def next(self):
        pair = self.pairs[self.index % len(self.pairs)]
        self.index += 1
        return (*pair, self.training)


def conv(p, x, stride=1):
    w = p.take()
    return F.conv2d(x, w, stride=stride, padding=w.shape[2] // 2)


def residual_block(p, state, x, stride, changes, first):
    if first:
        w1, n1, w2, n2 = p.take(), p.take(2), p.take(), p.take(2)
        a = F.relu(norm(Parameters(n1), state, x))
        y = F.conv2d(F.relu(norm(Parameters(n2), state, F.conv2d(a, w1, None, stride, 1))), w2,
                     padding=1)
        return y + (F.conv2d(a, p.take(), None, stride) if changes else x)
    y = F.relu(norm(p, state, conv(p, x, stride)))
    y = norm(p, state, conv(p, y))
    return F.relu(y + (norm(p, state, conv(p, x, stride)) if changes else x))


def residual(p, state, x, first=False):
    h = conv(p, x)
    if not first:
        h = F.relu(norm(p, state, h))
    h = residual_block(p, state, h, 1, False, first)
    h = residual_block(p, state, h, 2, True, first)
    if first:
        h = F.relu(norm(p, state, h))
    return linear(p, h.mean((2, 3)))


def pair(n):
    return [scale(n), offset(n)]


residual_after = ([filters(4, 3, 3, 3)] + pair(4) + [filters(4, 4, 3, 3)] + pair(4)
                  + [filters(4, 4, 3, 3)] + pair(4) + [filters(8, 4, 3, 3)] + pair(8)
                  + [filters(8, 8, 3, 3)] + pair(8) + [filters(8, 4, 1, 1)] + pair(8)
                  + [weight(8, 5), offset(5)])
residual_before = ([filters(4, 3, 3, 3)] + [filters(4, 4, 3, 3)] + pair(4)
                   + [filters(4, 4, 3, 3)] + pair(4) + [filters(8, 4, 3, 3)] + pair(4)
                   + [filters(8, 8, 3, 3)] + pair(8) + [filters(8, 4, 1, 1)] + pair(8)
                   + [weight(8, 5), offset(5)])


def vgg(p, state, x):
    for _ in range(2):
        x = F.max_pool2d(F.relu(norm(p, state, conv(p, x))), 2)
    return linear(p, x.mean((2, 3)))


def vision(p, state, x):
    n = len(x)
    cut = x.reshape(n, 3, 2, 4, 2, 4).permute(0, 2, 4, 1, 3, 5).reshape(n, 4, 48)
    w, b, whole, positions = p.take(4)
    h = torch.cat([whole.expand(n, 1, -1), cut @ w + b], 1) + positions
    for _ in range(2):
        h = block(p, h, 2)
    return linear(p, layer_norm(p, h[:, 0]))


def gpt(p, state, x):
    table, positions = p.take(2)
    h = table[x] + positions[:x.shape[1]]
    for _ in range(2):
        h = block(p, h, 2, causal=True)
    return (layer_norm(p, h) @ table.T).flatten(0, 1)


def llama(p, state, x):
    h = p.take()[x]
    for _ in range(2):
        h = block(p, h, 2, "swiGLU", False, causal=True, turned=True, norms=True)
    return (rms(h, p.take()) @ p.take()).flatten(0, 1)


def perceptron(p, state, x):
    return linear(p, F.relu(linear(p, x)))


COUNT, BATCH, STEPS, LENGTH = 20, 5, 50, 7
small = ([7, 8], 0.0, 0.5)
models = {
    "perceptron": ([12], [weight(12, 16), offset(16), weight(16, 5), offset(5)], [], perceptron),
    "residual network": ([3, 8, 8], residual_after, [4, 4, 4, 8, 8, 8], residual),
    "residual network, norms first": (
        [3, 8, 8], residual_before, [4, 4, 4, 8, 8], lambda p, s, x: residual(p, s, x, True)),
    "plain network": ([3, 8, 8], [filters(4, 3, 3, 3)] + pair(4) + [filters(8, 4, 3, 3)] + pair(8)
                      + [weight(8, 5), offset(5)], [4, 8], vgg),
    "vision transformer": (
        [3, 8, 8], [weight(48, 8), offset(8), ([1, 1, 8], 0.0, 0.5), ([5, 8], 0.0, 0.5)]
        + block_shapes(8, 16) * 2 + pair(8) + [weight(8, 5), offset(5)], [], vision),
    "GPT": (None, [([11, 8], 0.0, 1.0), small] + block_shapes(8, 32) * 2 + pair(8), [], gpt),
    "LLaMA": (None, [([11, 8], 0.0, 1.0)] + block_shapes(8, 12, "swiGLU", False, 2) * 2
              + [scale(8), weight(8, 11)], [], llama),
}


def model_case(name, shape, parameters, norms, function):
    def start(dtype):
        return [made(s, k + 1, r, c, dtype).requires_grad_()
                for k, (s, c, r) in enumerate(parameters)]

    tokens = torch.arange(COUNT * (LENGTH + 1)).reshape(COUNT, -1)
    tokens = (tokens * tokens * 3 + tokens * 5) % 11
    labels = torch.tensor([(7 * k * k + 3 * k) % 5 for k in range(COUNT)])

    def loss(p, state, step, dtype):
        batch = [(step * 3 + 7 * k) % COUNT for k in range(BATCH)]
        if shape is None:
            x, y = tokens[batch, :-1], tokens[batch, 1:].flatten()
        else:
            x, y = made([COUNT] + shape, 70, dtype=dtype)[batch], labels[batch]
        return F.cross_entropy(function(Parameters(p), state, x), y)

    p = start(torch.float64)
    first = loss(p, Running(norms, torch.float64), 0, torch.float64)
    first.backward()
    gradients = [kept(t.grad) for t in p]
    p, state = start(torch.float32), Running(norms, torch.float32)
    velocities, losses = [torch.zeros_like(t) for t in p], []
    for step in range(STEPS):
        value = loss(p, state, step, torch.float32)
        losses.append(value.item())
        slopes = torch.autograd.grad(value, p)
        with torch.no_grad():
            for t, v, g in zip(p, velocities, slopes):
                v.mul_(0.9).add_(g)
                t.sub_(0.02 * v)
    state.training, state.index = False, 0
    evaluated = loss(p, state, 0, torch.float32).item()
    print(name, losses[0], losses[-1], evaluated)
    return {"name": name, "input": shape, "loss": first.item(), "gradients": gradients,
            "parameters": [{"shape": s, "centre": c, "reach": r} for s, c, r in parameters],
            "losses": losses, "evaluated": evaluated,
            "statistics": [kept(t) for own in state.pairs for t in own]}


folder = pathlib.Path(__file__).parent.parent / "NeuralTests" / "Fixtures"
made_by = "Tests/Golden/reference_models.py"


def write(name, cases):
    def rounded(x):
        if isinstance(x, float):
            return float(f"{x:.10g}")
        if isinstance(x, dict):
            return {key: rounded(value) for key, value in x.items()}
        return [rounded(value) for value in x] if isinstance(x, list) else x

    text = json.dumps({"madeBy": made_by, "cases": rounded(cases)}, separators=(",", ":"))
    (folder / name).write_text(text + "\n")
    print(name, len(text))


write("reference-layers.json", [layer_case(name, *case) for name, case in layers.items()])
write("reference-models.json", [model_case(name, *case) for name, case in models.items()])
