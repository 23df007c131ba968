// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "augment/random.h"
#include "augment/sample.h"
#include "base/instruction_set.h"

namespace yolotorch::augment {

/// A change of hue (0 to 179), saturation and value (0 to 255). The tables of
/// Ultralytics' RandomHSV come down to it: with gains that are multiples of
/// 2^-15 no table differs.
struct HsvChange {
  std::int32_t hue = 0;             ///< added, modulo 180; 0 to 179
  std::int32_t saturation = 32768;  ///< factor, 15 bits after the point
  std::int32_t value = 32768;       ///< factor, 15 bits after the point
};

/// For r0, r1, r2: hue (H + r0 * 180) mod 180, saturation S * (1 + r1), value V
/// * (1 + r2), clipped to bytes and truncated (RandomHSV of Ultralytics 8.3 as
/// described). r1 and r2 are rounded to multiples of 2^-15.
/// REQUIRES: all are in [-1, 1].
HsvChange HsvChangeOf(const std::array<double, 3>& r);

/// Draws r0, r1, r2: uniform in +-hsv_h, +-hsv_s, +-hsv_v.
HsvChange DrawHsv(const Options& options, Random* random);

/// Converts `count` pixels of three planes to HSV by the arithmetic of OpenCV's
/// 8-bit COLOR_RGB2HSV, changes them, and converts them back by that of
/// COLOR_HSV2RGB.
void ChangeHsv(const HsvChange& change, std::size_t count, std::uint8_t* red,
               std::uint8_t* green, std::uint8_t* blue);

/// The loop of ChangeHsv, bitwise equal for all instruction sets.
using HsvKernel = void (*)(const HsvChange& change, std::size_t count,
                           std::uint8_t* red, std::uint8_t* green,
                           std::uint8_t* blue);

/// REQUIRES: this machine has these instructions.
HsvKernel HsvKernelFor(base::InstructionSet instructions);

}  // namespace yolotorch::augment
