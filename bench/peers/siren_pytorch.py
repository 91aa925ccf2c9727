"""The published recipe for integrating gradients (Sitzmann et al. 2020, arXiv 2006.09661) in PyTorch.

usage: siren_pytorch.py PICTURE CHANNELS HEIGHT WIDTH THREADS SECONDS[,SECONDS]

PICTURE is raw float32 in 0..1, [CHANNELS, HEIGHT, WIDTH]. The recipe: 2 -> 256 -> (256 x 3) -> CHANNELS, sin(30 .),
Adam at 1e-4, all pixels in every step, targets Sobel (per channel) of 10 times the picture in -1..1, gradients by
nested reverse mode. The clock counts training alone. Prints one JSON object: where training stood at the end of the
first step that reached each of SECONDS, in dB with the gain and offset of each channel fitted to the photograph, and
with the offset alone fitted (the gain being the one that the recipe's scales imply).
"""

import json
import math
import sys
import time

import numpy as np
import torch

picture_path = sys.argv[1]
channels, height, width, threads = (int(text) for text in sys.argv[2:6])
marks = sorted(float(text) for text in sys.argv[6].split(","))
torch.set_num_threads(threads)
torch.manual_seed(0)

HIDDEN, HIDDEN_LAYERS, OMEGA = 256, 3, 30.0
TARGET_SCALE = 10.0
# A step sees all pixels; it goes through them in parts and adds up their gradients, which bounds its memory and
# leaves what it computes as it is.
PART = 16384


class Sine(torch.nn.Module):
    def __init__(self, inputs, outputs, first):
        super().__init__()
        self.linear = torch.nn.Linear(inputs, outputs)
        bound = 1 / inputs if first else math.sqrt(6 / inputs) / OMEGA
        torch.nn.init.uniform_(self.linear.weight, -bound, bound)

    def forward(self, x):
        return torch.sin(OMEGA * self.linear(x))


def siren():
    sines = [Sine(2 if k == 0 else HIDDEN, HIDDEN, k == 0) for k in range(1 + HIDDEN_LAYERS)]
    last = torch.nn.Linear(HIDDEN, channels)
    bound = math.sqrt(6 / HIDDEN) / OMEGA
    torch.nn.init.uniform_(last.weight, -bound, bound)
    return torch.nn.Sequential(*sines, last)


def sobel(plane, axis):
    """scipy.ndimage.sobel of one plane: differences along `axis`, smoothed by 1 2 1 across it, edges reflected."""
    padded = np.pad(plane, 1, mode="symmetric")
    if axis == 0:
        return sobel(plane.T, 1).T
    difference = padded[:, 2:] - padded[:, :-2]
    return difference[:-2] + 2 * difference[1:-1] + difference[2:]


def psnr(values, truth, fit_gain):
    squares = 0.0
    for value, wanted in zip(values, truth):
        v, w = value - value.mean(), wanted - wanted.mean()
        gain = (v @ w) / max(v @ v, 1e-30) if fit_gain else 1.0
        squares += ((gain * v - w) ** 2).sum()
    return -10 * math.log10(max(squares / truth.size, 1e-40))


picture = np.fromfile(picture_path, np.float32).reshape(channels, height, width).astype(np.float64)
scaled = TARGET_SCALE * (2 * picture - 1)
targets = np.stack([[sobel(plane, 1), sobel(plane, 0)] for plane in scaled])  # [channels, 2, height, width]
targets = torch.tensor(targets.reshape(channels, 2, -1).transpose(2, 0, 1), dtype=torch.float32)
xs, ys = np.linspace(-1, 1, width), np.linspace(-1, 1, height)
points = np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
points = torch.tensor(points, dtype=torch.float32)
# Sobel's kernel is 8 times a derivative per pixel, of which a unit of the domain holds (side - 1)/2.
implied_gain = (max(width, height) - 1) / 2 / (8 * TARGET_SCALE * 2)

network = siren()
adam = torch.optim.Adam(network.parameters(), lr=1e-4)


def add_up_gradients():
    adam.zero_grad()
    for start in range(0, len(points), PART):
        x = points[start : start + PART].clone().requires_grad_(True)
        target = targets[start : start + PART]
        y = network(x)
        loss = 0
        for c in range(channels):
            (gradient,) = torch.autograd.grad(y[:, c].sum(), x, create_graph=True)
            loss = loss + ((gradient - target[:, c]) ** 2).sum()
        (loss / len(points)).backward()


def standing(steps, seconds, mark):
    with torch.no_grad():
        values = network(points).numpy().T.astype(np.float64)
    truth = picture.reshape(channels, -1)
    return {
        "budget": mark,
        "seconds": seconds,
        "steps": steps,
        "gainAndOffsetPsnr": psnr(values, truth, True),
        "offsetPsnr": psnr(implied_gain * values, truth, False),
    }


def blas():
    with open("/proc/self/maps") as maps:
        return "openblas" if "openblas" in maps.read() else "reference"


# The first pass takes longer than the rest, which is no fault of the recipe's.
add_up_gradients()
standings, steps, elapsed = [], 0, 0.0
for mark in marks:
    while elapsed < mark:
        begun = time.perf_counter()
        add_up_gradients()
        adam.step()
        elapsed += time.perf_counter() - begun
        steps += 1
    standings.append(standing(steps, elapsed, mark))
print(json.dumps({"standings": standings, "blas": blas(), "threads": threads}))
