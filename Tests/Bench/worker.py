"""The loop of a peer's side of `ci/bench`: reads a line, prints a line, as `main.swift` does."""
import resource
import sys
import time


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def serve(makers, set_threads):
    """`makers[case]()` gives a function that runs the case once and waits until it is done."""
    cases = {}
    for line in sys.stdin:
        threads, repetitions, name = line.split()
        if name == "peak":
            print(peak(), flush=True)
            continue
        if name not in makers:
            print("none", flush=True)
            continue
        set_threads(int(threads))
        # Only one case, in its forms, is held at a time.
        cases = {key: work for key, work in cases.items() if key.split("@")[0] == name.split("@")[0]}
        work = cases.get(name) or makers[name]()
        cases[name] = work
        # Once untimed: the other sides have emptied the caches since.
        work()
        start = time.perf_counter()
        for _ in range(int(repetitions)):
            work()
        print((time.perf_counter() - start) / int(repetitions), flush=True)
