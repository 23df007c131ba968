// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "kernels/kernel_set.h"
#include "kernels/panels.h"
#include "kernels/pixels.h"

namespace yolotorch::kernels {

/// The parameters of a convolution without its weights.
struct ConvolutionShape {
  std::int64_t in_channels = 0;
  std::int64_t out_channels = 0;
  std::int64_t kernel_height = 1;
  std::int64_t kernel_width = 1;
  std::int64_t stride_y = 1;
  std::int64_t stride_x = 1;
  std::int64_t padding_y = 0;
  std::int64_t padding_x = 0;
  std::int64_t dilation_y = 1;
  std::int64_t dilation_x = 1;
  bool depthwise = false;  ///< output channel i reads input channel i only
};

class Winograd;

/// A convolution for one instruction set, with its weights in the order in
/// which the kernels read them. bfloat16 is accumulated in single precision.
/// The order of summation does not depend on the number of threads. Immutable.
class Convolution {
 public:
  /// Whether there is a kernel for this shape and inputs of `type`.
  static bool IsSupported(const ConvolutionShape& shape, Type type);

  /// `weights`: (out, in or 1, height, width); `bias`: (out), null for zeros;
  /// `silu`: whether x / (1 + exp(-x)) is applied to the sums. REQUIRES:
  /// IsSupported.
  Convolution(const KernelSet& kernels, const ConvolutionShape& shape,
              Type type, const float* weights, const float* bias, bool silu);

  /// Output height or width for an input height or width.
  [[nodiscard]] std::int64_t OutputHeight(std::int64_t height) const;
  [[nodiscard]] std::int64_t OutputWidth(std::int64_t width) const;

  /// `residual`, of the output's size and type, is added last; null: none.
  /// REQUIRES: the sizes match.
  void Run(const Pixels& input, const Pixels* residual, const Pixels& output,
           int threads) const;

 private:
  void Pack(const float* weights);
  void RunTiles(const Pixels& input, const Pixels* residual,
                const Pixels& output, const Panel& panel, std::int64_t begin,
                std::int64_t end) const;
  void RunRows(const Pixels& input, const Pixels* residual,
               const Pixels& output, std::int64_t begin,
               std::int64_t end) const;

  const KernelSet* kernels_;
  ConvolutionShape shape_;
  Type type_;
  bool silu_;
  std::shared_ptr<const Winograd> winograd_;  // null: by the sum
  std::vector<Panel> panels_;
  std::vector<std::int32_t> weights_;  // words of the kernels; or floats
  std::vector<float> bias_;            // a whole number of panels
  std::vector<float> zeros_;           // what lies outside of a picture
};

}  // namespace yolotorch::kernels
