"""Runs our side of `ci/bench` and the peers' in turn, and writes the table of ratios.

usage: compare.py PROGRAM OUTPUT [--rounds N] [case ...]
"""
import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

here = Path(__file__).parent
# The least ratio asked for: the faster peer's time over ours. A second number is asked for against
# PyTorch alone.
required = {
    "matmul-256x256x256": 1.0, "matmul-1024x1024x1024": 1.0, "matmul-2048x2048x2048": 1.0,
    "matmul-128x784x512": 1.0, "matmul-10000x64x64": 1.0,
    "step-784-512-512-10": 1.2, "step-784-100-10": 2.5, "step-2-64-64-2": (2.0, 8.0),
    "hessian-784-512-512-10": 1.5,
    "conv16-forward": 1.2, "conv16-input": 1.2, "conv16-filters": 1.2,
    "conv64-forward": 1.2, "conv64-input": 1.2, "conv64-filters": 1.2,
    "resnet18-16": 1.2, "resnet18-64": 1.0, "gpt-128x4": 1.2, "vit-64x6": 1.2,
    "softmax-2048x512": 1.0, "layernorm-2048x512": 1.0,
    "cholesky-1000": 0.5, "eigen-500": 0.3, "normals-1e8": 1.5,
    "augment-crop-flip": 3.0, "augment-randaugment": 3.0,
    "adamw-1e7": 1.0, "per-example-lenet": 2.0,
}
memory = ["step-784-512-512-10", "resnet18-16", "gpt-128x4"]


class Side:
    """A process that times cases."""

    def __init__(self, command, threads):
        environment = os.environ | {
            "OMP_NUM_THREADS": str(threads), "MKL_NUM_THREADS": str(threads),
            "XLA_FLAGS": "" if threads > 1 else "--xla_cpu_multi_thread_eigen=false",
            "JAX_PLATFORMS": "cpu", "CUDA_VISIBLE_DEVICES": "",
        }
        # A thread's work stays on one core, also that of runtimes with threads of their own.
        cores = sorted(os.sched_getaffinity(0))[:threads]
        self.threads = threads
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
            preexec_fn=lambda: os.sched_setaffinity(0, cores))

    def ask(self, case, repetitions=1):
        self.process.stdin.write(f"{self.threads} {repetitions} {case}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        if not answer:
            sys.exit(f"bench: {self.process.args} ended in case {case}")
        return None if answer == "none" else float(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def commands(program):
    return {
        "ours": [program],
        "PyTorch": [sys.executable, str(here / "torch_worker.py")],
        "JAX": [sys.executable, str(here / "jax_worker.py")],
    }


def times(sides, case, rounds):
    """The median seconds of each side, measured in turn; of PyTorch's two forms the better."""
    entries = [(name, case) for name in sides] + [("PyTorch", case + "@last")]
    repetitions = {}
    for entry in list(entries):
        first = sides[entry[0]].ask(entry[1])
        if first is None:
            entries.remove(entry)
            continue
        again = sides[entry[0]].ask(entry[1])
        repetitions[entry] = max(1, min(1000, int(0.01 / max(again, 1e-7))))
    samples = {entry: [] for entry in entries}
    for _ in range(rounds):
        for entry in entries:
            # The threads of the side before look for work a while before they sleep.
            time.sleep(0.02)
            samples[entry].append(sides[entry[0]].ask(entry[1], repetitions[entry]))
    medians = {}
    for (name, _), values in samples.items():
        value = statistics.median(values)
        medians[name] = min(value, medians.get(name, value))
    return medians


def peaks(program, case):
    """How far a few runs of the case raise each side's peak of resident memory, in MiB."""
    result = {}
    for name, command in commands(program).items():
        side = Side(command, 1)
        before = side.ask("peak")
        runs = [side.ask(case) for _ in range(3)]
        result[name] = None if runs[0] is None else (side.ask("peak") - before) / 2**20
        side.close()
    return result


def row(case, threads, medians):
    ours = medians.pop("ours")
    peer = min(medians, key=medians.get)
    ratio = medians[peer] / ours
    least = required[case]
    good = ratio >= (least if isinstance(least, float) else least[0])
    note = ""
    if isinstance(least, tuple):
        against = medians["PyTorch"] / ours
        good = good and against >= least[1]
        note = f"; {against:.2f} of {least[1]} against PyTorch"
        least = least[0]
    return (f"| {case} | {threads} | {ours * 1e3:.3f} | {medians[peer] * 1e3:.3f} | {peer} "
            f"| **{ratio:.2f}** | {least}{note} | {'yes' if good else 'no'} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("output")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("cases", nargs="*")
    options = parser.parse_intermixed_args()
    cases = options.cases or list(required)
    lines = [
        "# Side by side", "",
        "Written by `ci/bench`: the median of "
        f"{options.rounds} rounds in which the sides take turns, in milliseconds. The ratio is the "
        "faster peer's time over ours: above 1, ours is faster.", "",
        f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, PyTorch {version('torch')}, "
        f"JAX {version('jax')}", "",
        "| case | threads | ours | peer | faster peer | ratio | asked | met |",
        "|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines), flush=True)
    for threads in (1, 2):
        sides = {name: Side(command, threads) for name, command in commands(options.program).items()}
        for case in cases:
            lines.append(row(case, threads, times(sides, case, options.rounds)))
            print(lines[-1], flush=True)
        for side in sides.values():
            side.close()
    more = ["", "| peak memory of | ours, MiB | PyTorch | JAX |", "|---|---|---|---|"]
    for case in [case for case in memory if case in cases]:
        values = peaks(options.program, case)
        more.append(f"| {case} | " + " | ".join(
            "–" if value is None else f"{value:.0f}" for value in values.values()) + " |")
    print("\n".join(more))
    Path(options.output).write_text("\n".join(lines + more) + "\n")


main()
