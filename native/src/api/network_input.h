// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "vision/letterbox.h"
#include "yolotorch/image.h"

namespace yolotorch::api {

/// Writes the network's input for the pictures into `input`, (B, C,
/// H, W) float32, channels_last or contiguous, on all threads: letterboxed to
/// `boxes`, or, to classify, cropped. REQUIRES: B pictures and boxes;
/// vision::Suits(picture, C); called on the worker.
void WriteInput(const std::vector<ImageView>& images,
                const std::vector<vision::Letterbox>& boxes, bool classify,
                const at::Tensor& input);

}  // namespace yolotorch::api
