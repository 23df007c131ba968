// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

#include "yolotorch/image.h"

namespace yolotorch::vision {

/// The positions of the colours of a pixel in memory.
struct Channels {
  int pixel_bytes = 3;
  std::array<int, 3> offset = {0, 1, 2};  ///< of red, green, blue
};

inline Channels ChannelsOf(PixelFormat format) {
  switch (format) {
    case PixelFormat::kRgb:
      return {3, {0, 1, 2}};
    case PixelFormat::kBgr:
      return {3, {2, 1, 0}};
    case PixelFormat::kRgba:
      return {4, {0, 1, 2}};
    case PixelFormat::kBgra:
      return {4, {2, 1, 0}};
    case PixelFormat::kArgb:
      return {4, {1, 2, 3}};
    case PixelFormat::kAbgr:
      return {4, {3, 2, 1}};
    case PixelFormat::kGray:
      return {1, {0, 0, 0}};
  }
  return {3, {0, 1, 2}};
}

/// Bytes from one row of the picture to the next.
inline std::int64_t RowBytes(const ImageView& image) {
  return image.row_bytes != 0
             ? image.row_bytes
             : std::int64_t{image.width} * ChannelsOf(image.format).pixel_bytes;
}

/// Python's round(): half to even, the default rounding mode of the FPU.
inline int RoundHalfEven(double value) {
  return static_cast<int>(std::nearbyint(value));
}

/// value / 255 in float32, for every byte.
inline const std::array<float, 256>& UnitValues() {
  static const std::array<float, 256> values = [] {
    std::array<float, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
      table[i] = static_cast<float>(i) / 255.0F;
    }
    return table;
  }();
  return values;
}

}  // namespace yolotorch::vision
