// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "augment/fill.h"
#include "augment/sample.h"

namespace yolotorch::augment {

/// The mask of an outline in a picture of height x width: filled at that size,
/// then scaled to height / ratio x width / ratio by the bytes of OpenCV's
/// INTER_LINEAR (polygon2mask of Ultralytics 8.3 as described).
Region MaskOf(const std::vector<float>& outline, int height, int width,
              int ratio);

/// The masks of objects, in their order.
std::vector<Region> MasksOf(const std::vector<Object>& objects, int height,
                            int width, int ratio);

/// Places of masks by falling area; equal ones keep their order.
std::vector<std::size_t> LargestFirst(const std::vector<Region>& masks);

/// One map of height x width: i + 1 where masks[order[i]] is set, 0 where none
/// is; later ones overwrite (polygons2masks_overlap of Ultralytics 8.3 as
/// described).
std::vector<std::int32_t> OverlapMap(const std::vector<Region>& masks,
                                     const std::vector<std::size_t>& order,
                                     int height, int width);

/// One map of height x width after the other, of 0 and 1.
std::vector<std::uint8_t> SeparateMaps(const std::vector<Region>& masks,
                                       int height, int width);

}  // namespace yolotorch::augment
