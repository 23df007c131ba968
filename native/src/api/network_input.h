// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <vector>

#include "vision/letterbox.h"
#include "yolotorch/image.h"

namespace yolotorch::api {

/// The pictures as the network sees them, (B, 3, H, W) float32 in this layout,
/// made on all threads: letterboxed to `boxes`, or, to classify, cropped to
/// their net_height x net_width. REQUIRES: at least one picture, as many boxes.
at::Tensor NetworkInput(const std::vector<ImageView>& images,
                        const std::vector<vision::Letterbox>& boxes,
                        bool classify, at::MemoryFormat format);

}  // namespace yolotorch::api
