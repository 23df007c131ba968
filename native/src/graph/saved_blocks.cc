// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/saved_blocks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

namespace yolotorch::graph {
namespace {

constexpr std::int64_t kMaxChannels = 65'536;
constexpr std::int64_t kMaxStep = 64;  // of strides, paddings, dilations

template <typename T>
std::shared_ptr<Block> Make(const SavedModule& saved) {
  return std::make_shared<T>(saved);
}

// Does nothing to its input, as Identity and, once trained, Dropout.
std::shared_ptr<Block> MakeNothing(const SavedModule& /*saved*/) {
  return std::make_shared<Chain>();
}

using Maker = std::shared_ptr<Block> (*)(const SavedModule&);

constexpr std::array<std::pair<std::string_view, Maker>, 15> kMakers = {{
    {"Conv", Make<Conv>},
    {"DWConv", Make<Conv>},
    {"Bottleneck", Make<Bottleneck>},
    {"C3k", Make<C3k>},
    {"C2f", Make<C2f>},
    {"C3k2", Make<C2f>},
    {"SPPF", Make<Sppf>},
    {"C2PSA", Make<C2psa>},
    {"PSABlock", Make<PsaBlock>},
    {"Attention", Make<Attention>},
    {"Conv2d", Make<Projection>},
    {"Sequential", Make<Chain>},
    {"Upsample", Make<Upsample>},
    {"Identity", MakeNothing},
    {"Dropout", MakeNothing},
}};

// "same" and "valid" stand for numbers.
std::array<std::int64_t, 2> PaddingOf(const SavedModule& saved,
                                      const std::vector<std::int64_t>& shape,
                                      const Steps& steps) {
  const std::string_view word = saved.Text("padding", "");
  if (word == "valid") return {0, 0};
  if (word != "same") return saved.Pair("padding", 0, 0, kMaxStep);
  std::array<std::int64_t, 2> padding{};
  for (std::size_t i = 0; i < padding.size(); ++i) {
    const std::int64_t both = steps.dilation[i] * (shape[2 + i] - 1);
    if (both % 2 != 0) saved.Fail("pads one side more than the other");
    padding[i] = both / 2;
  }
  return padding;
}

torch::nn::BatchNorm2d ReadNorm(const SavedModule& saved,
                                std::int64_t channels) {
  saved.Expect({"BatchNorm2d", "SyncBatchNorm"});
  saved.ExpectForward({});
  torch::nn::BatchNorm2d norm(torch::nn::BatchNorm2dOptions(channels)
                                  .eps(saved.Real("eps", 1e-5))
                                  .momentum(saved.Real("momentum", 0.03)));
  // Without learned factors they are one and nothing, as they are already.
  if (saved.Has("weight")) {
    norm->weight.copy_(saved.TakeVector("weight", channels));
  }
  if (saved.Has("bias")) norm->bias.copy_(saved.TakeVector("bias", channels));
  norm->running_mean.copy_(saved.TakeVector("running_mean", channels));
  norm->running_var.copy_(saved.TakeVector("running_var", channels));
  norm->eval();  // so that a trial run leaves the statistics alone
  return norm;
}

// The two parts that a block cuts the output of its cv1 into: where the second
// begins, and where it ends.
std::pair<std::int64_t, std::int64_t> SplitOf(const SavedModule& saved,
                                              bool in_halves) {
  const std::int64_t all = OutputChannels(saved.Child("cv1").Child("conv"));
  // A chunk of two: the first is not the smaller one.
  const std::int64_t half = (all + 1) / 2;
  const std::int64_t first =
      in_halves ? half : saved.Whole("c", half, 1, kMaxChannels);
  if (all < 2 || (!in_halves && 2 * first != all)) {
    saved.Fail("should split " + std::to_string(all) +
               " channels into two times " + std::to_string(first));
  }
  return {first, all};
}

}  // namespace

std::shared_ptr<Block> BuildBlock(const SavedModule& saved) {
  const auto* found = std::find_if(
      kMakers.begin(), kMakers.end(),
      [&](const auto& maker) { return maker.first == saved.kind(); });
  if (found == kMakers.end()) {
    saved.Fail(
        "is of a kind that is not built in; expected " + BuiltInBlocks() +
        "; export it to TorchScript with its own program, and load that");
  }
  return found->second(saved);
}

std::string BuiltInBlocks() {
  std::string names;
  for (const auto& [kind, maker] : kMakers) {
    names += (names.empty()                  ? ""
              : kind == kMakers.back().first ? " or "
                                             : ", ") +
             std::string(kind);
  }
  return names;
}

SavedConvolution::SavedConvolution(const SavedModule& saved) {
  saved.Expect({"Conv2d"});
  saved.ExpectForward({});
  const std::vector<std::int64_t>& shape = saved.Shape("weight", 4);
  steps.groups = saved.Whole("groups", 1, 1, kMaxChannels);
  if (shape[0] > kMaxChannels || shape[1] > kMaxChannels ||
      shape[0] % steps.groups != 0) {
    saved.Fail("cannot give " + std::to_string(shape[0]) + " channels in " +
               std::to_string(steps.groups) + " groups");
  }
  if (saved.Text("padding_mode", "zeros") != "zeros") {
    saved.Fail("pads with '" + std::string(saved.Text("padding_mode", "")) +
               "'; expected zeros");
  }
  steps.stride = saved.Pair("stride", 1, 1, kMaxStep);
  steps.dilation = saved.Pair("dilation", 1, 1, kMaxStep);
  steps.padding = PaddingOf(saved, shape, steps);
  weight = saved.Take("weight", 4);
  if (saved.Has("bias")) bias = saved.TakeVector("bias", shape[0]);
}

std::int64_t OutputChannels(const SavedModule& convolution) {
  convolution.Expect({"Conv2d"});
  return convolution.Shape("weight", 4)[0];
}

Conv::Conv(const SavedModule& saved) : depthwise_(saved.kind() == "DWConv") {
  saved.Expect({"Conv", "DWConv"});
  saved.ExpectForward({"forward_fuse"});
  SavedConvolution convolution(saved.Child("conv"));
  steps_ = convolution.steps;
  conv_ = register_module("conv", std::make_shared<torch::nn::Module>());
  weight_ = conv_->register_parameter("weight", convolution.weight,
                                      /*requires_grad=*/false);
  if (convolution.bias.defined()) {
    bias_ = conv_->register_parameter("bias", convolution.bias,
                                      /*requires_grad=*/false);
  }
  const SavedModule* activation = saved.Find("act");
  if (activation == nullptr) {
    activation_ = std::make_shared<Activation>();
  } else if (activation->kind() != "Identity") {
    activation_ = std::make_shared<Activation>(*activation);
    set_activation(activation_);
  }
  const SavedModule* norm = saved.Find("bn");
  if (norm == nullptr || norm->kind() == "Identity") return;
  if (saved.Text("forward", "") == "forward_fuse") {
    norm->Drop();  // folded already, but not removed
    return;
  }
  norm_ = register_module("bn", ReadNorm(*norm, weight_.size(0)));
}

Projection::Projection(const SavedModule& saved) {
  SavedConvolution convolution(saved);
  steps_ = convolution.steps;
  weight_ = register_parameter("weight", convolution.weight,
                               /*requires_grad=*/false);
  if (convolution.bias.defined()) {
    bias_ = register_parameter("bias", convolution.bias,
                               /*requires_grad=*/false);
  }
}

Chain::Chain(const SavedModule& saved) {
  saved.Expect({"Sequential", "ModuleList"});
  saved.ExpectForward({});
  for (const SavedModule& child : saved.children) {
    blocks_.push_back(register_module(child.name, BuildBlock(child)));
  }
}

Bottleneck::Bottleneck(const SavedModule& saved)
    : add_(saved.Flag("add", false)) {
  saved.ExpectForward({});
  cv1_ = register_module("cv1", std::make_shared<Conv>(saved.Child("cv1")));
  cv2_ = register_module("cv2", std::make_shared<Conv>(saved.Child("cv2")));
}

C3k::C3k(const SavedModule& saved) {
  saved.ExpectForward({});
  cv1_ = register_module("cv1", std::make_shared<Conv>(saved.Child("cv1")));
  cv2_ = register_module("cv2", std::make_shared<Conv>(saved.Child("cv2")));
  cv3_ = register_module("cv3", std::make_shared<Conv>(saved.Child("cv3")));
  m_ = register_module("m", std::make_shared<Chain>(saved.Child("m")));
}

C2f::C2f(const SavedModule& saved) : c3k2_(saved.kind() == "C3k2") {
  saved.ExpectForward({"forward_split"});
  std::tie(hidden_, both_) =
      SplitOf(saved, saved.Text("forward", "") != "forward_split");
  cv1_ = register_module("cv1", std::make_shared<Conv>(saved.Child("cv1")));
  cv2_ = register_module("cv2", std::make_shared<Conv>(saved.Child("cv2")));
  m_ = register_module("m", std::make_shared<Chain>(saved.Child("m")));
}

Sppf::Sppf(const SavedModule& saved)
    : pools_(saved.Whole("n", 3, 1, 16)), add_(saved.Flag("add", false)) {
  saved.ExpectForward({});
  const SavedModule& pool = saved.Child("m");
  pool.Expect({"MaxPool2d"});
  const std::array<std::int64_t, 2> kernel = pool.Pair("kernel_size", 5, 1, 63);
  kernel_ = kernel[0];
  const std::array<std::int64_t, 2> one = {1, 1};
  const std::array<std::int64_t, 2> half = {kernel_ / 2, kernel_ / 2};
  if (kernel[0] != kernel[1] || kernel_ % 2 == 0 ||
      pool.Pair("stride", 1, 1, 63) != one ||
      pool.Pair("padding", kernel_ / 2, 0, 63) != half ||
      pool.Pair("dilation", 1, 1, 63) != one) {
    pool.Fail(
        "changes the size of its input; expected an odd kernel_size, a "
        "stride of 1 and the padding that keeps the size");
  }
  cv1_ = register_module("cv1", std::make_shared<Conv>(saved.Child("cv1")));
  cv2_ = register_module("cv2", std::make_shared<Conv>(saved.Child("cv2")));
}

Attention::Attention(const SavedModule& saved)
    : heads_(saved.Whole("num_heads", 1, 1, kMaxChannels)),
      head_dim_(saved.Whole("head_dim", 64, 1, kMaxChannels)),
      key_dim_(saved.Whole("key_dim", 32, 1, kMaxChannels)),
      scale_(
          saved.Real("scale", 1.0 / std::sqrt(static_cast<double>(key_dim_)))) {
  saved.Expect({"Attention"});
  saved.ExpectForward({});
  const SavedModule& qkv = saved.Child("qkv");
  const std::int64_t given = OutputChannels(qkv.Child("conv"));
  const std::int64_t wanted = heads_ * (2 * key_dim_ + head_dim_);
  if (given != wanted) {
    saved.Fail("needs " + std::to_string(wanted) +
               " channels for its num_heads, key_dim and head_dim, but its qkv "
               "gives " +
               std::to_string(given));
  }
  qkv_ = register_module("qkv", std::make_shared<Conv>(qkv));
  proj_ = register_module("proj", std::make_shared<Conv>(saved.Child("proj")));
  pe_ = register_module("pe", std::make_shared<Conv>(saved.Child("pe")));
}

PsaBlock::PsaBlock(const SavedModule& saved) : add_(saved.Flag("add", true)) {
  saved.ExpectForward({});
  attention_ =
      register_module("attn", std::make_shared<Attention>(saved.Child("attn")));
  ffn_ = register_module("ffn", std::make_shared<Chain>(saved.Child("ffn")));
}

C2psa::C2psa(const SavedModule& saved) {
  saved.ExpectForward({});
  std::int64_t all = 0;
  std::tie(hidden_, all) = SplitOf(saved, /*in_halves=*/false);
  cv1_ = register_module("cv1", std::make_shared<Conv>(saved.Child("cv1")));
  cv2_ = register_module("cv2", std::make_shared<Conv>(saved.Child("cv2")));
  m_ = register_module("m", std::make_shared<Chain>(saved.Child("m")));
}

Upsample::Upsample(const SavedModule& saved) {
  saved.ExpectForward({});
  if (saved.Text("mode", "nearest") != "nearest") {
    saved.Fail("enlarges by '" + std::string(saved.Text("mode", "")) +
               "'; expected nearest");
  }
  const auto factors = saved.Pair("scale_factor", 2, 1, kMaxStep);
  if (factors[0] != factors[1] || saved.numbers.count("size") != 0) {
    saved.Fail("enlarges by no single whole factor");
  }
  factor_ = factors[0];
}

}  // namespace yolotorch::graph
