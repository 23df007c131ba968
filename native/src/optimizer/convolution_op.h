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

/// What a convolution of constant weights is.
struct ConvolutionParams {
  at::Tensor weight;  ///< (out, in / groups, height, width), float32
  std::optional<at::Tensor> bias;
  std::vector<std::int64_t> stride;
  std::vector<std::int64_t> padding;
  std::vector<std::int64_t> dilation;
  std::int64_t groups = 1;
};

/// A convolution on weights that lie in memory as its kernel wants them, and
/// what follows it. Inputs: x, then what is added to the result, if anything.
class ConvolutionOp : public FusedOp {
 public:
  /// By oneDNN.
  explicit ConvolutionOp(ConvolutionParams params);

  /// Whether this LibTorch has what it takes.
  static bool IsAvailable();

  /// From now on by kernels of our own, where they serve; results come from
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

  /// Forgets LibTorch's order of the weights, if a kernel has its own: only
  /// what it can run is run from now on.
  void ReleaseWeights();

  /// The weights, if it does nothing but weigh the channels of each pixel and
  /// sum them up to one.
  [[nodiscard]] std::optional<std::vector<float>> PlainWeights() const;

  void Run(torch::jit::Stack& stack) override;
  [[nodiscard]] bool TakesBfloat16(std::size_t index) const override;
  [[nodiscard]] bool GivesBfloat16() const override;
  void set_output_type(c10::ScalarType type) override { output_type_ = type; }

 private:
  // oneDNN's weights for inputs of one size.
  struct Packed {
    std::vector<std::int64_t> size;
    at::Tensor weight;
  };

  // Whether kernels of our own, where there are some, take such inputs.
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
