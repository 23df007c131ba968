// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/instruction_set.h"
#include "vision/pixels.h"

namespace yolotorch::vision {

/// The source pixels of a scaled row: each pixel mixes two neighbours.
struct Columns {
  /// Byte of the left neighbour in the source's row.
  std::vector<std::int64_t> left;
  /// Weights in OpenCV's fixed point, 11 bits: of the left neighbour in the
  /// lower half, of the right one in the upper. If the latter is 0, there may
  /// be no right neighbour.
  std::vector<std::int32_t> weights;
  /// The number of leading columns with at least 8 bytes of the row from `left`
  /// on.
  std::size_t wide = 0;
};

/// A row whose columns are interpolated: 15-bit values, those of a pixel in
/// turn.
using MixedRow = std::vector<std::int16_t>;
/// Values that kernels may write past the end of a mixed row.
inline constexpr std::size_t kMixedSlack = 2;

/// Two mixed rows and their weights in a row of the result.
struct RowPair {
  const std::int16_t* upper;
  const std::int16_t* lower;
  std::int32_t upper_weight;
  std::int32_t lower_weight;
};

/// The inner loops of OpenCV's INTER_LINEAR for bytes, bitwise equal for all
/// instruction sets.
struct RowKernels {
  /// Mixes a source row; `out` takes Channels::count values per
  /// column and kMixedSlack more.
  void (*mix)(const std::uint8_t* row, const Channels& channels,
              const Columns& columns, std::int16_t* out);
  /// Joins two mixed rows of `count` values to bytes.
  void (*to_bytes)(const RowPair& rows, std::size_t count, std::uint8_t* out);
  /// As to_bytes, each byte / 255 in float32.
  void (*to_units)(const RowPair& rows, std::size_t count, float* out);
};

/// REQUIRES: this machine has these instructions.
const RowKernels& RowKernelsFor(base::InstructionSet instructions);

}  // namespace yolotorch::vision
