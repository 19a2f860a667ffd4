"""Writes Tests/NeuralTests/Fixtures/safetensors.json with the safetensors package of PyPI.

Run from the repository's root, where torch and safetensors are installed:
python3 Tests/Golden/safetensors_files.py
`file` is what the package writes. `ours` is what this library writes for the tensors of its test: put
together here by hand, and read by the package.
"""

import base64
import json
import pathlib
import struct

import torch
from safetensors.torch import load, save

tensors = {
    "float32": torch.tensor([[1.0, -0.1], [3e38, 1e-45]]),
    "float64": torch.tensor([0.1, -2e300], dtype=torch.float64),
    "float16": torch.tensor([1.0, -0.333, 65504.0, 6e-8, 6.1e-5], dtype=torch.float16),
    "bfloat16": torch.tensor([1.0, -0.333, 3e38, 1e-40], dtype=torch.bfloat16),
    "integers": torch.tensor([1, -2, 3]),
    "none": torch.zeros(0, 3),
    "number": torch.tensor(2.5),
}
written = save(tensors, metadata={"format": "pt"})
floating = {name: t for name, t in tensors.items() if t.is_floating_point()}

header = (
    '{"__metadata__":{"format":"pt"},'
    '"layers.0.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},'
    '"a \\"quoted\\"\\u000a\u2202 name\U0001f600":{"dtype":"F64","shape":[2],"data_offsets":[16,32]},'
    '"none":{"dtype":"F64","shape":[0,3],"data_offsets":[32,32]},'
    '"number":{"dtype":"F32","shape":[],"data_offsets":[32,36]}}').encode()
header += b" " * (-len(header) % 8)
ours = struct.pack("<Q", len(header)) + header + struct.pack(
    "<4f2df", 1, -2, 3.5, float("inf"), 0.1, 0.2, 7)
read = load(ours)
assert torch.equal(read["layers.0.weight"], torch.tensor([[1.0, -2], [3.5, float("inf")]]))
assert torch.equal(read['a "quoted"\n\u2202 name\U0001f600'],
                   torch.tensor([0.1, 0.2], dtype=torch.float64))
assert read["none"].shape == (0, 3) and read["number"].item() == 7 and len(read) == 4

fixture = {
    "madeBy": "Tests/Golden/safetensors_files.py",
    "file": base64.b64encode(written).decode(),
    "names": sorted(tensors),
    "numbers": {name: t.double().ravel().tolist() for name, t in floating.items()},
    "shapes": {name: list(t.shape) for name, t in floating.items()},
    "ours": base64.b64encode(ours).decode(),
}
here = pathlib.Path(__file__).parent.parent
target = here / "NeuralTests" / "Fixtures" / "safetensors.json"
target.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")
print(target.stat().st_size)
