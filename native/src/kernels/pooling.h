// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "kernels/pixels.h"

namespace yolotorch::kernels {

struct PoolShape {
  std::int64_t kernel_height = 1;
  std::int64_t kernel_width = 1;
  std::int64_t stride_y = 1;
  std::int64_t stride_x = 1;
  std::int64_t padding_y = 0;  ///< less than the kernel
  std::int64_t padding_x = 0;
};

/// The maximum of each channel in a window. Padding is ignored; NaN is
/// propagated.
void MaxPool(const KernelSet& kernels, const Pixels& input,
             const PoolShape& shape, const Pixels& output, int threads);

}  // namespace yolotorch::kernels
