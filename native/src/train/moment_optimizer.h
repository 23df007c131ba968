// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "train/optimizer.h"

namespace yolotorch::train {

/// The tensor of that name in an optimiser's state. Throws Error kCorruptModel
/// if there is none of these sizes.
const Tensor& StoredState(const std::map<std::string, Tensor>& state,
                          const std::string& name, at::IntArrayRef sizes);

/// The optimisers that LibTorch's C++ API lacks: "adamax", "nadam", "radam";
/// null for another name.
std::unique_ptr<Optimizer> MakeMomentOptimizer(
    std::string_view name, std::vector<ParameterGroup> groups, double lr,
    double beta1);

}  // namespace yolotorch::train
