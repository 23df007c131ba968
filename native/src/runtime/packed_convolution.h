// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <torch/csrc/jit/ir/ir.h>

#include <cstdint>
#include <list>
#include <optional>
#include <vector>

namespace yolotorch::runtime {

/// What a convolution of constant weights is.
struct Convolution {
  at::Tensor weight;  ///< (out, in / groups, height, width), float32
  std::optional<at::Tensor> bias;
  std::vector<std::int64_t> stride;
  std::vector<std::int64_t> padding;
  std::vector<std::int64_t> dilation;
  std::int64_t groups = 1;
};

/// A convolution whose weights lie in memory as oneDNN's kernel for the input
/// wants them, which LibTorch's own would rearrange in every run. Not
/// thread-safe.
class PackedConvolution {
 public:
  explicit PackedConvolution(Convolution convolution);

  /// Whether this LibTorch has what it takes.
  static bool IsAvailable();

  at::Tensor Run(const at::Tensor& x);

 private:
  // The weights for inputs of one size.
  struct Packed {
    std::vector<std::int64_t> size;
    at::Tensor weight;
  };

  const at::Tensor& PackedFor(const at::Tensor& x);

  Convolution convolution_;
  std::list<Packed> packed_;  // the latest used first
};

/// Puts a PackedConvolution in the place of `node`, a convolution of `graph`.
void ReplaceByPacked(torch::jit::Node* node, const Convolution& convolution);

}  // namespace yolotorch::runtime
