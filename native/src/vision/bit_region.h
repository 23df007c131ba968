// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace yolotorch::vision {

/// A bitmap that covers a part of a larger frame; pixels outside of the part
/// are 0. One bit per pixel, each row begins with a new byte, lowest bit first;
/// padding bits are 0.
class BitRegion {
 public:
  BitRegion() = default;
  BitRegion(int left, int top, int width, int height);

  [[nodiscard]] int left() const { return left_; }
  [[nodiscard]] int top() const { return top_; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }
  [[nodiscard]] const std::vector<std::uint8_t>& bits() const { return bits_; }
  /// Bytes per row.
  [[nodiscard]] std::size_t stride() const {
    return (static_cast<std::size_t>(width_) + 7) / 8;
  }
  /// The stride() bytes of the frame's row y. REQUIRES: inside the part.
  [[nodiscard]] const std::uint8_t* Row(int y) const {
    return bits_.data() + static_cast<std::size_t>(y - top_) * stride();
  }
  [[nodiscard]] std::uint8_t* Row(int y) {
    return bits_.data() + static_cast<std::size_t>(y - top_) * stride();
  }

  /// Whether pixel (x, y) of the frame is set; any position is allowed.
  [[nodiscard]] bool Get(int x, int y) const;
  /// Sets pixel (x, y) of the frame. REQUIRES: inside the part.
  void Set(int x, int y);
  [[nodiscard]] bool empty() const;
  /// The smallest part that holds all set pixels.
  [[nodiscard]] BitRegion Trimmed() const;

 private:
  int left_ = 0;
  int top_ = 0;
  int width_ = 0;
  int height_ = 0;
  std::vector<std::uint8_t> bits_;
};

}  // namespace yolotorch::vision
