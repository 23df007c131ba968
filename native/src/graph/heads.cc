// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/heads.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace yolotorch::graph {
namespace {

constexpr std::int64_t kBins = 16;  // of the distribution of each box side
constexpr std::array<int, 3> kStrides = {8, 16, 32};
constexpr double kInitialObjects = 5;  // a picture of 640 x 640, for the bias

std::shared_ptr<Conv> Conv3x3(std::int64_t in, std::int64_t out) {
  return std::make_shared<Conv>(in, out, Conv::Options{.kernel = 3});
}

std::shared_ptr<Chain> DepthwiseSeparable(std::int64_t in, std::int64_t out) {
  auto chain = std::make_shared<Chain>();
  chain->Add(DepthwiseConv(in, in, 3)).Add(std::make_shared<Conv>(in, out));
  return chain;
}

// (B, C, H, W) of every level, as (B, C, A).
Tensor JoinLevels(const std::vector<std::shared_ptr<Chain>>& branches,
                  const std::vector<Tensor>& maps) {
  std::vector<Tensor> flat;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    flat.push_back(branches[i]->Forward(maps[i]).flatten(2));
  }
  return at::cat(flat, 2);
}

}  // namespace

Detect::Detect(int classes, const std::vector<std::int64_t>& inputs,
               bool legacy)
    : classes_(classes) {
  const std::int64_t box_width =
      std::max({std::int64_t{16}, inputs[0] / 4, kBins * 4});
  const std::int64_t class_width =
      std::max(inputs[0], static_cast<std::int64_t>(std::min(classes, 100)));
  const auto boxes =
      register_module("cv2", std::make_shared<torch::nn::Module>());
  const auto scores =
      register_module("cv3", std::make_shared<torch::nn::Module>());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const std::int64_t channels = inputs[i];
    auto box = std::make_shared<Chain>();
    box_outputs_.push_back(std::make_shared<Projection>(box_width, 4 * kBins));
    box->Add(Conv3x3(channels, box_width))
        .Add(Conv3x3(box_width, box_width))
        .Add(box_outputs_.back());
    box_branches_.push_back(boxes->register_module(std::to_string(i), box));

    auto score = std::make_shared<Chain>();
    class_outputs_.push_back(
        std::make_shared<Projection>(class_width, classes));
    if (legacy) {
      score->Add(Conv3x3(channels, class_width))
          .Add(Conv3x3(class_width, class_width));
    } else {
      score->Add(DepthwiseSeparable(channels, class_width))
          .Add(DepthwiseSeparable(class_width, class_width));
    }
    score->Add(class_outputs_.back());
    class_branches_.push_back(
        scores->register_module(std::to_string(i), score));
  }
  const auto dfl =
      register_module("dfl", std::make_shared<torch::nn::Module>());
  const auto conv =
      dfl->register_module("conv", std::make_shared<torch::nn::Module>());
  bins_ = conv->register_parameter(
      "weight", at::arange(kBins, at::kFloat).view({1, kBins, 1, 1}),
      /*requires_grad=*/false);
}

std::vector<Tensor> Detect::Forward(const std::vector<Tensor>& maps) {
  const Tensor boxes = DecodeBoxes(JoinLevels(box_branches_, maps));
  const Tensor scores = JoinLevels(class_branches_, maps).sigmoid();
  return {at::cat({boxes, scores}, 1)};
}

Tensor Detect::DecodeBoxes(const Tensor& logits) const {
  // The expected value of each side's distribution over 16 bins.
  const Tensor sides =
      at::conv2d(logits.unflatten(1, {4, kBins}).transpose(1, 2).softmax(1),
                 bins_)
          .squeeze(1);
  const std::vector<Tensor> corners = sides.split_with_sizes({2, 2}, 1);
  const Tensor top_left = anchors_ - corners[0];
  const Tensor bottom_right = anchors_ + corners[1];
  return at::cat({(top_left + bottom_right) / 2, bottom_right - top_left}, 1) *
         strides_;
}

void Detect::FixSize(const std::vector<MapSize>& sizes) {
  std::vector<Tensor> anchors;
  std::vector<Tensor> strides;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const auto [height, width] = sizes[i];
    const Tensor y = (at::arange(height, at::kFloat) + 0.5)
                         .view({height, 1})
                         .expand({height, width});
    const Tensor x = (at::arange(width, at::kFloat) + 0.5)
                         .view({1, width})
                         .expand({height, width});
    anchors.push_back(at::stack({x, y}).flatten(1));
    strides.push_back(at::full({1, height * width}, kStrides[i], at::kFloat));
  }
  const Tensor all_anchors = at::cat(anchors, 1);
  const Tensor all_strides = at::cat(strides, 1);
  if (anchors_.defined()) {
    anchors_.set_data(all_anchors);
    strides_.set_data(all_strides);
  } else {
    anchors_ = register_buffer("anchors", all_anchors);
    strides_ = register_buffer("strides", all_strides);
  }
}

void Detect::InitializeBias() {
  for (std::size_t i = 0; i < box_outputs_.size(); ++i) {
    const double cells = 640.0 / kStrides[i];
    box_outputs_[i]->bias().fill_(1.0);
    class_outputs_[i]->bias().fill_(
        std::log(kInitialObjects / classes_ / (cells * cells)));
  }
}

}  // namespace yolotorch::graph
