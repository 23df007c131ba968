// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch {

/// Order of the 8-bit channels of a pixel in memory. Alpha is ignored; a grey
/// value is used for all three colours. The numbers are stable.
enum class PixelFormat : std::int32_t {
  kRgb = 0,
  kBgr = 1,
  kRgba = 2,
  kBgra = 3,
  kArgb = 4,
  kAbgr = 5,
  kGray = 6,
};

/// A picture in the caller's memory: `height` rows of `width` pixels, the first
/// row on top. The caller keeps the memory alive and unchanged while a call
/// uses the view.
struct ImageView {
  const std::uint8_t* pixels = nullptr;
  int width = 0;   ///< pixels; at least 1
  int height = 0;  ///< pixels; at least 1
  std::int64_t row_bytes =
      0;  ///< from one row to the next; 0: rows are contiguous
  PixelFormat format = PixelFormat::kRgb;
};

}  // namespace yolotorch
