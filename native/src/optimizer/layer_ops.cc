// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/layer_ops.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include <algorithm>

#include "base/rounding.h"
#include "base/thread_pool.h"
#include "kernels/attention.h"
#include "kernels/copies.h"
#include "kernels/kernel_choice.h"
#include "kernels/planes.h"
#include "kernels/pooling.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Stack;

// No plausible concatenation is larger.
constexpr std::int64_t kMaxJoined = std::int64_t{1} << 40;

// Whether all are pictures pixel by pixel of the first one's size.
bool Fit(const std::vector<at::Tensor>& parts) {
  return !parts.empty() &&
         std::all_of(parts.begin(), parts.end(), [&](const at::Tensor& part) {
           return IsPixels(part) && part.size(0) == parts[0].size(0) &&
                  part.size(2) == parts[0].size(2) &&
                  part.size(3) == parts[0].size(3);
         });
}

std::int64_t Sum(const std::vector<at::Tensor>& parts, std::int64_t dimension) {
  std::int64_t sum = 0;
  for (const at::Tensor& part : parts) {
    // An expanded tensor may have any size without memory.
    TORCH_CHECK(part.size(dimension) <= kMaxJoined - sum,
                "a concatenation of absurd size");
    sum += part.size(dimension);
  }
  return sum;
}

// Whether all have three dimensions and differ in one of them only.
bool SameBut(const std::vector<at::Tensor>& parts, std::int64_t dimension) {
  return std::all_of(parts.begin(), parts.end(), [&](const at::Tensor& part) {
    if (part.dim() != 3) return false;
    for (std::int64_t i = 0; i < 3; ++i) {
      if (i != dimension && part.size(i) != parts[0].size(i)) return false;
    }
    return true;
  });
}

// Whether all are rows of floats that kernels can read.
bool ArePlanes(const std::vector<at::Tensor>& parts) {
  return kernels::ChosenKernels() != nullptr && !parts.empty() &&
         std::all_of(parts.begin(), parts.end(), [](const at::Tensor& part) {
           return part.device().is_cpu() && part.scalar_type() == at::kFloat &&
                  part.dim() == 3 && part.numel() > 0 && part.stride(2) == 1;
         });
}

}  // namespace

void ConcatChannelsOp::Run(Stack& stack) {
  std::vector<at::Tensor> parts = torch::jit::pop(stack).toTensorVector();
  if (sigmoids_.empty() && Fit(parts)) {
    stack.emplace_back(JoinPixels(parts));
    return;
  }
  buffer_->tensor() = at::Tensor();
  if (ArePlanes(parts) && SameBut(parts, 1)) {
    stack.emplace_back(JoinPlanes(parts));
    return;
  }
  for (const std::size_t i : sigmoids_) parts[i] = at::sigmoid(parts[i]);
  stack.emplace_back(at::cat(parts, 1));
}

at::Tensor ConcatChannelsOp::JoinPixels(const std::vector<at::Tensor>& parts) {
  at::Tensor joined = std::exchange(buffer_->tensor(), at::Tensor());
  const std::int64_t channels = Sum(parts, 1);
  const at::Tensor& first = parts[0];
  if (!joined.defined() || joined.size(0) != first.size(0) ||
      joined.size(1) != channels || joined.size(2) != first.size(2) ||
      joined.size(3) != first.size(3)) {
    const bool same =
        std::all_of(parts.begin(), parts.end(), [&](const at::Tensor& part) {
          return part.scalar_type() == first.scalar_type();
        });
    joined =
        pool_->Pixels(first.size(0), channels, first.size(2), first.size(3),
                      same ? first.scalar_type() : at::kFloat);
  }
  std::int64_t channel = 0;
  for (const at::Tensor& part : parts) {
    const at::Tensor target = joined.narrow(1, channel, part.size(1));
    channel += part.size(1);
    if (target.data_ptr() == part.data_ptr()) continue;
    kernels::CopyPixels(AsPixels(ToPixels(part, joined.scalar_type())),
                        AsPixels(target), at::get_num_threads());
  }
  return joined;
}

