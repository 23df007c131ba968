// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace yolotorch::augment {

/// A part of a picture with a value of 0 or 1 for each of its pixels; outside
/// of it all are 0.
struct Region {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> values = {};

  /// REQUIRES: `y` is of the part.
  [[nodiscard]] const std::uint8_t* Row(int y) const {
    return values.data() +
           static_cast<std::size_t>(y - top) * static_cast<std::size_t>(width);
  }
  [[nodiscard]] std::uint8_t* Row(int y) {
    return values.data() +
           static_cast<std::size_t>(y - top) * static_cast<std::size_t>(width);
  }
  /// The value of any pixel of the picture.
  [[nodiscard]] int At(int x, int y) const {
    return x >= left && x < left + width && y >= top && y < top + height
               ? Row(y)[x - left]
               : 0;
  }
};

/// The pixels of an outline, x and y in turn, in a picture of height x width:
/// what OpenCV's fillPoly draws on coordinates truncated to integers. Pixels on
/// its lines are part of it; of crossing lines every second stretch is inside.
/// Where a line leaves the picture, OpenCV may draw its last pixels one beside.
Region Fill(const std::vector<float>& outline, int height, int width);

}  // namespace yolotorch::augment
