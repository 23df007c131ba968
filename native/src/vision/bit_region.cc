// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "vision/bit_region.h"

#include <algorithm>
#include <bit>

namespace yolotorch::vision {

BitRegion::BitRegion(int left, int top, int width, int height)
    : left_(left),
      top_(top),
      width_(std::max(width, 0)),
      height_(std::max(height, 0)),
      bits_(stride() * static_cast<std::size_t>(height_)) {}

bool BitRegion::Get(int x, int y) const {
  const int column = x - left_;
  if (column < 0 || column >= width_ || y < top_ || y >= top_ + height_) {
    return false;
  }
  return ((Row(y)[column / 8] >> (column % 8)) & 1) != 0;
}

void BitRegion::Set(int x, int y) {
  const int column = x - left_;
  std::uint8_t& byte = Row(y)[column / 8];
  byte = static_cast<std::uint8_t>(byte | (1U << (column % 8)));
}

bool BitRegion::empty() const {
  return std::all_of(bits_.begin(), bits_.end(),
                     [](std::uint8_t byte) { return byte == 0; });
}

BitRegion BitRegion::Trimmed() const {
  std::vector<std::uint8_t> any(stride());
  int top = -1;
  int bottom = -1;  // the last row with a set pixel
  for (int y = top_; y < top_ + height_; ++y) {
    const std::uint8_t* row = Row(y);
    std::uint8_t all = 0;
    for (std::size_t i = 0; i < any.size(); ++i) {
      all = static_cast<std::uint8_t>(all | row[i]);
      any[i] = static_cast<std::uint8_t>(any[i] | row[i]);
    }
    if (all == 0) continue;
    if (bottom < 0) top = y;
    bottom = y;
  }
  if (bottom < 0) return {};
  const auto set = [](std::uint8_t byte) { return byte != 0; };
  const auto first = std::find_if(any.begin(), any.end(), set);
  const auto last = std::find_if(any.rbegin(), any.rend(), set);
  const auto skipped = static_cast<std::size_t>(first - any.begin());
  const int left = static_cast<int>(skipped) * 8 + std::countr_zero(*first);
  const int right = static_cast<int>(any.rend() - last) * 8 -
                    std::countl_zero(*last);  // behind the last column
  BitRegion out(left_ + left, top, right - left, bottom - top + 1);
  const int shift = left % 8;
  for (int y = top; y <= bottom; ++y) {
    const std::uint8_t* row = Row(y);
    std::uint8_t* to = out.Row(y);
    for (std::size_t i = 0; i < out.stride(); ++i) {
      const std::size_t from = skipped + i;
      const unsigned next = from + 1 < any.size() ? row[from + 1] : 0U;
      to[i] = static_cast<std::uint8_t>((row[from] | next << 8U) >> shift);
    }
  }
  return out;
}

}  // namespace yolotorch::vision
