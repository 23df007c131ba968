// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace yolotorch {

/// Order of the 8-bit channels of a pixel in memory. Alpha is ignored. A model
/// of three channels takes a grey value for all three colours; one of one
/// channel takes the grey of colours, 0.299 R + 0.587 G + 0.114 B. The numbers
/// are stable.
enum class PixelFormat : std::int32_t {
  kRgb = 0,
  kBgr = 1,
  kRgba = 2,
  kBgra = 3,
  kArgb = 4,
  kAbgr = 5,
  kGray = 6,
  /// ImageView::channels values per pixel that go to a model of as many
  /// channels as they are, such as the bands of a multispectral camera. One is
  /// the same as kGray, three are the same as kRgb.
  kChannels = 7,
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
  /// Values per pixel of kChannels, 1 to 16, one after another for each pixel;
  /// not read for other formats.
  int channels = 0;
};

}  // namespace yolotorch
