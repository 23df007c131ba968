// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/instruction_set.h"

namespace yolotorch::augment {

/// Bits of a place between two pixels, as OpenCV has them.
inline constexpr int kPlaceBits = 5;
inline constexpr int kPlaces = 1 << kPlaceBits;

/// RGB pixels, one after the other. Two bytes after the last one can be read.
struct SourcePixels {
  const std::uint8_t* data;
  std::int32_t row_bytes;
};

/// The same place of the planes of red, green and blue.
using PlanePlaces = std::array<std::uint8_t*, 3>;

/// Mixes the four pixels around each of `count` places of x and y, in 1/32
/// pixel; the four are all inside of the source. Bitwise equal for all
/// instruction sets: weights are exact, results are rounded.
using WarpKernel = void (*)(const SourcePixels& source, const std::int32_t* x,
                            const std::int32_t* y, std::size_t count,
                            const PlanePlaces& out);

/// REQUIRES: this machine has these instructions.
WarpKernel WarpKernelFor(base::InstructionSet instructions);

/// One value between four, `right` and `lower` 1/32 from the first.
inline std::uint8_t Mixed(int a, int b, int c, int d, int right, int lower) {
  const int upper = a * (kPlaces - right) + b * right;
  const int under = c * (kPlaces - right) + d * right;
  return static_cast<std::uint8_t>(
      (upper * (kPlaces - lower) + under * lower + kPlaces * kPlaces / 2) >>
      (2 * kPlaceBits));
}

}  // namespace yolotorch::augment
