// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/blocks.h"

#include <torch/nn/init.h>

#include <cmath>
#include <numeric>

#include "graph/weight_budget.h"

namespace yolotorch::graph {
namespace {

std::int64_t Scaled(std::int64_t channels, double factor) {
  return static_cast<std::int64_t>(static_cast<double>(channels) * factor);
}

double Product(c10::IntArrayRef sizes) {
  double product = 1;
  for (const std::int64_t size : sizes) product *= static_cast<double>(size);
  return product;
}

// Before a network that is being built is tried: a trace must not see sizes as
// numbers.
void ChargeConvolution(const Tensor& x, const Tensor& weight,
                       const Steps& steps) {
  if (!WeightBudget::IsActive() || x.dim() != 4) return;
  double positions = static_cast<double>(x.size(0));
  for (std::int64_t i = 0; i < 2; ++i) {
    const auto at = static_cast<std::size_t>(i);
    positions *= static_cast<double>(x.size(2 + i) + 2 * steps.padding[at]) /
                 static_cast<double>(steps.stride[at]);
  }
  WeightBudget::ChargeRun(positions * static_cast<double>(weight.size(0)),
                          positions * Product(weight.sizes()));
}

void Add(const Tensor& values, Moments* moments) {
  const at::NoGradGuard no_grad;
  const Tensor exact = values.detach().to(at::kDouble);
  const Tensor sum = exact.sum({0, 2, 3});
  const Tensor squares = exact.square().sum({0, 2, 3});
  moments->sum = moments->count == 0 ? sum : moments->sum + sum;
  moments->squares = moments->count == 0 ? squares : moments->squares + squares;
  moments->count += static_cast<double>(values.numel() / values.size(1));
}

}  // namespace

Conv::Conv(std::int64_t in, std::int64_t out, Options options)
    : steps_{.stride = {options.stride, options.stride},
             .dilation = {options.dilation, options.dilation},
             .groups = options.groups},
      depthwise_(options.depthwise) {
  const std::int64_t reach = options.dilation * (options.kernel - 1) + 1;
  steps_.padding.fill(options.padding >= 0 ? options.padding : reach / 2);
  if (options.activation) activation_ = std::make_shared<Activation>();
  WeightBudget::Charge(
      static_cast<double>(out) *
      (static_cast<double>(in) / static_cast<double>(options.groups)) *
      static_cast<double>(options.kernel) *
      static_cast<double>(options.kernel));
  conv_ = register_module("conv", std::make_shared<torch::nn::Module>());
  weight_ = conv_->register_parameter(
      "weight",
      at::empty({out, in / options.groups, options.kernel, options.kernel}));
  torch::nn::init::kaiming_uniform_(weight_, std::sqrt(5.0));
  norm_ = register_module(
      "bn", torch::nn::BatchNorm2d(
                torch::nn::BatchNorm2dOptions(out).eps(1e-3).momentum(0.03)));
}

Tensor Conv::Forward(const Tensor& x) {
  ChargeConvolution(x, weight_, steps_);
  Tensor y = at::conv2d(x, weight_, bias_, steps_.stride, steps_.padding,
                        steps_.dilation, steps_.groups);
  if (measured_ != nullptr) Add(y, measured_.get());
  if (!norm_.is_empty()) y = norm_->forward(y);
  return activation_ != nullptr ? activation_->Forward(y) : y;
}

std::int64_t Conv::OutputSide(std::int64_t side) const {
  const std::int64_t reach = steps_.dilation[0] * (weight_.size(2) - 1) + 1;
  const std::int64_t room = side + 2 * steps_.padding[0] - reach;
  return room < 0 ? 0 : room / steps_.stride[0] + 1;
}

void Conv::set_activation(const std::shared_ptr<Activation>& activation) {
  if (activation_ == nullptr) return;
  activation_ = activation;
  // One that learns has a place in the state dict.
  if (!activation->parameters().empty()) register_module("act", activation);
}

void Conv::Fuse() {
  if (norm_.is_empty()) return;
  const Tensor factor =
      norm_->weight / at::sqrt(norm_->running_var + norm_->options.eps());
  weight_.set_data(weight_ * factor.view({-1, 1, 1, 1}));
  const Tensor shift = norm_->bias - norm_->running_mean * factor;
  if (bias_.defined()) {
    bias_.set_data(bias_ * factor + shift);
  } else {
    bias_ = conv_->register_parameter("bias", shift);
  }
  unregister_module("bn");
  norm_ = nullptr;
}

void Conv::set_norm(double epsilon, double momentum) {
  if (!norm_.is_empty()) norm_->options.eps(epsilon).momentum(momentum);
}

bool Conv::HasFoldedNorm() const {
  constexpr double kNearOne = 0.01;
  if (norm_.is_empty()) return false;
  const bool neutral =
      norm_->running_mean.eq(0).all().item<bool>() &&
      (norm_->running_var - 1).abs().lt(kNearOne).all().item<bool>();
  const bool fresh = norm_->weight.eq(1).all().item<bool>() &&
                     norm_->bias.eq(0).all().item<bool>();
  return neutral && !fresh;
}

void Conv::StartMeasuring() { measured_ = std::make_shared<Moments>(); }

void Conv::AdoptMeasured() {
  const at::NoGradGuard no_grad;
  if (measured_ == nullptr || measured_->count == 0) return;
  const Tensor mean = measured_->sum / measured_->count;
  const Tensor variance =
      (measured_->squares / measured_->count - mean.square()).clamp_min(0);
  measured_.reset();
  const double epsilon = norm_->options.eps();
  const Tensor factor = norm_->weight.to(at::kDouble) /
                        (norm_->running_var.to(at::kDouble) + epsilon).sqrt();
  norm_->bias.copy_(norm_->bias + factor * (mean - norm_->running_mean));
  norm_->weight.copy_(factor * (variance + epsilon).sqrt());
  norm_->running_mean.copy_(mean);
  norm_->running_var.copy_(variance);
}

std::shared_ptr<Conv> DepthwiseConv(std::int64_t in, std::int64_t out,
                                    std::int64_t kernel) {
  return std::make_shared<Conv>(
      in, out,
      Conv::Options{
          .kernel = kernel, .groups = std::gcd(in, out), .depthwise = true});
}

Tensor Chain::Forward(const Tensor& x) {
  Tensor y = x;
  for (const std::shared_ptr<Block>& block : blocks_) y = block->Forward(y);
  return y;
}

std::int64_t Chain::OutputSide(std::int64_t side) const {
  for (const std::shared_ptr<Block>& block : blocks_) {
    side = block->OutputSide(side);
  }
  return side;
}

Chain& Chain::Add(const std::shared_ptr<Block>& block) {
  blocks_.push_back(register_module(std::to_string(blocks_.size()), block));
  return *this;
}

Projection::Projection(std::int64_t in, std::int64_t out) {
  WeightBudget::Charge(static_cast<double>(in) * static_cast<double>(out));
  const torch::nn::Conv2d initial(torch::nn::Conv2dOptions(in, out, 1));
  weight_ = register_parameter("weight", initial->weight);
  bias_ = register_parameter("bias", initial->bias);
}

Tensor Projection::Forward(const Tensor& x) {
  ChargeConvolution(x, weight_, steps_);
  return at::conv2d(x, weight_, bias_, steps_.stride, steps_.padding,
                    steps_.dilation, steps_.groups);
}

Bottleneck::Bottleneck(std::int64_t in, std::int64_t out, bool shortcut,
                       double expansion)
    : add_(shortcut && in == out) {
  const std::int64_t hidden = Scaled(out, expansion);
  cv1_ = register_module(
      "cv1", std::make_shared<Conv>(in, hidden, Conv::Options{.kernel = 3}));
  cv2_ = register_module(
      "cv2", std::make_shared<Conv>(hidden, out, Conv::Options{.kernel = 3}));
}

Tensor Bottleneck::Forward(const Tensor& x) {
  const Tensor y = cv2_->Forward(cv1_->Forward(x));
  return add_ ? x + y : y;
}

C3k::C3k(std::int64_t in, std::int64_t out, int repeats) {
  const std::int64_t hidden = Scaled(out, 0.5);
  cv1_ = register_module("cv1", std::make_shared<Conv>(in, hidden));
  cv2_ = register_module("cv2", std::make_shared<Conv>(in, hidden));
  cv3_ = register_module("cv3", std::make_shared<Conv>(2 * hidden, out));
  m_ = register_module("m", std::make_shared<Chain>());
  for (int i = 0; i < repeats; ++i) {
    m_->Add(std::make_shared<Bottleneck>(hidden, hidden, true, 1.0));
  }
}

Tensor C3k::Forward(const Tensor& x) {
  return cv3_->Forward(
      at::cat({m_->Forward(cv1_->Forward(x)), cv2_->Forward(x)}, 1));
}

C2f::C2f(std::int64_t in, std::int64_t out, Options options)
    : c3k2_(options.inner != Inner::kBottleneck),
      hidden_(Scaled(out, options.expansion)),
      both_(2 * hidden_) {
  cv1_ = register_module("cv1", std::make_shared<Conv>(in, both_));
  cv2_ = register_module(
      "cv2", std::make_shared<Conv>((2 + options.repeats) * hidden_, out));
  m_ = register_module("m", std::make_shared<Chain>());
  for (int i = 0; i < options.repeats; ++i) {
    std::shared_ptr<Block> inner;
    if (options.inner == Inner::kC3k) {
      inner = std::make_shared<C3k>(hidden_, hidden_, 2);
    } else {
      inner = std::make_shared<Bottleneck>(
          hidden_, hidden_, options.shortcut,
          options.inner == Inner::kBottleneck ? 1.0 : 0.5);
    }
    m_->Add(inner);
  }
}

Tensor C2f::Forward(const Tensor& x) {
  // Both halves of cv1 enter the concatenation, so they stay in one piece;
  // only the second goes on into the inner blocks.
  const Tensor both = cv1_->Forward(x);
  std::vector<Tensor> parts = {both};
  Tensor last = both.slice(1, hidden_, both_);
  for (const std::shared_ptr<Block>& block : m_->blocks()) {
    last = block->Forward(last);
    parts.push_back(last);
  }
  return cv2_->Forward(at::cat(parts, 1));
}

Sppf::Sppf(std::int64_t in, std::int64_t out, std::int64_t kernel)
    : kernel_(kernel) {
  const std::int64_t hidden = in / 2;
  cv1_ = register_module("cv1", std::make_shared<Conv>(in, hidden));
  cv2_ = register_module("cv2", std::make_shared<Conv>(4 * hidden, out));
}

Tensor Sppf::Forward(const Tensor& x) {
  std::vector<Tensor> parts = {cv1_->Forward(x)};
  if (WeightBudget::IsActive()) {
    const double values = Product(parts[0].sizes());
    const auto pools = static_cast<double>(pools_);
    const auto window = static_cast<double>(kernel_ * kernel_);
    WeightBudget::ChargeRun(2 * pools * values, pools * values * window);
  }
  for (std::int64_t i = 0; i < pools_; ++i) {
    parts.push_back(at::max_pool2d(parts.back(), {kernel_, kernel_}, {1, 1},
                                   {kernel_ / 2, kernel_ / 2}));
  }
  const Tensor y = cv2_->Forward(at::cat(parts, 1));
  return add_ ? y + x : y;
}

Attention::Attention(std::int64_t dim, std::int64_t heads)
    : heads_(heads),
      head_dim_(dim / heads),
      key_dim_(head_dim_ / 2),
      scale_(1.0 / std::sqrt(static_cast<double>(key_dim_))) {
  const std::int64_t channels = dim + 2 * key_dim_ * heads;
  qkv_ = register_module(
      "qkv", std::make_shared<Conv>(dim, channels,
                                    Conv::Options{.activation = false}));
  proj_ = register_module(
      "proj",
      std::make_shared<Conv>(dim, dim, Conv::Options{.activation = false}));
  pe_ = register_module(
      "pe",
      std::make_shared<Conv>(
          dim, dim,
          Conv::Options{.kernel = 3, .groups = dim, .activation = false}));
}

Tensor Attention::Forward(const Tensor& x) {
  if (WeightBudget::IsActive()) {
    const auto positions = static_cast<double>(x.size(2) * x.size(3));
    const double weights = positions * positions * static_cast<double>(heads_);
    WeightBudget::ChargeRun(
        2 * weights, weights * static_cast<double>(key_dim_ + head_dim_));
  }
  const std::vector<Tensor> qkv =
      qkv_->Forward(x)
          .flatten(2)
          .unflatten(1, {heads_, 2 * key_dim_ + head_dim_})
          .split_with_sizes({key_dim_, key_dim_, head_dim_}, 2);
  const Tensor weights =
      (at::matmul(qkv[0].transpose(-2, -1), qkv[1]) * scale_).softmax(-1);
  const Tensor mixed =
      at::matmul(qkv[2], weights.transpose(-2, -1)).reshape_as(x);
  return proj_->Forward(mixed + pe_->Forward(qkv[2].reshape_as(x)));
}

PsaBlock::PsaBlock(std::int64_t dim) {
  attention_ =
      register_module("attn", std::make_shared<Attention>(dim, dim / 64));
  ffn_ = register_module("ffn", std::make_shared<Chain>());
  ffn_->Add(std::make_shared<Conv>(dim, 2 * dim));
  ffn_->Add(
      std::make_shared<Conv>(2 * dim, dim, Conv::Options{.activation = false}));
}

Tensor PsaBlock::Forward(const Tensor& x) {
  const Tensor attended =
      add_ ? x + attention_->Forward(x) : attention_->Forward(x);
  return add_ ? attended + ffn_->Forward(attended) : ffn_->Forward(attended);
}

C2psa::C2psa(std::int64_t channels, int repeats)
    : hidden_(Scaled(channels, 0.5)) {
  cv1_ = register_module("cv1", std::make_shared<Conv>(channels, 2 * hidden_));
  cv2_ = register_module("cv2", std::make_shared<Conv>(2 * hidden_, channels));
  m_ = register_module("m", std::make_shared<Chain>());
  for (int i = 0; i < repeats; ++i)
    m_->Add(std::make_shared<PsaBlock>(hidden_));
}

Tensor C2psa::Forward(const Tensor& x) {
  const std::vector<Tensor> halves =
      cv1_->Forward(x).split_with_sizes({hidden_, hidden_}, 1);
  return cv2_->Forward(at::cat({halves[0], m_->Forward(halves[1])}, 1));
}

Tensor Upsample::Forward(const Tensor& x) {
  const auto factor = static_cast<double>(factor_);
  if (WeightBudget::IsActive()) {
    WeightBudget::ChargeRun(Product(x.sizes()) * factor * factor, 0);
  }
  return at::upsample_nearest2d(x, std::nullopt,
                                c10::ArrayRef<double>{factor, factor});
}

}  // namespace yolotorch::graph
