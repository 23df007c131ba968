# Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
"""Runs archives in Python's torch on a fixed input and prints what came out."""
import pathlib
import sys

import torch

for file in sys.argv[1:]:
    name = pathlib.Path(file).stem
    module = torch.jit.load(file)
    if "pipeline" in name:
        x = (torch.arange(48 * 80 * 3) % 251).to(torch.uint8).reshape(48, 80, 3)
    else:
        x = ((torch.arange(3 * 64 * 96) % 251).float() / 251).reshape(1, 3, 64, 96)
    with torch.no_grad():
        output = module(x)
    first = output[0] if isinstance(output, tuple) else output
    shape = "(" + ", ".join(str(side) for side in first.shape) + ")"
    print(name, shape, "%.6e" % first.double().sum().item())
