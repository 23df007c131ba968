// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/classify.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "vision/pixels.h"

namespace yolotorch::vision {
namespace {

constexpr int kPrecision = 22;  // bits of Pillow's fixed-point weights

// The source values that one output value mixes.
struct Window {
  int begin = 0;
  std::vector<int> weights;
};

// Pillow's bilinear (triangle) filter, widened when shrinking.
std::vector<Window> MakeWindows(int source, int target) {
  const double scale = static_cast<double>(source) / target;
  const double support = std::max(scale, 1.0);
  std::vector<Window> windows(static_cast<std::size_t>(target));
  for (int i = 0; i < target; ++i) {
    const double centre = (i + 0.5) * scale;
    const int begin = std::max(static_cast<int>(centre - support + 0.5), 0);
    const int end = std::min(static_cast<int>(centre + support + 0.5), source);
    std::vector<double> weights;
    double sum = 0;
    for (int x = begin; x < end; ++x) {
      const double weight =
          std::max(0.0, 1 - std::abs((x - centre + 0.5) / support));
      weights.push_back(weight);
      sum += weight;
    }
    Window& window = windows[static_cast<std::size_t>(i)];
    window.begin = begin;
    for (const double weight : weights) {
      const double share = sum != 0 ? weight / sum : weight;
      window.weights.push_back(
          static_cast<int>(share * (1 << kPrecision) + 0.5));
    }
  }
  return windows;
}

std::uint8_t ToByte(std::int64_t sum) {
  const std::int64_t value = (sum + (1 << (kPrecision - 1))) >> kPrecision;
  return static_cast<std::uint8_t>(std::clamp<std::int64_t>(value, 0, 255));
}

// Tightly packed RGB.
struct Rgb {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bytes;
};

Rgb CopyRgb(const ImageView& image) {
  const Channels channels = ChannelsOf(image.format);
  const std::int64_t stride = RowBytes(image);
  Rgb out{image.width, image.height, {}};
  out.bytes.reserve(static_cast<std::size_t>(image.width) *
                    static_cast<std::size_t>(image.height) * 3);
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t* pixel = image.pixels + y * stride;
    for (int x = 0; x < image.width; ++x, pixel += channels.pixel_bytes) {
      for (const int offset : channels.offset)
        out.bytes.push_back(pixel[offset]);
    }
  }
  return out;
}

// Resizes along one axis: `lines` runs of values that lie `step` apart.
void ResizeAxis(const std::uint8_t* source, std::uint8_t* target, int lines,
                std::ptrdiff_t source_line, std::ptrdiff_t target_line,
                std::ptrdiff_t step, const std::vector<Window>& windows) {
  for (int line = 0; line < lines; ++line) {
    const std::uint8_t* from = source + line * source_line;
    std::uint8_t* to = target + line * target_line;
    for (std::size_t i = 0; i < windows.size(); ++i) {
      const Window& window = windows[i];
      const std::uint8_t* value = from + window.begin * step;
      std::int64_t sum = 0;
      for (const int weight : window.weights) {
        sum += std::int64_t{*value} * weight;
        value += step;
      }
      to[static_cast<std::ptrdiff_t>(i) * step] = ToByte(sum);
    }
  }
}

// Pillow's resize: rows first, then columns, each pass rounded to bytes; an
// axis that keeps its size is left alone.
Rgb Resize(Rgb picture, int height, int width) {
  if (width != picture.width) {
    Rgb out{width, picture.height, {}};
    out.bytes.resize(static_cast<std::size_t>(width) *
                     static_cast<std::size_t>(picture.height) * 3);
    const std::vector<Window> windows = MakeWindows(picture.width, width);
    for (int c = 0; c < 3; ++c) {
      ResizeAxis(picture.bytes.data() + c, out.bytes.data() + c, picture.height,
                 std::ptrdiff_t{picture.width} * 3, std::ptrdiff_t{width} * 3,
                 3, windows);
    }
    picture = std::move(out);
  }
  if (height != picture.height) {
    Rgb out{picture.width, height, {}};
    const int row = picture.width * 3;
    out.bytes.resize(static_cast<std::size_t>(row) *
                     static_cast<std::size_t>(height));
    ResizeAxis(picture.bytes.data(), out.bytes.data(), row, 1, 1, row,
               MakeWindows(picture.height, height));
    picture = std::move(out);
  }
  return picture;
}

}  // namespace

void ClassifyCropToRgb(const ImageView& image, int net_height, int net_width,
                       std::uint8_t* out) {
  int height = net_height;
  int width = net_width;
  if (net_height == net_width) {
    // The long side is cut off to an integer, as torchvision does it.
    const auto scaled = [&](int side, int short_side) {
      return static_cast<int>(static_cast<double>(net_width) * side /
                              short_side);
    };
    if (image.width <= image.height) {
      height = scaled(image.height, image.width);
    } else {
      width = scaled(image.width, image.height);
    }
  }
  const Rgb resized = Resize(CopyRgb(image), height, width);
  const int top = RoundHalfEven((height - net_height) / 2.0);
  const int left = RoundHalfEven((width - net_width) / 2.0);
  for (int y = 0; y < net_height; ++y) {
    const std::uint8_t* row =
        resized.bytes.data() + (std::ptrdiff_t{top + y} * width + left) * 3;
    std::copy_n(row, std::ptrdiff_t{net_width} * 3,
                out + std::ptrdiff_t{y} * net_width * 3);
  }
}

void ClassifyCropToPlanes(const ImageView& image, int net_height, int net_width,
                          float* out) {
  const std::size_t plane = static_cast<std::size_t>(net_height) *
                            static_cast<std::size_t>(net_width);
  std::vector<std::uint8_t> rgb(plane * 3);
  ClassifyCropToRgb(image, net_height, net_width, rgb.data());
  const std::array<float, 256>& unit = UnitValues();
  for (std::size_t i = 0; i < plane; ++i) {
    for (std::size_t c = 0; c < 3; ++c)
      out[c * plane + i] = unit[rgb[i * 3 + c]];
  }
}

}  // namespace yolotorch::vision
