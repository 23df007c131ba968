// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/classify.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "vision/pixels.h"

namespace yolotorch::vision {
namespace {

constexpr int kPrecision = 22;  // bits of Pillow's fixed-point weights

// The source values of one output value.
struct WeightWindow {
  int begin = 0;
  std::vector<int> weights;
};

// Pillow's bilinear (triangle) filter, widened when shrinking, for `count`
// values of the target from `first` on. An axis that keeps its size is copied.
std::vector<WeightWindow> MakeWindows(int source, int target, int first,
                                      int count) {
  const double scale = static_cast<double>(source) / target;
  const double support = std::max(scale, 1.0);
  std::vector<WeightWindow> windows(static_cast<std::size_t>(count));
  for (int i = first; i < first + count; ++i) {
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
    WeightWindow& window = windows[static_cast<std::size_t>(i - first)];
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

// One row of a picture, mixed along it: the values of a pixel in turn.
void MixRow(const std::uint8_t* row, const Channels& channels,
            const std::vector<WeightWindow>& columns, std::uint8_t* out) {
  for (const WeightWindow& window : columns) {
    const std::uint8_t* first =
        row + std::ptrdiff_t{window.begin} * channels.pixel_bytes;
    for (std::size_t c = 0; c < static_cast<std::size_t>(channels.count); ++c) {
      const std::uint8_t* value = first + channels.offset[c];
      std::int64_t sum = 0;
      for (const int weight : window.weights) {
        sum += std::int64_t{*value} * weight;
        value += channels.pixel_bytes;
      }
      *out++ = ToByte(sum);
    }
  }
}

// Pillow's resize: along the rows first, then along the columns, each pass
// rounded to bytes. Computes only what `rows` and `columns` need.
void Resize(const ImageView& image, const std::vector<WeightWindow>& rows,
            const std::vector<WeightWindow>& columns, int channels,
            std::uint8_t* out) {
  SourceRows source(image, channels);
  const std::size_t row_bytes =
      columns.size() * static_cast<std::size_t>(channels);
  const int begin = rows.front().begin;
  const int end =
      rows.back().begin + static_cast<int>(rows.back().weights.size());
  std::vector<std::uint8_t> mixed(static_cast<std::size_t>(end - begin) *
                                  row_bytes);
  for (int y = begin; y < end; ++y) {
    MixRow(source.Row(y), source.channels(), columns,
           mixed.data() + static_cast<std::size_t>(y - begin) * row_bytes);
  }
  std::vector<std::int64_t> sums(row_bytes);
  for (const WeightWindow& window : rows) {
    std::fill(sums.begin(), sums.end(), 0);
    const std::uint8_t* row =
        mixed.data() +
        static_cast<std::size_t>(window.begin - begin) * row_bytes;
    for (const int weight : window.weights) {
      for (std::size_t i = 0; i < row_bytes; ++i) {
        sums[i] += std::int64_t{row[i]} * weight;
      }
      row += row_bytes;
    }
    for (const std::int64_t sum : sums) *out++ = ToByte(sum);
  }
}

// The values of a pixel in turn.
void Crop(const ImageView& image, int net_height, int net_width, int channels,
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
  const int top = RoundHalfEven((height - net_height) / 2.0);
  const int left = RoundHalfEven((width - net_width) / 2.0);
  Resize(image, MakeWindows(image.height, height, top, net_height),
         MakeWindows(image.width, width, left, net_width), channels, out);
}

std::vector<std::uint8_t> CropOf(const ImageView& image, int net_height,
                                 int net_width, int channels) {
  std::vector<std::uint8_t> bytes(static_cast<std::size_t>(net_height) *
                                  static_cast<std::size_t>(net_width) *
                                  static_cast<std::size_t>(channels));
  Crop(image, net_height, net_width, channels, bytes.data());
  return bytes;
}

}  // namespace

void ClassifyCropToRgb(const ImageView& image, int net_height, int net_width,
                       std::uint8_t* out) {
  Crop(image, net_height, net_width, 3, out);
}

void ResizeToRgb(const ImageView& image, int height, int width,
                 std::uint8_t* out) {
  Resize(image, MakeWindows(image.height, height, 0, height),
         MakeWindows(image.width, width, 0, width), 3, out);
}

void ClassifyCropToPlanes(const ImageView& image, int net_height, int net_width,
                          float* out, int channels) {
  const std::vector<std::uint8_t> bytes =
      CropOf(image, net_height, net_width, channels);
  const std::array<float, 256>& unit = UnitValues();
  const auto count = static_cast<std::size_t>(channels);
  const std::size_t plane = bytes.size() / count;
  for (std::size_t i = 0; i < plane; ++i) {
    for (std::size_t c = 0; c < count; ++c)
      out[c * plane + i] = unit[bytes[i * count + c]];
  }
}

void ClassifyCropToPixels(const ImageView& image, int net_height, int net_width,
                          float* out, int channels) {
  const std::array<float, 256>& unit = UnitValues();
  for (const std::uint8_t value :
       CropOf(image, net_height, net_width, channels)) {
    *out++ = unit[value];
  }
}

}  // namespace yolotorch::vision
