// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "vision/pixels.h"

namespace yolotorch::vision {

/// One, in OpenCV's fixed point for the weights of a resize: 11 bits.
inline constexpr int kWeightOne = 2048;

/// The two source indices of one output index and the share of the second.
struct Tap {
  int first;
  int second;
  float fraction;
};

/// OpenCV's INTER_LINEAR for bytes. Along a row the shares are clamped at the
/// borders; along a column only the indices are: the bytes depend on it.
inline Tap TapOf(int i, int source, int target, bool clamp_share) {
  const double scale = static_cast<double>(source) / target;
  auto fraction = static_cast<float>((i + 0.5) * scale - 0.5);
  int index = static_cast<int>(std::floor(fraction));
  fraction -= static_cast<float>(index);
  if (clamp_share && (index < 0 || index >= source - 1)) fraction = 0;
  if (clamp_share) index = std::clamp(index, 0, source - 1);
  return {std::clamp(index, 0, source - 1),
          std::clamp(index + 1, 0, source - 1), fraction};
}

/// A share in that fixed point.
inline int WeightOf(float share) { return RoundHalfEven(share * kWeightOne); }

}  // namespace yolotorch::vision
