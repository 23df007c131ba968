// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <string>

#include "metadata/metadata.h"

namespace yolotorch::exporter {

/// Defines `forward` of a traced module, compiled from TorchScript source, as
/// its metadata says:
///   plain    forward(x): refuses a size it was not made for, else the network
///   nms      forward(x, conf, iou, max_det, agnostic): final rows, zero-padded
///            to max_det: box (x1 y1 x2 y2, for obb cx cy w h), score, class,
///            then what the task adds; all but x have the metadata's defaults
///   pipeline forward(image, conf, ...): one uint8 (H, W, 3) RGB picture of any
///            size in, final rows in its pixels out
/// Only operators of aten:: and prim:: are used, and no device is named.
void AddForward(const metadata::Metadata& metadata, torch::jit::Module* module);

/// Defines forward(x) of a traced part of a network, which only runs it.
void AddPartForward(torch::jit::Module* module);

/// Compiles a user's TorchScript source, which defines forward() and may call
/// self.network(x). Throws Error kInvalidArgument with the compiler's line.
void AddUserForward(const std::string& source, const std::string& file,
                    torch::jit::Module* module);

}  // namespace yolotorch::exporter
