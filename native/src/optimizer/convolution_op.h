// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "kernels/convolution.h"
#include "optimizer/buffers.h"
#include "optimizer/fused_op.h"

namespace yolotorch::optimizer {

/// The parameters of a convolution with constant weights.
struct ConvolutionParams {
  at::Tensor weight;  ///< (out, in / groups, height, width), float32
  std::optional<at::Tensor> bias;
  std::vector<std::int64_t> stride;
  std::vector<std::int64_t> padding;
  std::vector<std::int64_t> dilation;
  std::int64_t groups = 1;
};

/// A convolution on packed weights, with an optional SiLU and residual. Inputs:
/// x and, if there is one, the residual.
class ConvolutionOp : public FusedOp {
 public:
  /// By oneDNN.
  explicit ConvolutionOp(ConvolutionParams params);

  /// Whether this LibTorch has the oneDNN operators that it needs.
  static bool IsAvailable();

  /// Runs on own kernels from now on where there are some; outputs come from
  /// `pool`.
  void UseOwnKernels(std::shared_ptr<MemoryPool> pool);

  void set_silu() { silu_ = true; }
  [[nodiscard]] bool silu() const { return silu_; }
  void set_slice(ConcatSlice slice) { slice_ = std::move(slice); }
  [[nodiscard]] bool has_residual() const { return has_residual_; }
  void set_residual() { has_residual_ = true; }
  [[nodiscard]] std::int64_t out_channels() const {
    return shape_.out_channels;
  }

  /// Frees the weights in LibTorch's order if a kernel has packed its own copy;
  /// from now on only inputs of that kernel can be run.
  void ReleaseWeights();

  /// The weights, if this is a 1 x 1 convolution to one channel without bias,
  /// activation or residual.
  [[nodiscard]] std::optional<std::vector<float>> PlainWeights() const;

  void Run(torch::jit::Stack& stack) override;
  [[nodiscard]] bool TakesBfloat16(std::size_t index) const override;
  [[nodiscard]] bool GivesBfloat16() const override;
  void set_output_type(c10::ScalarType type) override { output_type_ = type; }

 private:
  // Weights packed by oneDNN for inputs of one size.
  struct Packed {
    std::vector<std::int64_t> size;
    at::Tensor weight;
  };

  // Whether own kernels, where there are some, take such inputs.
  [[nodiscard]] bool HasKernel(kernels::Type type) const;
  // The kernel for an input of that type, made when first asked for; null when
  // there is none.
  const kernels::Convolution* KernelFor(kernels::Type type);
  // The kernel that can run on `x`; null when there is none.
  const kernels::Convolution* UsableKernel(const at::Tensor& x);
  at::Tensor RunOwn(const kernels::Convolution& kernel, const at::Tensor& x,
                    const std::optional<at::Tensor>& residual);
  at::Tensor RunLibTorch(const at::Tensor& x);
  at::Tensor PackedFor(const at::Tensor& x);

  ConvolutionParams params_;
  kernels::ConvolutionShape shape_;
  std::shared_ptr<MemoryPool> pool_;  // null: oneDNN
  bool silu_ = false;
  bool has_residual_ = false;
  std::optional<ConcatSlice> slice_;
  c10::ScalarType output_type_ = at::kFloat;
  std::unique_ptr<kernels::Convolution> float_kernel_;
  std::unique_ptr<kernels::Convolution> bfloat16_kernel_;
  std::mutex preparing_;      // of kernels and packed weights, in parallel
  std::list<Packed> packed_;  // the latest used first
};

}  // namespace yolotorch::optimizer
