"""PyTorch's side of `ci/bench`. A case ending in `@last` is another form of the one before: channels
last, a fused kernel, or the second of two ways; the faster counts."""
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


def residual_step(k, memory_format):
    widths = [k, 2 * k, 4 * k, 8 * k]
    layers = [nn.Conv2d(3, k, 3, 1, 1, bias=False), nn.BatchNorm2d(k), nn.ReLU()]
    inputs = k
    for stage, width in enumerate(widths):
        layers += [Block(inputs, width, 1 if stage == 0 else 2), Block(width, width, 1)]
        inputs = width
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8 * k, 10)]
    model = nn.Sequential(*layers).to(memory_format=memory_format)
    x = torch.randn(128, 3, 32, 32).to(memory_format=memory_format)
    return training_step(model, x, torch.arange(128) % 10)


class TransformerBlock(nn.Module):
    def __init__(self, width, heads, causal):
        super().__init__()
        self.heads, self.causal = heads, causal
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.packed, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.inner, self.outer = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        n, t, c = x.shape
        q, k, v = self.packed(self.first(x)).view(n, t, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=self.causal)
        x = x + self.output(y.transpose(1, 2).reshape(n, t, c))
        return x + self.outer(F.gelu(self.inner(self.second(x))))


class GPT(nn.Module):
    def __init__(self, vocabulary, context, width, depth, heads):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(context, width) * 0.02)
        self.blocks = nn.Sequential(
            *[TransformerBlock(width, heads, True) for _ in range(depth)])
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        h = self.norm(self.blocks(self.tokens(x) + self.positions[:x.shape[1]]))
        return F.linear(h, self.tokens.weight).flatten(0, 1)


class VisionTransformer(nn.Module):
    def __init__(self, width, depth, heads, patch=4):
        super().__init__()
        self.patches = nn.Conv2d(3, width, patch, patch)
        self.whole = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(torch.randn((32 // patch) ** 2 + 1, width) * 0.02)
        self.blocks = nn.Sequential(
            *[TransformerBlock(width, heads, False) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 10)

    def forward(self, x):
        h = self.patches(x).flatten(2).transpose(1, 2)
        h = torch.cat([self.whole.expand(len(x), -1, -1), h], 1) + self.positions
        return self.head(self.norm(self.blocks(h)[:, 0]))


def gpt_step():
    x = (torch.arange(128) * 7 + torch.arange(16)[:, None]) % 65
    return training_step(GPT(65, 128, 128, 4, 4), x, torch.arange(16 * 128) % 65)


def vision_step():
    return training_step(
        VisionTransformer(64, 6, 4), torch.randn(128, 3, 32, 32), torch.arange(128) % 10)


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


def augmentation(with_policy, on_tensors):
    """torchvision's pipeline of CIFAR, image after image, on Pillow's images or on tensors."""
    from torchvision.transforms import v2

    pixels = torch.randint(0, 256, (512, 3, 32, 32), dtype=torch.uint8)
    policy = [v2.RandAugment(2, 9)] if with_policy else []
    to_numbers = [v2.ToDtype(torch.float32, scale=True)]
    if not on_tensors:
        to_numbers = [v2.ToImage()] + to_numbers
    transform = v2.Compose(
        [v2.RandomCrop(32, padding=4), v2.RandomHorizontalFlip()] + policy + to_numbers + [
            v2.Normalize((0.4914, 0.4822, 0.4465), (0.2470, 0.2435, 0.2616))])
    images = list(pixels) if on_tensors else [
        v2.functional.to_pil_image(image) for image in pixels]
    return lambda: torch.stack([transform(image) for image in images])


formats = {"": torch.contiguous_format, "@last": torch.channels_last}
makers = {
    "step-784-512-512-10": lambda: perceptron_step([784, 512, 512, 10], 128),
    "step-784-100-10": lambda: perceptron_step([784, 100, 10], 32),
    "step-2-64-64-2": lambda: perceptron_step([2, 64, 64, 2], 32),
    "hessian-784-512-512-10": lambda: hessian_product([784, 512, 512, 10], 128),
    "gpt-128x4": gpt_step,
    "vit-64x6": vision_step,
    "softmax-2048x512": lambda: rows(lambda x: torch.softmax(x, 1)),
    "layernorm-2048x512": lambda: rows(lambda x: F.layer_norm(x, (512,))),
    "cholesky-1000": cholesky,
    "eigen-500": eigen,
    "normals-1e8": normals,
    "augment-crop-flip": lambda: augmentation(False, False),
    "augment-crop-flip@last": lambda: augmentation(False, True),
    "augment-randaugment": lambda: augmentation(True, False),
    "augment-randaugment@last": lambda: augmentation(True, True),
    "adamw-1e7": lambda: adamw(False),
    "adamw-1e7@last": lambda: adamw(True),
    "per-example-lenet": per_example,
}
for m, k, n in [(256, 256, 256), (1024, 1024, 1024), (2048, 2048, 2048), (128, 784, 512),
                (10000, 64, 64)]:
    makers[f"matmul-{m}x{k}x{n}"] = lambda m=m, k=k, n=n: product(m, k, n)
for suffix, form in formats.items():
    for k in (16, 64):
        makers[f"resnet18-{k}{suffix}"] = lambda k=k, form=form: residual_step(k, form)
    for channels in (16, 64):
        for part in ("forward", "input", "filters"):
            makers[f"conv{channels}-{part}{suffix}"] = (
                lambda c=channels, p=part, form=form: convolution(c, p, form))

serve(makers, torch.set_num_threads)
