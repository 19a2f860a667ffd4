"""Writes Tests/TensorsTests/Fixtures/images.json with PyTorch.

Run from the repository's root: python3 Tests/Golden/convolution.py
Convolutions with both gradients, transposed convolutions, pooling, padding and resizing of small
images in double precision. Inputs follow from integers, so the test makes the same ones.
"""

import json
import math
import pathlib

import torch
import torch.nn.functional as F


def made(shape, salt):
    """The numbers both sides make: hashed integers in [0, 1009), divided and shifted."""
    i = torch.arange(math.prod(shape), dtype=torch.int64)
    return (((i * i * 7919 + i * 104729 + salt) % 1009).double() / 1009 - 0.5).reshape(shape)


GEOMETRIES = [
    dict(x=[2, 3, 5, 6], filters=[4, 3, 3, 3], stride=[1, 1], padding=[1, 1], dilation=[1, 1], groups=1),
    dict(x=[2, 4, 7, 6], filters=[6, 2, 3, 2], stride=[2, 1], padding=[1, 0], dilation=[1, 2], groups=2),
    dict(x=[1, 3, 8, 8], filters=[3, 1, 3, 3], stride=[2, 2], padding=[1, 1], dilation=[1, 1], groups=3),
    dict(x=[2, 2, 6, 6], filters=[3, 2, 1, 1], stride=[2, 2], padding=[0, 0], dilation=[1, 1], groups=1),
    dict(x=[1, 2, 9, 7], filters=[2, 2, 4, 4], stride=[3, 2], padding=[2, 3], dilation=[2, 1], groups=1),
]

convolutions = []
for case in GEOMETRIES:
    x = made(case["x"], 1).requires_grad_()
    filters = made(case["filters"], 2).requires_grad_()
    how = {key: case[key] for key in ("stride", "padding", "dilation", "groups")}
    y = F.conv2d(x, filters, **how)
    g = made(y.shape, 3)
    (y * g).sum().backward()
    z = F.conv_transpose2d(g, filters.detach(), **how)
    convolutions.append(dict(
        case, y=y.flatten().tolist(), dx=x.grad.flatten().tolist(),
        dfilters=filters.grad.flatten().tolist(), transposed=z.flatten().tolist()))

image = made([2, 2, 7, 5], 4)
operations = {
    "maximum pooling 3, stride 2, padding 1": F.max_pool2d(image, 3, 2, 1),
    "maximum pooling 2": F.max_pool2d(image, 2),
    "average pooling 3, stride 2, padding 1": F.avg_pool2d(image, 3, 2, 1),
    "average pooling 2 by 3": F.avg_pool2d(image, (2, 3)),
    "adaptive to 3 by 2": F.adaptive_avg_pool2d(image, (3, 2)),
    "adaptive to 4 by 4": F.adaptive_avg_pool2d(image, (4, 4)),
    "global average": F.adaptive_avg_pool2d(image, 1)[:, :, 0, 0],
    "resized to 9 by 4": F.interpolate(image, (9, 4), mode="bilinear"),
    "resized to 3 by 11, corners": F.interpolate(image, (3, 11), mode="bilinear", align_corners=True),
    "upsampled by 2 and 3": F.interpolate(image, scale_factor=(2, 3), mode="nearest"),
    "padded, zero": F.pad(image, (3, 1, 2, 4)),
    "padded, reflected": F.pad(image, (3, 1, 2, 4), mode="reflect"),
    "padded, circular": F.pad(image, (3, 1, 2, 4), mode="circular"),
    "padded, nearest": F.pad(image, (3, 1, 2, 4), mode="replicate"),
    "cropped": image[:, :, 2:6, 1:3],
}
path = pathlib.Path("Tests/TensorsTests/Fixtures/images.json")
path.write_text(json.dumps({
    "convolutions": convolutions,
    "operations": {
        name: {"shape": list(y.shape), "scalars": y.flatten().tolist()}
        for name, y in operations.items()},
}) + "\n")
