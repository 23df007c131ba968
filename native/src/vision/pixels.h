// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "yolotorch/defaults.h"
#include "yolotorch/image.h"

namespace yolotorch::vision {

/// The places of the values of a pixel in memory, in the order in which a
/// network takes them.
struct Channels {
  int pixel_bytes = 3;
  int count = 3;
  std::array<int, YOLOTORCH_MAX_CHANNELS> offset = {0, 1, 2};
};

/// Red, green and blue of a pixel; of kChannels all values in turn.
inline Channels ChannelsOf(PixelFormat format, int channels = 3) {
  switch (format) {
    case PixelFormat::kRgb:
      return {3, 3, {0, 1, 2}};
    case PixelFormat::kBgr:
      return {3, 3, {2, 1, 0}};
    case PixelFormat::kRgba:
      return {4, 3, {0, 1, 2}};
    case PixelFormat::kBgra:
      return {4, 3, {2, 1, 0}};
    case PixelFormat::kArgb:
      return {4, 3, {1, 2, 3}};
    case PixelFormat::kAbgr:
      return {4, 3, {3, 2, 1}};
    case PixelFormat::kGray:
      return {1, 3, {0, 0, 0}};
    case PixelFormat::kChannels:
      break;
  }
  // One channel of many is grey.
  if (channels == 1) return ChannelsOf(PixelFormat::kGray);
  Channels all{channels, channels, {}};
  std::iota(all.offset.begin(), all.offset.end(), 0);
  return all;
}

/// Whether a pixel is one value.
inline bool IsGrey(const ImageView& image) {
  return image.format == PixelFormat::kGray ||
         (image.format == PixelFormat::kChannels && image.channels == 1);
}

/// Whether a network of `channels` channels can take the picture.
inline bool Suits(const ImageView& image, int channels) {
  const Channels own = ChannelsOf(image.format, image.channels);
  return own.count == 3 ? channels == 3 || channels == 1
                        : channels == own.count;
}

/// Bytes from one row of the picture to the next.
inline std::int64_t RowBytes(const ImageView& image) {
  return image.row_bytes != 0
             ? image.row_bytes
             : std::int64_t{image.width} *
                   ChannelsOf(image.format, image.channels).pixel_bytes;
}

/// The grey of OpenCV's COLOR_BGR2GRAY: fixed point of 15 bits, rounded.
inline std::uint8_t GreyOf(int red, int green, int blue) {
  constexpr int kBits = 15;
  return static_cast<std::uint8_t>(
      (9798 * red + 19'235 * green + 3735 * blue + (1 << (kBits - 1))) >>
      kBits);
}

/// The rows of a picture as a network of some number of channels takes them.
class SourceRows {
 public:
  /// REQUIRES: Suits(image, channels). `image` must outlive this.
  SourceRows(const ImageView& image, int channels)
      : image_(image),
        stored_(ChannelsOf(image.format, image.channels)),
        given_(stored_),
        stride_(RowBytes(image)) {
    if (channels != 1) return;
    given_ = {1, 1, {0}};
    if (!IsGrey(image)) grey_.resize(static_cast<std::size_t>(image.width));
  }

  /// Where the values of a pixel are in a row that Row() gives.
  [[nodiscard]] const Channels& channels() const { return given_; }

  /// Row `y`; valid until the next call.
  const std::uint8_t* Row(int y) {
    const std::uint8_t* pixel = image_.pixels + y * stride_;
    if (grey_.empty()) return pixel;
    const auto& [red, green, blue] =
        std::array{stored_.offset[0], stored_.offset[1], stored_.offset[2]};
    for (std::uint8_t& value : grey_) {
      value = GreyOf(pixel[red], pixel[green], pixel[blue]);
      pixel += stored_.pixel_bytes;
    }
    return grey_.data();
  }

 private:
  const ImageView& image_;
  Channels stored_;
  Channels given_;
  std::int64_t stride_;
  std::vector<std::uint8_t> grey_;  // empty: the picture's own rows are given
};

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
