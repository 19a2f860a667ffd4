"""JAX's side of `ci/bench`, compiled; its threads are those of the cores it may run on."""
import jax
import jax.numpy as jnp
from worker import serve

key = jax.random.key(0)


def compiled(function, *arguments):
    run = jax.jit(function)
    jax.block_until_ready(run(*arguments))
    return lambda: jax.block_until_ready(run(*arguments))


def product(m, k, n):
    return compiled(jnp.matmul, jax.random.normal(key, (m, k)), jax.random.normal(key, (k, n)))


def perceptron(widths):
    return [(jax.random.normal(key, (a, b)) / a ** 0.5, jnp.zeros(b))
            for a, b in zip(widths, widths[1:])]


def loss(model, x, y):
    for i, (w, b) in enumerate(model):
        x = (jax.nn.relu(x) if i > 0 else x) @ w + b
    return -jnp.take_along_axis(jax.nn.log_softmax(x), y[:, None], axis=1).mean()


def perceptron_step(widths, batch):
    model = perceptron(widths)
    x, y = jax.random.normal(key, (batch, widths[0])), jnp.arange(batch) % widths[-1]
    step = jax.jit(
        lambda m, x, y: jax.tree.map(lambda p, g: p - 1e-4 * g, m, jax.grad(loss)(m, x, y)),
        donate_argnums=0)
    state = [model]

    def work():
        state[0] = step(state[0], x, y)
        jax.block_until_ready(state[0])
    work()
    return work


def hessian_product(widths, batch):
    model = perceptron(widths)
    x, y = jax.random.normal(key, (batch, widths[0])), jnp.arange(batch) % widths[-1]
    return compiled(
        lambda m, v: jax.jvp(lambda m: jax.grad(loss)(m, x, y), (m,), (v,))[1], model, model)


def convolve(x, w):
    return jax.lax.conv_general_dilated(x, w, (1, 1), "SAME")


def convolution(channels, part):
    x = jax.random.normal(key, (128, channels, 32, 32))
    w = jax.random.normal(key, (channels, channels, 3, 3))
    if part == "forward":
        return compiled(convolve, x, w)
    if part == "input":
        return compiled(lambda x, w, g: jax.vjp(lambda x: convolve(x, w), x)[1](g), x, w, x)
    return compiled(lambda x, w, g: jax.vjp(lambda w: convolve(x, w), w)[1](g), x, w, x)


def layer_norm(x):
    centred = x - x.mean(1, keepdims=True)
    return centred * jax.lax.rsqrt((centred * centred).mean(1, keepdims=True) + 1e-5)


def normals():
    draw = jax.jit(lambda k: jax.random.normal(k, (1_000_000,)))

    def work():
        for _ in range(100):
            jax.block_until_ready(draw(key))
    work()
    return work


makers = {
    "step-784-512-512-10": lambda: perceptron_step([784, 512, 512, 10], 128),
    "step-784-100-10": lambda: perceptron_step([784, 100, 10], 32),
    "step-2-64-64-2": lambda: perceptron_step([2, 64, 64, 2], 32),
    "hessian-784-512-512-10": lambda: hessian_product([784, 512, 512, 10], 128),
    "softmax-2048x512": lambda: compiled(
        lambda x: jax.nn.softmax(x, 1), jax.random.normal(key, (2048, 512))),
    "layernorm-2048x512": lambda: compiled(layer_norm, jax.random.normal(key, (2048, 512))),
    "normals-1e8": normals,
}
for m, k, n in [(256, 256, 256), (1024, 1024, 1024), (2048, 2048, 2048), (128, 784, 512),
                (10000, 64, 64)]:
    makers[f"matmul-{m}x{k}x{n}"] = lambda m=m, k=k, n=n: product(m, k, n)
for channels in (16, 64):
    for part in ("forward", "input", "filters"):
        makers[f"conv{channels}-{part}"] = lambda c=channels, p=part: convolution(c, p)

serve(makers, lambda threads: None)
