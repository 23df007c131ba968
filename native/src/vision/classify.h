// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "yolotorch/image.h"

namespace yolotorch::vision {

/// The input of a classifier: for a square input the short side is scaled to it
/// and the centre cropped; for another shape both sides are scaled. The
/// antialiased bilinear resize gives the same bytes as Pillow's BILINEAR.
/// Writes RGB bytes, net_height x net_width x 3.
void ClassifyCropToRgb(const ImageView& image, int net_height, int net_width,
                       std::uint8_t* out);

/// Scales both sides of a picture by the antialiased bilinear resize of Pillow,
/// the same bytes as its BILINEAR. Writes RGB bytes, height x width x 3.
void ResizeToRgb(const ImageView& image, int height, int width,
                 std::uint8_t* out);

/// As ClassifyCropToRgb, as planes of floats in [0, 1], value / 255, for a
/// network of `channels` channels: see Suits.
void ClassifyCropToPlanes(const ImageView& image, int net_height, int net_width,
                          float* out, int channels = 3);

/// The values of ClassifyCropToPlanes in channels_last order: net_height x
/// net_width x channels.
void ClassifyCropToPixels(const ImageView& image, int net_height, int net_width,
                          float* out, int channels = 3);

}  // namespace yolotorch::vision
