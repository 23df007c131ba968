// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

namespace yolotorch::train {

using at::Tensor;

/// Pictures and their labels as the network and the loss take them: B pictures
/// of H x W, N objects in all. Lengths are in parts of the input's sides.
struct Batch {
  Tensor images;     ///< (B, channels, H, W), float32 in [0, 1]
  Tensor picture;    ///< (N), int64: which picture an object is in, ascending
  Tensor classes;    ///< (N), int64; classify: (B), of the pictures
  Tensor boxes;      ///< (N, 4): cx, cy, w, h; obb: (N, 5), theta in radians
  Tensor keypoints;  ///< pose: (N, K, D): x, y and, if D is 3, a flag
  /// segment: (B, h, w), uint8 or wider, the number of the object at a pixel,
  /// counted from 1 in its picture, 0 for none; or (N, h, w), a mask for each.
  Tensor masks;
  bool overlapping_masks = true;  ///< the first of these two forms
};

}  // namespace yolotorch::train