at::Tensor ConcatChannelsOp::JoinPlanes(const std::vector<at::Tensor>& parts) {
  const kernels::KernelSet& set = *kernels::ChosenKernels();
  const std::int64_t batch = parts[0].size(0);
  const std::int64_t length = parts[0].size(2);
  const at::Tensor joined =
      pool_->Contiguous({batch, Sum(parts, 1), length}, at::kFloat);
  struct Plane {
    const float* from;
    bool sigmoid;
  };
  std::vector<Plane> planes;
  for (std::int64_t b = 0; b < batch; ++b) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (std::int64_t c = 0; c < parts[i].size(1); ++c) {
        planes.push_back({parts[i].const_data_ptr<float>() +
                              b * parts[i].stride(0) + c * parts[i].stride(1),
                          sigmoids_.count(i) > 0});
      }
    }
  }
  auto* to = joined.mutable_data_ptr<float>();
  base::ThreadPool::Get().Run(
      at::get_num_threads(), static_cast<std::int64_t>(planes.size()),
      [&](std::int64_t i) {
        const Plane& plane = planes[static_cast<std::size_t>(i)];
        if (plane.sigmoid) {
          set.sigmoid(plane.from, to + i * length, length);
        } else {
          std::copy_n(plane.from, length, to + i * length);
        }
      });
  return joined;
}

void ConcatAnchorsOp::Run(Stack& stack) {
  const std::vector<at::Tensor> parts = torch::jit::pop(stack).toTensorVector();
  const bool fits =
      !parts.empty() && SameBut(parts, 2) &&
      std::all_of(parts.begin(), parts.end(), [](const at::Tensor& part) {
        return part.device().is_cpu() && part.scalar_type() == at::kFloat &&
               part.numel() > 0 && (part.stride(1) == 1 || part.stride(2) == 1);
      });
  if (!fits) {
    stack.emplace_back(at::cat(parts, dimension_));
    return;
  }
  const std::int64_t batch = parts[0].size(0);
  const std::int64_t channels = parts[0].size(1);
  const std::int64_t length = Sum(parts, 2);
  const at::Tensor joined =
      pool_->Contiguous({batch, channels, length}, at::kFloat);
  for (std::int64_t b = 0; b < batch; ++b) {
    auto* to = joined.mutable_data_ptr<float>() + b * channels * length;
    for (const at::Tensor& part : parts) {
      const auto* from = part.const_data_ptr<float>() + b * part.stride(0);
      if (part.stride(1) == 1) {
        kernels::Transpose(from, part.size(2), channels, part.stride(2), to,
                           length, at::get_num_threads());
      } else {
        for (std::int64_t c = 0; c < channels; ++c) {
          std::copy_n(from + c * part.stride(1), part.size(2), to + c * length);
        }
      }
      to += part.size(2);
    }
  }
  stack.emplace_back(joined);
}

void DflOp::Run(Stack& stack) {
  const at::Tensor x = torch::jit::pop(stack).toTensor();
  const kernels::KernelSet* set = kernels::ChosenKernels();
  const auto bins = static_cast<std::int64_t>(values_.size());
  if (set == nullptr || x.dim() != 4 || x.size(2) != bins ||
      !x.device().is_cpu() || x.scalar_type() != at::kFloat ||
      x.stride(3) != 1 || x.numel() == 0) {
    const at::Tensor values =
        at::tensor(values_, x.options()).view({1, bins, 1, 1});
    stack.emplace_back(at::conv2d(x.transpose(1, 2).softmax(1), values));
    return;
  }
  const at::Tensor y =
      pool_->Contiguous({x.size(0), 1, x.size(1), x.size(3)}, at::kFloat);
  auto* to = y.mutable_data_ptr<float>();
  const auto* from = x.const_data_ptr<float>();
  constexpr std::int64_t kPiece = 1024;
  const std::int64_t pieces = base::CeilDivide(x.size(3), kPiece);
  base::ThreadPool::Get().Run(
      at::get_num_threads(), x.size(0) * x.size(1) * pieces,
      [&](std::int64_t item) {
        const std::int64_t side = item / pieces;
        const std::int64_t begin = item % pieces * kPiece;
        set->dfl(from + side / x.size(1) * x.stride(0) +
                     side % x.size(1) * x.stride(1) + begin,
                 x.stride(2), values_.data(), static_cast<int>(bins),
                 to + side * x.size(3) + begin,
                 std::min(kPiece, x.size(3) - begin));
      });
  stack.emplace_back(y);
}

