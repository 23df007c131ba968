// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "optimizer/convolution_op.h"

#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>

#include <algorithm>

#include "base/preparation.h"
#include "kernels/kernel_choice.h"

namespace yolotorch::optimizer {
namespace {

using torch::jit::Stack;

// Each holds a copy of the weights.
constexpr std::size_t kMaxSizes = 4;

std::optional<c10::OperatorHandle> FindOperator(const char* name) {
  return c10::Dispatcher::singleton().findSchema({name, ""});
}

const std::optional<c10::OperatorHandle>& PackOperator() {
  static const auto handle =
      FindOperator("mkldnn::_reorder_convolution_weight");
  return handle;
}

const std::optional<c10::OperatorHandle>& ConvolveOperator() {
  static const auto handle = FindOperator("mkldnn::_convolution_pointwise");
  return handle;
}

at::Tensor Call(const c10::OperatorHandle& handle, Stack stack) {
  handle.callBoxed(stack);
  return std::move(stack.back()).toTensor();
}

// Whether float32 plus `x` is float32.
bool AddsToFloat(const at::Tensor& x) {
  return x.device().is_cpu() &&
         c10::promoteTypes(x.scalar_type(), at::kFloat) == at::kFloat;
}

kernels::ConvolutionShape ShapeOf(const ConvolutionParams& params) {
  const at::Tensor& weight = params.weight;
  const bool depthwise = params.groups > 1;
  return {weight.size(1) * params.groups,
          weight.size(0),
          weight.size(2),
          weight.size(3),
          params.stride[0],
          params.stride[1],
          params.padding[0],
          params.padding[1],
          params.dilation[0],
          params.dilation[1],
          depthwise};
}

}  // namespace

ConvolutionOp::ConvolutionOp(ConvolutionParams params)
    : params_(std::move(params)), shape_(ShapeOf(params_)) {}

void ConvolutionOp::ReleaseWeights() {
  if (float_kernel_ == nullptr && bfloat16_kernel_ == nullptr) return;
  params_.weight = at::Tensor();
  packed_.clear();
}

bool ConvolutionOp::IsAvailable() {
  return PackOperator().has_value() && ConvolveOperator().has_value();
}

void ConvolutionOp::UseOwnKernels(std::shared_ptr<MemoryPool> pool) {
  pool_ = std::move(pool);
}

std::optional<std::vector<float>> ConvolutionOp::PlainWeights() const {
  const std::vector<std::int64_t> ones = {1, 1};
  const std::vector<std::int64_t> zeros = {0, 0};
  if (params_.groups != 1 || params_.bias || silu_ || has_residual_ || slice_ ||
      params_.weight.size(0) != 1 || params_.weight.size(2) != 1 ||
      params_.weight.size(3) != 1 || params_.stride != ones ||
      params_.padding != zeros) {
    return std::nullopt;
  }
  const at::Tensor weights = params_.weight.flatten().contiguous();
  const auto* begin = weights.const_data_ptr<float>();
  return std::vector<float>(begin, begin + weights.numel());
}

const kernels::Convolution* ConvolutionOp::KernelFor(kernels::Type type) {
  const std::lock_guard<std::mutex> lock(preparing_);
  auto& kernel =
      type == kernels::Type::kFloat ? float_kernel_ : bfloat16_kernel_;
  if (kernel != nullptr) return kernel.get();
  const kernels::KernelSet* set = kernels::ChosenKernels(type);
  if (!params_.weight.defined() || set == nullptr || !HasKernel(type)) {
    return nullptr;
  }
  const base::Preparation preparation;
  const at::Tensor weight = params_.weight.contiguous();
  const at::Tensor bias =
      params_.bias ? params_.bias->contiguous() : at::Tensor();
  kernel = std::make_unique<kernels::Convolution>(
      *set, shape_, type, weight.const_data_ptr<float>(),
      params_.bias ? bias.const_data_ptr<float>() : nullptr, silu_);
  return kernel.get();
}

bool ConvolutionOp::HasKernel(kernels::Type type) const {
  const bool one_each = params_.groups == shape_.in_channels &&
                        params_.groups == shape_.out_channels;
  return pool_ != nullptr && (params_.groups == 1 || one_each) &&
         kernels::Convolution::IsSupported(shape_, type);
}

bool ConvolutionOp::TakesBfloat16(std::size_t index) const {
  // What is added has the type of the result.
  return index > 0 ? GivesBfloat16() : HasKernel(kernels::Type::kBfloat16);
}

bool ConvolutionOp::GivesBfloat16() const {
  return HasKernel(kernels::Type::kFloat);
}

void ConvolutionOp::Run(Stack& stack) {
  std::optional<at::Tensor> residual;
  if (has_residual_) residual = torch::jit::pop(stack).toTensor();
  const at::Tensor x = torch::jit::pop(stack).toTensor();
  const kernels::Convolution* kernel = UsableKernel(x);
  if (kernel != nullptr) {
    stack.emplace_back(RunOwn(*kernel, ToPixels(x, x.scalar_type()), residual));
    return;
  }
  at::Tensor y = RunLibTorch(x);
  if (silu_) y = at::silu_(y);
  if (residual) y = at::add(y, *residual);
  stack.emplace_back(std::move(y));
}

const kernels::Convolution* ConvolutionOp::UsableKernel(const at::Tensor& x) {
  if (pool_ == nullptr || !x.device().is_cpu() || x.layout() != at::kStrided ||
      x.dim() != 4 || x.numel() == 0) {
    return nullptr;
  }
  const kernels::Convolution* kernel = nullptr;
  if (x.scalar_type() == at::kFloat) {
    kernel = KernelFor(kernels::Type::kFloat);
  } else if (x.scalar_type() == at::kBFloat16) {
    kernel = KernelFor(kernels::Type::kBfloat16);
  }
  const bool fits = kernel != nullptr && x.size(1) == shape_.in_channels &&
                    kernel->OutputHeight(x.size(2)) > 0 &&
                    kernel->OutputWidth(x.size(3)) > 0;
  return fits ? kernel : nullptr;
}

at::Tensor ConvolutionOp::RunOwn(const kernels::Convolution& kernel,
                                 const at::Tensor& x,
                                 const std::optional<at::Tensor>& residual) {
  const at::Tensor y =
      MakeOutput(pool_.get(), slice_, x.size(0), shape_.out_channels,
                 kernel.OutputHeight(x.size(2)), kernel.OutputWidth(x.size(3)),
                 output_type_);
  if (!residual) {
    kernel.Run(AsPixels(x), nullptr, AsPixels(y), at::get_num_threads());
    return y;
  }
  if (residual->sizes().equals(y.sizes()) && AddsToFloat(*residual)) {
    const at::Tensor added = ToPixels(*residual, output_type_);
    const kernels::Pixels pixels = AsPixels(added);
    kernel.Run(AsPixels(x), &pixels, AsPixels(y), at::get_num_threads());
    return y;
  }
  kernel.Run(AsPixels(x), nullptr, AsPixels(y), at::get_num_threads());
  return at::add(y, *residual);
}

at::Tensor ConvolutionOp::PackedFor(const at::Tensor& x) {
  const std::lock_guard<std::mutex> lock(preparing_);
  const auto found = std::find_if(
      packed_.begin(), packed_.end(),
      [&](const Packed& packed) { return x.sizes().equals(packed.size); });
  if (found != packed_.end()) {
    packed_.splice(packed_.begin(), packed_, found);
    return found->weight;
  }
  const base::Preparation preparation;
  if (packed_.size() >= kMaxSizes) packed_.pop_back();
  const ConvolutionParams& f = params_;
  packed_.push_front(
      {x.sizes().vec(),
       Call(*PackOperator(), {f.weight, f.padding, f.stride, f.dilation,
                              f.groups, x.sizes().vec()})});
  return packed_.front().weight;
}

at::Tensor ConvolutionOp::RunLibTorch(const at::Tensor& x) {
  const ConvolutionParams& f = params_;
  TORCH_CHECK(f.weight.defined(), "a convolution cannot take ", x.sizes(),
              " of ", x.scalar_type());
  if (!IsPixels(x) || x.scalar_type() != at::kFloat) {
    return at::convolution(x, f.weight.to(x.scalar_type()),
                           f.bias ? f.bias->to(x.scalar_type()) : at::Tensor(),
                           f.stride, f.padding, f.dilation,
                           /*transposed=*/false, /*output_padding=*/{0, 0},
                           f.groups);
  }
  return Call(*ConvolveOperator(),
              {x.contiguous(at::MemoryFormat::ChannelsLast), PackedFor(x),
               f.bias, f.padding, f.stride, f.dilation, f.groups, "none",
               c10::List<std::optional<at::Scalar>>(), ""});
}

}  // namespace yolotorch::optimizer
