"""Writes Tests/DatasetsTests/Fixtures/augmentation.json: images after operations of Pillow, and
warped images of PyTorch.

usage: python Tests/Golden/augmentation.py > Tests/DatasetsTests/Fixtures/augmentation.json
(needs Pillow, numpy and torch)
"""
import base64
import hashlib
import json

import numpy as np
import PIL
import torch
from PIL import Image, ImageEnhance, ImageOps

resample = {"nearest": Image.Resampling.NEAREST, "bilinear": Image.Resampling.BILINEAR}
random = np.random.default_rng(6)


def picture(channels, rows, columns, low=0, high=255):
    """Planes with structure, so that interpolation and histograms matter: [c, h, w]."""
    y, x = np.mgrid[0:rows, 0:columns]
    planes = []
    for channel in range(channels):
        wave = np.sin(x / (3 + channel)) + np.cos(y / (2 + channel)) + random.normal(size=y.shape) / 3
        scaled = (wave - wave.min()) / (wave.max() - wave.min())
        planes.append(np.round(low + scaled * (high - low)))
    return np.array(planes).astype(np.uint8)


def to_pillow(planes):
    if planes.shape[0] == 1:
        return Image.fromarray(planes[0])
    return Image.fromarray(np.ascontiguousarray(planes.transpose(1, 2, 0)))


def to_planes(image):
    array = np.asarray(image)
    return array[None] if array.ndim == 2 else array.transpose(2, 0, 1)


def affine(image, coefficients, kind, fill):
    return image.transform(
        image.size, Image.Transform.AFFINE, coefficients, resample[kind], fillcolor=fill)


def operations(channels):
    yield "autoContrast", 0, "nearest", ImageOps.autocontrast
    yield "equalize", 0, "nearest", ImageOps.equalize
    yield "invert", 0, "nearest", ImageOps.invert
    for bits in (1, 4, 7, 8):
        yield "posterize", bits, "nearest", lambda i, b=bits: ImageOps.posterize(i, b)
    for threshold in (0, 100.5, 128, 255):
        yield "solarize", threshold, "nearest", lambda i, t=threshold: ImageOps.solarize(i, t)
    for name, kind in (("colour", ImageEnhance.Color), ("contrast", ImageEnhance.Contrast),
                       ("brightness", ImageEnhance.Brightness), ("sharpness", ImageEnhance.Sharpness)):
        for factor in (0.0, 0.1, 0.55, 1.0, 1.37, 1.9):
            yield name, factor, "nearest", lambda i, k=kind, f=factor: k(i).enhance(f)
    fill = 99 if channels == 1 else (10, 120, 230)
    for kind in ("nearest", "bilinear"):
        for angle in (-30.0, -7.3, 0.0, 12.5, 45.0, 90.0, 180.0, 200.0):
            yield "rotate", angle, kind, lambda i, a=angle, k=kind: i.rotate(
                a, resample[k], fillcolor=fill)
        for v in (-0.3, 0.0, 0.17):
            yield "shearX", v, kind, lambda i, v=v, k=kind: affine(i, (1, v, 0, 0, 1, 0), k, fill)
            yield "shearY", v, kind, lambda i, v=v, k=kind: affine(i, (1, 0, 0, v, 1, 0), k, fill)
        for v in (-5.0, 3.0, 2.4, -40.0):
            yield "translateX", v, kind, lambda i, v=v, k=kind: affine(i, (1, 0, -v, 0, 1, 0), k, fill)
            yield "translateY", v, kind, lambda i, v=v, k=kind: affine(i, (1, 0, 0, 0, 1, -v), k, fill)


def text(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


images = [picture(3, 11, 9, 30, 220), picture(1, 8, 12), picture(3, 32, 32), picture(1, 28, 28, 0, 90),
          np.full((3, 4, 5), 77, np.uint8), picture(3, 2, 2)]
cases = []
for number, planes in enumerate(images):
    for name, value, kind, apply in operations(planes.shape[0]):
        result = to_planes(apply(to_pillow(planes)))
        digest = hashlib.sha256(np.ascontiguousarray(result).tobytes()).hexdigest()
        cases.append({"image": number, "operation": name, "value": value, "interpolation": kind,
                      "digest": digest[:16]})

# PyTorch's sampling in normalised coordinates: our coefficients in pixels become theirs.
planes = picture(2, 7, 9)
x = torch.tensor(np.array([planes, planes[:, ::-1].copy()]), dtype=torch.float64) / 255
maps = [(0.91, 0.3, -1.23, -0.27, 1.13, 0.7313), (1.0, 0.0, 2.4, 0.0, 1.0, -1.25)]
rows, columns = 7, 9
grids = []
for a, b, c, d, e, f in maps:
    v, u = torch.meshgrid(
        torch.arange(rows, dtype=torch.float64) + 0.5, torch.arange(columns, dtype=torch.float64) + 0.5,
        indexing="ij")
    grids.append(torch.stack([
        2 * (a * u + b * v + c) / columns - 1, 2 * (d * u + e * v + f) / rows - 1], dim=-1))
warps = {"coefficients": maps, "pixels": [text(p) for p in np.array([planes, planes[:, ::-1]])]}
for kind in ("nearest", "bilinear"):
    y = torch.nn.functional.grid_sample(
        x, torch.stack(grids), mode=kind, padding_mode="zeros", align_corners=False)
    warps[kind] = [float(f"{v:.12g}") for v in y.flatten().tolist()]

print(json.dumps({
    "script": "Tests/Golden/augmentation.py", "pillow": PIL.__version__, "torch": torch.__version__,
    "images": [{"shape": list(p.shape), "pixels": text(p)} for p in images],
    "cases": cases, "warps": warps}, separators=(",", ":")))
