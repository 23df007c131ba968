// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "vision/masks.h"

namespace yolotorch::vision {

using Point = std::array<float, 2>;  // x, y

/// The outline of a mask as one polygon through the centres of its border
/// pixels, corners only. Holes are ignored; the outlines of several separate
/// parts are joined where they are closest. Empty for an empty mask.
std::vector<Point> Outline(const BitRegion& mask);

}  // namespace yolotorch::vision
