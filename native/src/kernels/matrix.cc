// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "kernels/matrix.h"

#include <algorithm>
#include <array>

namespace yolotorch::kernels {

void MultiplyPanel(const TileKernel& kernel, const Rows& rows,
                   const float* panel, std::int64_t steps,
                   std::int64_t channels, float* out, std::int64_t out_stride) {
  static constexpr std::array<float, 64> kNoBias{};
  std::array<const void*, kMaxTilePixels> taps{};
  Tile tile;
  tile.taps = taps.data();
  tile.tap_count = 1;
  tile.steps = steps;
  tile.weights = panel;
  tile.bias = kNoBias.data();
  tile.output_stride = out_stride;
  tile.channels =
      static_cast<int>(std::min<std::int64_t>(kernel.channels, channels));
  for (std::int64_t row = 0; row < rows.count; row += kernel.pixels) {
    for (int m = 0; m < kernel.pixels; ++m) {
      taps[static_cast<std::size_t>(m)] =
          rows.data + std::min(row + m, rows.count - 1) * rows.stride;
    }
    tile.pixels = static_cast<int>(
        std::min<std::int64_t>(kernel.pixels, rows.count - row));
    tile.output = out + row * out_stride;
    kernel.run(tile);
  }
}

}  // namespace yolotorch::kernels
