"""PyTorch's side of `ci/bench`. A case ending in `@last` is another form of the one before: channels
last, or a fused kernel."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from worker import serve

torch.manual_seed(0)
torch.backends.cudnn.enabled = False


def product(m, k, n):
    a, b = torch.randn(m, k), torch.randn(k, n)

    def work():
        with torch.no_grad():
            torch.mm(a, b)
    return work


def training_step(model, x, y):
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4)

    def work():
        optimizer.zero_grad()
        F.cross_entropy(model(x), y).backward()
        optimizer.step()
    return work


def perceptron(widths):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers += [nn.ReLU()] * (i > 0) + [nn.Linear(a, b)]
    return nn.Sequential(*layers)


def perceptron_step(widths, batch):
    return training_step(
        perceptron(widths), torch.randn(batch, widths[0]), torch.arange(batch) % widths[-1])


def hessian_product(widths, batch):
    model = perceptron(widths)
    x, y = torch.randn(batch, widths[0]), torch.arange(batch) % widths[-1]
    parameters = list(model.parameters())
    direction = [torch.randn_like(p) for p in parameters]

    def work():
        gradient = torch.autograd.grad(
            F.cross_entropy(model(x), y), parameters, create_graph=True)
        torch.autograd.grad(sum((g * v).sum() for g, v in zip(gradient, direction)), parameters)
    return work


def convolution(channels, part, memory_format):
    x = torch.randn(128, channels, 32, 32).to(memory_format=memory_format)
    w = torch.randn(channels, channels, 3, 3).to(memory_format=memory_format)
    g = torch.randn(128, channels, 32, 32).to(memory_format=memory_format)
    masks = {"input": [True, False, False], "filters": [False, True, False]}

    def work():
        with torch.no_grad():
            if part == "forward":
                F.conv2d(x, w, padding=1)
            else:
                torch.ops.aten.convolution_backward(
                    g, x, w, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, masks[part])
    return work


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.first = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.first_norm = nn.BatchNorm2d(outputs)
        self.second = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.second_norm = nn.BatchNorm2d(outputs)
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(y)) + self.shortcut(x))


def residual_step(memory_format):
    widths = [16, 32, 64, 128]
    layers = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    inputs = 16
    for stage, width in enumerate(widths):
        layers += [Block(inputs, width, 1 if stage == 0 else 2), Block(width, width, 1)]
        inputs = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(128, 10)]
    model = nn.Sequential(*layers).to(memory_format=memory_format)
    x = torch.randn(128, 3, 32, 32).to(memory_format=memory_format)
    return training_step(model, x, torch.arange(128) % 10)


def adamw(fused):
    parameter = torch.nn.Parameter(torch.randn(10_000_000))
    parameter.grad = torch.randn(10_000_000)
    return torch.optim.AdamW([parameter], lr=1e-3, weight_decay=0.01, fused=fused).step


def per_example():
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(),
        nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84),
        nn.ReLU(), nn.Linear(84, 10))
    parameters = {name: p.detach() for name, p in model.named_parameters()}
    x, y = torch.randn(64, 1, 28, 28), torch.arange(64) % 10

    def loss(p, x, y):
        logits = torch.func.functional_call(model, p, (x.unsqueeze(0),))
        return F.cross_entropy(logits, y.unsqueeze(0))

    gradients = torch.func.vmap(torch.func.grad(loss), in_dims=(None, 0, 0))
    return lambda: gradients(parameters, x, y)


def rows(function):
    x = torch.randn(2048, 512)

    def work():
        with torch.no_grad():
            function(x)
    return work


def cholesky():
    a = torch.randn(1000, 1000, dtype=torch.float64)
    a = a @ a.T + 1000 * torch.eye(1000, dtype=torch.float64)
    return lambda: torch.linalg.cholesky(a)


def eigen():
    a = torch.randn(500, 500, dtype=torch.float64)
    a = a + a.T
    return lambda: torch.linalg.eigh(a)


def normals():
    target = torch.empty(1_000_000)

    def work():
        for _ in range(100):
            target.normal_()
    return work


formats = {"": torch.contiguous_format, "@last": torch.channels_last}
makers = {
    "step-784-512-512-10": lambda: perceptron_step([784, 512, 512, 10], 128),
    "step-784-100-10": lambda: perceptron_step([784, 100, 10], 32),
    "step-2-64-64-2": lambda: perceptron_step([2, 64, 64, 2], 32),
    "hessian-784-512-512-10": lambda: hessian_product([784, 512, 512, 10], 128),
    "softmax-2048x512": lambda: rows(lambda x: torch.softmax(x, 1)),
    "layernorm-2048x512": lambda: rows(lambda x: F.layer_norm(x, (512,))),
    "cholesky-1000": cholesky,
    "eigen-500": eigen,
    "normals-1e8": normals,
    "adamw-1e7": lambda: adamw(False),
    "adamw-1e7@last": lambda: adamw(True),
    "per-example-lenet": per_example,
}
for m, k, n in [(256, 256, 256), (1024, 1024, 1024), (2048, 2048, 2048), (128, 784, 512),
                (10000, 64, 64)]:
    makers[f"matmul-{m}x{k}x{n}"] = lambda m=m, k=k, n=n: product(m, k, n)
for suffix, form in formats.items():
    makers["resnet18-16" + suffix] = lambda form=form: residual_step(form)
    for channels in (16, 64):
        for part in ("forward", "input", "filters"):
            makers[f"conv{channels}-{part}{suffix}"] = (
                lambda c=channels, p=part, form=form: convolution(c, p, form))

serve(makers, torch.set_num_threads)
