// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/panels.h"

#include "base/rounding.h"

namespace yolotorch::kernels {
namespace {

// The kernel for the first of `channels` channels: the widest that leaves no
// narrow rest to the slow last kernel.
const TileKernel* TileKernelFor(const KernelSet& kernels,
                                std::int64_t channels) {
  const TileKernel* narrowest = kernels.tiles + kernels.tile_count - 1;
  const std::int64_t unit = narrowest->channels;
  channels = base::RoundUp(channels, unit);
  for (const TileKernel* kernel = kernels.tiles; kernel < narrowest; ++kernel) {
    const std::int64_t rest = channels - kernel->channels;
    if (rest == 0 || rest > unit) return kernel;
  }
  return narrowest;
}

}  // namespace

Panels::Panels(const KernelSet& kernels, std::int64_t wanted) {
  while (channels < wanted) {
    const TileKernel* kernel = TileKernelFor(kernels, wanted - channels);
    list.push_back({kernel, channels});
    channels += kernel->channels;
  }
}

}  // namespace yolotorch::kernels
