// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "vision/bit_region.h"
#include "vision/letterbox.h"

namespace yolotorch::vision {

/// Mask prototypes of one picture: `count` planes of height x width floats.
struct Prototypes {
  const float* data = nullptr;
  int count = 0;
  int height = 0;
  int width = 0;
};

/// The mask of one detection in a frame of height x width that covers the
/// network's whole input: prototypes mixed by `coefficients`, cut to `box` (x1,
/// y1, x2, y2 in pixels of the frame, rounded half to even at the prototypes'
/// size), enlarged bilinearly and cut at zero. The rule of Ultralytics 8.3.215
/// to 8.3.231, whose frame is the input, or in val the prototypes' own.
BitRegion NetworkMask(const Prototypes& prototypes,
                      const std::vector<float>& coefficients, const float* box,
                      int height, int width);

/// The mask of one detection in the picture, directly from the prototypes
/// ("retina masks"): cleaner edges, more time. `box` in picture pixels.
BitRegion RetinaMask(const Prototypes& prototypes,
                     const std::vector<float>& coefficients, const float* box,
                     const Letterbox& letterbox);

/// A network mask without its padding, scaled bilinearly to the picture and cut
/// at one half.
BitRegion ToPicture(const BitRegion& mask, const Letterbox& letterbox);

/// A mask in the picture as it is in the network's input, or, with `step`, in a
/// frame with as many times fewer pixels per side; by bilinear samples, cut at
/// one half.
BitRegion FromPicture(const BitRegion& mask, const Letterbox& letterbox,
                      int step);

}  // namespace yolotorch::vision
