// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "graph/blocks.h"
#include "graph/saved_module.h"

namespace yolotorch::graph {

/// The class that a pickle names for a kind of module:
/// "ultralytics.nn.modules.conv.Conv" for "Conv". Throws std::out_of_range for
/// a kind that is not built in.
std::string TypeOfKind(std::string_view kind);

/// A module of that kind without anything in it.
SavedModule MakeSaved(std::string_view name, std::string_view kind);

/// What a block is, as the child `name` of another.
SavedModule SaveBlock(std::string_view name, const Block& block);

/// Makes `tensor` a tensor of `saved`; an undefined one is left out.
void SaveTensor(SavedModule* saved, const std::string& name,
                const Tensor& tensor);

/// A Conv2d, or a ConvTranspose2d when `transposed`.
SavedModule SaveConvolution(std::string_view name, const Tensor& weight,
                            const Tensor& bias, const Steps& steps,
                            bool transposed = false);

}  // namespace yolotorch::graph
