// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/instruction_set.h"

namespace yolotorch::vision {

/// The source columns of an enlarged row: each column mixes two values.
struct MixedColumns {
  std::vector<std::int32_t> first;
  std::vector<std::int32_t> second;
  std::vector<float> fraction;  ///< of the second, 0 to 1
};

/// Two interpolated rows and the weight of the lower one, 0 to 1.
struct MixedRows {
  const float* upper;
  const float* lower;
  float fraction;
};

/// The inner loops of masks. Results are bitwise equal for all instruction
/// sets.
struct MaskKernels {
  /// out[i] += weight * values[i]
  void (*add)(const float* values, float weight, std::size_t count, float* out);
  /// Mixes neighbours of a row; `out` takes one value per column.
  void (*mix)(const float* row, const MixedColumns& columns, float* out);
  /// Sets the bits, lowest first, of values above `threshold`, and clears the
  /// others up to the last byte's end.
  void (*above)(const MixedRows& rows, float threshold, std::size_t count,
                std::uint8_t* bits);
};

/// REQUIRES: this machine has these instructions.
const MaskKernels& MaskKernelsFor(base::InstructionSet instructions);

}  // namespace yolotorch::vision
