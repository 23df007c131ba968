// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "kernels/convolution.h"
#include "optimizer/buffers.h"
#include "optimizer/fused_op.h"

namespace yolotorch::optimizer {

/// A transposed convolution of constant weights whose stride equals its kernel,
/// as in the branch of mask prototypes. Each row of the kernel is then a 1 x 1
/// convolution.
class ConvTransposeOp : public FusedOp {
 public:
  /// `weight`: (in, out, height, width), float32.
  ConvTransposeOp(std::shared_ptr<MemoryPool> pool, at::Tensor weight,
                  std::optional<at::Tensor> bias)
      : pool_(std::move(pool)),
        weight_(std::move(weight)),
        bias_(std::move(bias)) {}

  void Run(torch::jit::Stack& stack) override;
  [[nodiscard]] bool TakesBfloat16(std::size_t /*index*/) const override {
    return weight_.size(0) % 2 == 0;
  }
  [[nodiscard]] bool GivesBfloat16() const override { return TakesBfloat16(0); }
  void set_output_type(c10::ScalarType type) override { output_type_ = type; }

 private:
  using Rows = std::vector<kernels::Convolution>;
  // One convolution per row of the kernel; empty if there are no kernels.
  const Rows& RowsFor(kernels::Type type);

  std::shared_ptr<MemoryPool> pool_;
  at::Tensor weight_;
  std::optional<at::Tensor> bias_;
  c10::ScalarType output_type_ = at::kFloat;
  std::mutex preparing_;  // of rows, in parallel
  Rows float_rows_;
  Rows bfloat16_rows_;
};

}  // namespace yolotorch::optimizer
