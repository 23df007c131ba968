// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "graph/heads.h"

#include <torch/nn/modules/linear.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

#include "graph/prototypes.h"
#include "graph/weight_budget.h"

namespace yolotorch::graph {
namespace {

constexpr std::int64_t kBins = 16;     // of the distribution of each box side
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

Detect::Detect(const HeadOptions& options,
               const std::vector<std::int64_t>& inputs)
    : classes_(options.classes), level_strides_(options.strides) {
  const std::int64_t box_width =
      std::max({std::int64_t{16}, inputs[0] / 4, kBins * 4});
  const std::int64_t class_width =
      std::max(inputs[0], static_cast<std::int64_t>(std::min(classes_, 100)));
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
        std::make_shared<Projection>(class_width, classes_));
    if (options.legacy) {
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

void Detect::AddExtraBranches(const std::vector<std::int64_t>& inputs,
                              std::int64_t extra) {
  const std::int64_t width = std::max(inputs[0] / 4, extra);
  const auto list =
      register_module("cv4", std::make_shared<torch::nn::Module>());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    auto branch = std::make_shared<Chain>();
    branch->Add(Conv3x3(inputs[i], width))
        .Add(Conv3x3(width, width))
        .Add(std::make_shared<Projection>(width, extra));
    extra_branches_.push_back(list->register_module(std::to_string(i), branch));
  }
}

Tensor Detect::Extra(const std::vector<Tensor>& maps) const {
  return JoinLevels(extra_branches_, maps);
}

Tensor Detect::BoxLogits(const std::vector<Tensor>& maps) const {
  return JoinLevels(box_branches_, maps);
}

Tensor Detect::ClassLogits(const std::vector<Tensor>& maps) const {
  return JoinLevels(class_branches_, maps);
}

Tensor Detect::Scores(const std::vector<Tensor>& maps) const {
  return ClassLogits(maps).sigmoid();
}

Tensor Detect::Sides(const std::vector<Tensor>& maps) const {
  // The expected value of each side's distribution over its bins.
  const Tensor logits = BoxLogits(maps).unflatten(1, {4, bins_.size(1)});
  return at::conv2d(logits.transpose(1, 2).softmax(1), bins_).squeeze(1);
}

Tensor Detect::Boxes(const std::vector<Tensor>& maps) const {
  const std::vector<Tensor> corners = Sides(maps).split_with_sizes({2, 2}, 1);
  const Grid grid = GridFor(maps);
  const Tensor top_left = grid.anchors - corners[0];
  const Tensor bottom_right = grid.anchors + corners[1];
  return at::cat({(top_left + bottom_right) / 2, bottom_right - top_left}, 1) *
         grid.strides;
}

std::vector<Tensor> Detect::Forward(const std::vector<Tensor>& maps) {
  return {at::cat({Boxes(maps), Scores(maps)}, 1)};
}

std::vector<Tensor> Detect::Raw(const std::vector<Tensor>& maps) {
  return {BoxLogits(maps), ClassLogits(maps)};
}

void Detect::FixSize(const std::vector<MapSize>& sizes) {
  anchors_ = strides_ = Tensor();
  if (sizes.empty()) return;
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
    strides.push_back(
        at::full({1, height * width}, level_strides_[i], at::kFloat));
  }
  anchors_ = at::cat(anchors, 1);
  strides_ = at::cat(strides, 1);
}

std::vector<std::pair<std::string, Tensor>> Detect::SizeBuffers() const {
  if (!anchors_.defined()) return {};
  return {{"anchors", anchors_}, {"strides", strides_}};
}

Detect::Grid Detect::GridFor(const std::vector<Tensor>& maps) const {
  if (anchors_.defined()) return {anchors_, strides_};
  // Counted from the maps themselves: no size and no device enters a trace. In
  // float32, because half precision counts to 2,048 only.
  std::vector<Tensor> anchors;
  std::vector<Tensor> strides;
  for (std::size_t i = 0; i < maps.size(); ++i) {
    const Tensor ones =
        at::ones_like(maps[i].slice(0, 0, 1).slice(1, 0, 1), at::kFloat);
    const Tensor x = ones.cumsum(3) - 0.5;
    const Tensor y = ones.cumsum(2) - 0.5;
    anchors.push_back(at::cat({x, y}, 1).flatten(2));
    strides.push_back((ones * level_strides_[i]).flatten(2));
  }
  return {at::cat(anchors, 2), at::cat(strides, 2)};
}

void Detect::InitializeBias() {
  for (std::size_t i = 0; i < box_outputs_.size(); ++i) {
    const double cells = 640.0 / level_strides_[i];
    box_outputs_[i]->bias().fill_(1.0);
    class_outputs_[i]->bias().fill_(
        std::log(kInitialObjects / classes_ / (cells * cells)));
  }
}

Segment::Segment(const HeadOptions& options,
                 const std::vector<std::int64_t>& inputs)
    : Detect(options, inputs) {
  prototypes_ = register_module(
      "proto", std::make_shared<Prototypes>(inputs[0], options.prototype_width,
                                            options.mask_coefficients));
  AddExtraBranches(inputs, options.mask_coefficients);
}

std::vector<Tensor> Segment::Forward(const std::vector<Tensor>& maps) {
  return {at::cat({Boxes(maps), Scores(maps), Extra(maps)}, 1),
          prototypes_->Forward(maps[0])};
}

std::vector<Tensor> Segment::Raw(const std::vector<Tensor>& maps) {
  return {BoxLogits(maps), ClassLogits(maps), Extra(maps),
          prototypes_->Forward(maps[0])};
}

Pose::Pose(const HeadOptions& options, const std::vector<std::int64_t>& inputs)
    : Detect(options, inputs),
      keypoints_(options.keypoints),
      values_(options.keypoint_values) {
  AddExtraBranches(inputs, std::int64_t{keypoints_} * values_);
}

std::vector<Tensor> Pose::Forward(const std::vector<Tensor>& maps) {
  const Tensor raw = Extra(maps).unflatten(1, {keypoints_, values_});
  const Grid grid = GridFor(maps);
  Tensor points =
      (raw.slice(2, 0, 2) * 2 + (grid.anchors - 0.5)) * grid.strides;
  if (values_ == 3) {
    points = at::cat({points, raw.slice(2, 2, 3).sigmoid()}, 2);
  }
  return {at::cat({Boxes(maps), Scores(maps), points.flatten(1, 2)}, 1)};
}

std::vector<Tensor> Pose::Raw(const std::vector<Tensor>& maps) {
  return {BoxLogits(maps), ClassLogits(maps), Extra(maps)};
}

Obb::Obb(const HeadOptions& options, const std::vector<std::int64_t>& inputs)
    : Detect(options, inputs) {
  AddExtraBranches(inputs, 1);
}

Tensor Obb::Angles(const std::vector<Tensor>& maps) const {
  return (Extra(maps).sigmoid() - 0.25) * std::numbers::pi;
}

std::vector<Tensor> Obb::Raw(const std::vector<Tensor>& maps) {
  return {BoxLogits(maps), ClassLogits(maps), Angles(maps)};
}

std::vector<Tensor> Obb::Forward(const std::vector<Tensor>& maps) {
  const Grid grid = GridFor(maps);
  const Tensor angle = Angles(maps);
  const Tensor cosine = angle.cos();
  const Tensor sine = angle.sin();
  const std::vector<Tensor> sides = Sides(maps).split_with_sizes({2, 2}, 1);
  // The centre lies off the anchor by half the difference of opposite sides,
  // in the box's own axes.
  const std::vector<Tensor> offset =
      ((sides[1] - sides[0]) / 2).split_with_sizes({1, 1}, 1);
  const Tensor centre = at::cat({offset[0] * cosine - offset[1] * sine,
                                 offset[0] * sine + offset[1] * cosine},
                                1) +
                        grid.anchors;
  const Tensor boxes = at::cat({centre, sides[0] + sides[1]}, 1) * grid.strides;
  return {at::cat({boxes, Scores(maps), angle}, 1)};
}

Classify::Classify(int classes, std::int64_t input) {
  constexpr std::int64_t kWidth = 1280;
  conv_ = register_module("conv", std::make_shared<Conv>(input, kWidth));
  WeightBudget::Charge(static_cast<double>(kWidth) *
                       static_cast<double>(classes));
  const auto linear =
      register_module("linear", std::make_shared<torch::nn::Module>());
  const torch::nn::Linear initial(kWidth, classes);
  weight_ = linear->register_parameter("weight", initial->weight);
  bias_ = linear->register_parameter("bias", initial->bias);
}

std::vector<Tensor> Classify::Raw(const std::vector<Tensor>& maps) {
  Tensor pooled =
      at::adaptive_avg_pool2d(conv_->Forward(maps[0]), {1, 1}).flatten(1);
  if (dropout_ > 0 && is_training())
    pooled = at::dropout(pooled, dropout_, true);
  return {at::linear(pooled, weight_, bias_)};
}

std::vector<Tensor> Classify::Forward(const std::vector<Tensor>& maps) {
  return {Raw(maps)[0].softmax(1)};
}

}  // namespace yolotorch::graph
