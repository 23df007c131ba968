// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/conv_transpose_op.h"

#include <ATen/Parallel.h>

#include "base/preparation.h"
#include "kernels/kernel_choice.h"

namespace yolotorch::optimizer {

const ConvTransposeOp::Rows& ConvTransposeOp::RowsFor(kernels::Type type) {
  const std::lock_guard<std::mutex> lock(preparing_);
  Rows& rows = type == kernels::Type::kFloat ? float_rows_ : bfloat16_rows_;
  const kernels::KernelSet* set = kernels::ChosenKernels(type);
  if (!rows.empty() || set == nullptr) return rows;
  if (type == kernels::Type::kBfloat16 && !TakesBfloat16(0)) return rows;
  const base::Preparation preparation;
  const std::int64_t channels = weight_.size(1) * weight_.size(3);
  Rows prepared;
  for (std::int64_t y = 0; y < weight_.size(2); ++y) {
    // (in, out, width) to (width x out, in).
    const at::Tensor row = weight_.select(2, y)
                               .permute({2, 1, 0})
                               .reshape({channels, weight_.size(0)})
                               .contiguous();
    const at::Tensor bias =
        bias_ ? bias_->repeat({weight_.size(3)}).contiguous() : at::Tensor();
    prepared.emplace_back(
        *set, kernels::ConvolutionShape{weight_.size(0), channels}, type,
        row.const_data_ptr<float>(),
        bias_ ? bias.const_data_ptr<float>() : nullptr, /*silu=*/false);
  }
  rows = std::move(prepared);
  return rows;
}

void ConvTransposeOp::Run(torch::jit::Stack& stack) {
  const at::Tensor x = torch::jit::pop(stack).toTensor();
  const Rows* rows = nullptr;
  if (x.device().is_cpu() && x.dim() == 4 && x.numel() > 0 &&
      x.size(1) == weight_.size(0)) {
    if (x.scalar_type() == at::kFloat) rows = &RowsFor(kernels::Type::kFloat);
    if (x.scalar_type() == at::kBFloat16) {
      rows = &RowsFor(kernels::Type::kBfloat16);
    }
  }
  if (rows == nullptr || rows->empty()) {
    const auto type = x.scalar_type();
    stack.emplace_back(at::conv_transpose2d(
        x, weight_.to(type), bias_ ? bias_->to(type) : at::Tensor(),
        {weight_.size(2), weight_.size(3)}));
    return;
  }
  const at::Tensor pixels = ToPixels(x, x.scalar_type());
  const std::int64_t height = weight_.size(2);
  const std::int64_t width = weight_.size(3);
  const at::Tensor y =
      pool_->Pixels(x.size(0), weight_.size(1), x.size(2) * height,
                    x.size(3) * width, output_type_);
  kernels::Pixels out = AsPixels(y);
  const std::int64_t row = out.width * out.channels;  // of the output
  out.height = x.size(2);
  out.width = x.size(3);
  out.channels = out.stride = out.channels * width;
  out.row_gap = (height - 1) * row;
  auto* begin = static_cast<char*>(y.data_ptr());
  for (std::int64_t i = 0; i < height; ++i) {
    out.data = begin + i * row * static_cast<std::int64_t>(y.element_size());
    (*rows)[static_cast<std::size_t>(i)].Run(AsPixels(pixels), nullptr, out,
                                             at::get_num_threads());
  }
  stack.emplace_back(y);
}

}  // namespace yolotorch::optimizer
