// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#include "train/transfer.h"

#include <algorithm>
#include <map>
#include <string>

#include "train/moving_average.h"

namespace yolotorch::train {
namespace {

constexpr std::string_view kFirstConvolution = "model.0.conv.weight";

// Whether the shapes of two convolutions differ in their input channels alone.
bool DifferInChannels(const at::Tensor& a, const at::Tensor& b) {
  return a.dim() == 4 && b.dim() == 4 && a.size(0) == b.size(0) &&
         a.size(2) == b.size(2) && a.size(3) == b.size(3);
}

}  // namespace

Transferred Transfer(const torch::nn::Module& from, torch::nn::Module* to) {
  const at::NoGradGuard no_grad;
  std::map<std::string, at::Tensor> source;
  for (auto& [name, tensor] : StateOf(from)) source[name] = tensor;
  Transferred result;
  for (auto& [name, tensor] : StateOf(*to)) {
    ++result.all;
    const auto found = source.find(name);
    if (found == source.end()) continue;
    if (found->second.sizes() == tensor.sizes()) {
      tensor.copy_(found->second);
      ++result.taken;
    } else if (name == kFirstConvolution &&
               DifferInChannels(found->second, tensor)) {
      const std::int64_t both = std::min(found->second.size(1), tensor.size(1));
      tensor.slice(1, 0, both).copy_(found->second.slice(1, 0, both));
      ++result.taken;
    }
  }
  return result;
}

}  // namespace yolotorch::train
