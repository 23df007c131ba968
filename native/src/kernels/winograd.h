// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "kernels/convolution.h"

namespace yolotorch::kernels {

/// A convolution of 3 x 3 with stride 1 by Winograd's F(2 x 2, 3 x 3): 16
/// products for four outputs instead of 36, on 16 / 9 of the weights. Results
/// differ from the direct method in the last digits. Immutable.
class Winograd {
 public:
  /// Whether it is faster than the direct method. Depends on the weights' shape
  /// only, so that results do not depend on earlier runs.
  static bool Pays(const ConvolutionShape& shape, Type type);

  /// `weights`: (out, in, 3, 3). REQUIRES: Pays.
  Winograd(const KernelSet& kernels, const ConvolutionShape& shape,
           const float* weights);

  /// As Convolution::Run. `bias`: a value for each output channel.
  void Run(const Pixels& input, const Pixels* residual, const Pixels& output,
           const float* bias, bool silu, int threads) const;

 private:
  // Tiles from `begin` to `end`, counted picture by picture and row by row.
  void RunTiles(const Pixels& input, const Pixels* residual,
                const Pixels& output, const float* bias, bool silu,
                std::int64_t begin, std::int64_t end, float* points) const;
  void Multiply(const float* points, std::int64_t tiles, float* products) const;

  const KernelSet* kernels_;
  std::int64_t in_channels_;
  std::int64_t out_channels_;
  std::int64_t padding_y_;
  std::int64_t padding_x_;
  std::vector<Panel> panels_;
  std::vector<float> weights_;  // of each panel, point by point
  std::vector<float> zeros_;
};

}  // namespace yolotorch::kernels
