// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace yolotorch::augment {

/// A rotated rectangle: its centre, its sides, and the angle of the side
/// `width` against the x axis in radians, towards y.
struct Rectangle {
  float cx = 0;
  float cy = 0;
  float width = 0;
  float height = 0;
  float angle = 0;
};

/// The smallest rectangle around points, x and y in turn, as OpenCV's
/// minAreaRect gives it since 4.5.1: the angle is in (0, pi / 2]. One of its
/// sides lies on a side of the convex hull. No point gives zeros.
Rectangle SmallestRectangle(const std::vector<float>& points);

}  // namespace yolotorch::augment
