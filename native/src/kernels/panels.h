// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/kernel_set.h"

namespace yolotorch::kernels {

/// Output channels, or columns of a matrix, that one kernel computes together.
/// Panels are packed one after another, each step by step.
struct Panel {
  const TileKernel* kernel = nullptr;
  std::int64_t channel = 0;  ///< the first
};

/// A number of channels, divided into panels.
struct Panels {
  Panels(const KernelSet& kernels, std::int64_t wanted);

  std::vector<Panel> list;
  /// Channels of all panels; the last panel may be wider than needed.
  std::int64_t channels = 0;
};

}  // namespace yolotorch::kernels
