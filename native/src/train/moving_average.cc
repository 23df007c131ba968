// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/moving_average.h"

#include <cmath>

namespace yolotorch::train {

std::vector<std::pair<std::string, at::Tensor>> StateOf(
    const torch::nn::Module& module) {
  std::vector<std::pair<std::string, at::Tensor>> state;
  for (const auto& item : module.named_parameters()) {
    state.emplace_back(item.key(), item.value());
  }
  for (const auto& item : module.named_buffers()) {
    state.emplace_back(item.key(), item.value());
  }
  return state;
}

MovingAverage::MovingAverage(const torch::nn::Module& module,
                             torch::nn::Module* average) {
  const at::NoGradGuard no_grad;
  const auto from = StateOf(module);
  const auto to = StateOf(*average);
  TORCH_CHECK(from.size() == to.size(), "modules of different structure");
  for (std::size_t i = 0; i < from.size(); ++i) {
    const at::Tensor& mean = to[i].second;
    mean.copy_(from[i].second);
    if (mean.is_floating_point()) pairs_.emplace_back(from[i].second, mean);
  }
}

void MovingAverage::Update() {
  constexpr double kKept = 0.9999;
  constexpr double kRamp = 2000;
  const at::NoGradGuard no_grad;
  ++updates_;
  const double kept =
      kKept * (1 - std::exp(-static_cast<double>(updates_) / kRamp));
  for (auto& [value, mean] : pairs_) {
    mean.mul_(kept).add_(value.detach(), 1 - kept);
  }
}

}  // namespace yolotorch::train
