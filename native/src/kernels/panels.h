// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// Some output channels, or columns of a matrix, that one kernel computes
/// together. Their weights lie step by step, after those of the panels before.
struct Panel {
  const TileKernel* kernel = nullptr;
  std::int64_t channel = 0;  ///< the first
};

/// So many channels, cut into panels.
struct Panels {
  Panels(const KernelSet& kernels, std::int64_t wanted);

  std::vector<Panel> list;
  /// Of all panels; the last one may be wider than what is left for it.
  std::int64_t channels = 0;
};

}  // namespace yolotorch::kernels