void AttentionOp::Run(Stack& stack) {
  const at::Tensor x = torch::jit::pop(stack).toTensor();
  const kernels::KernelSet* set = kernels::ChosenKernels();
  if (set == nullptr || x.dim() != 4 ||
      x.size(2) != 2 * key_size_ + value_size_ || !x.device().is_cpu() ||
      x.scalar_type() != at::kFloat || x.stride(2) != 1 || x.numel() == 0) {
    // The pattern names the last two dimensions, or 2 and 3.
    TORCH_CHECK(x.dim() == 4, "attention of ", x.dim(), " dimensions");
    const auto parts =
        x.split_with_sizes({key_size_, key_size_, value_size_}, 2);
    const at::Tensor weights =
        (at::matmul(parts[0].transpose(2, 3), parts[1]) * scale_).softmax(-1);
    stack.emplace_back(at::matmul(parts[2], weights.transpose(2, 3)));
    return;
  }
  const kernels::AttentionInput input = {x.const_data_ptr<float>(),
                                         x.size(0),
                                         x.size(1),
                                         x.size(3),
                                         key_size_,
                                         value_size_,
                                         x.stride(0),
                                         x.stride(1),
                                         x.stride(3)};
  const int threads = at::get_num_threads();
  const at::Tensor scratch = pool_->Contiguous(
      {kernels::AttentionScratch(*set, input, threads)}, at::kFloat);
  const at::Tensor y = pool_->Contiguous(
      {x.size(0), x.size(3), x.size(1), value_size_}, at::kFloat);
  kernels::Attention(*set, input, scale_, y.mutable_data_ptr<float>(),
                     scratch.mutable_data_ptr<float>(), threads);
  stack.emplace_back(y.permute({0, 2, 3, 1}));
}

void MaxPoolOp::Run(Stack& stack) {
  const at::Tensor x = torch::jit::pop(stack).toTensor();
  const kernels::KernelSet* set = kernels::ChosenKernels();
  const std::int64_t height =
      x.dim() == 4 ? (x.size(2) + 2 * padding_[0] - kernel_[0]) / stride_[0] + 1
                   : 0;
  const std::int64_t width =
      x.dim() == 4 ? (x.size(3) + 2 * padding_[1] - kernel_[1]) / stride_[1] + 1
                   : 0;
  if (set == nullptr || !IsPixels(x) || height < 1 || width < 1) {
    stack.emplace_back(at::max_pool2d(x, kernel_, stride_, padding_));
    return;
  }
  const at::Tensor y = MakeOutput(pool_.get(), slice_, x.size(0), x.size(1),
                                  height, width, x.scalar_type());
  kernels::MaxPool(*set, AsPixels(x),
                   {kernel_[0], kernel_[1], stride_[0], stride_[1], padding_[0],
                    padding_[1]},
                   AsPixels(y), at::get_num_threads());
  stack.emplace_back(y);
}

void UpsampleOp::Run(Stack& stack) {
  const at::Tensor x = torch::jit::pop(stack).toTensor();
  if (!IsPixels(x)) {
    stack.emplace_back(at::upsample_nearest2d(
        x, {x.size(2) * factor_y_, x.size(3) * factor_x_}));
    return;
  }
  const at::Tensor y =
      MakeOutput(pool_.get(), slice_, x.size(0), x.size(1),
                 x.size(2) * factor_y_, x.size(3) * factor_x_, x.scalar_type());
  kernels::Upsample(AsPixels(x), AsPixels(y), at::get_num_threads());
  stack.emplace_back(y);
}

}  // namespace yolotorch::optimizer
