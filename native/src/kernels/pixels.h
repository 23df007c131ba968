// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// Bytes of a number.
constexpr std::int64_t SizeOf(Type type) {
  return type == Type::kFloat ? 4 : 2;
}

/// A batch of images in channels_last order with a constant distance between
/// pixels.
struct Pixels {
  void* data = nullptr;
  Type type = Type::kFloat;
  std::int64_t batch = 0;
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::int64_t channels = 0;
  std::int64_t stride = 0;  ///< numbers from pixel to pixel; >= channels
  std::int64_t row_gap =
      0;  ///< additional numbers between rows; for outputs only

  [[nodiscard]] std::int64_t count() const { return batch * height * width; }
  /// Bytes of the channels of one pixel.
  [[nodiscard]] std::size_t pixel_size() const {
    return static_cast<std::size_t>(channels * SizeOf(type));
  }
  /// Address of pixel `index` of the batch.
  [[nodiscard]] char* at(std::int64_t index) const {
    const std::int64_t gaps = row_gap == 0 ? 0 : index / width * row_gap;
    return static_cast<char*>(data) + (index * stride + gaps) * SizeOf(type);
  }
};

}  // namespace yolotorch::kernels
