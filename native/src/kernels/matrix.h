// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// A matrix of floats, row by row.
struct Rows {
  const float* data = nullptr;
  std::int64_t stride = 0;  ///< floats from row to row
  std::int64_t count = 0;   ///< at least 1
};

/// out = rows * panel, where `panel` has `steps` rows of kernel.channels
/// values, of which `channels` are written. Not parallel by itself.
void MultiplyPanel(const TileKernel& kernel, const Rows& rows,
                   const float* panel, std::int64_t steps,
                   std::int64_t channels, float* out, std::int64_t out_stride);

}  // namespace yolotorch::kernels
