// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/api/module.h>

#include <optional>

#include "yolotorch/info.h"

namespace yolotorch::archive {

/// The constants of the non-maximum suppression that another program traced
/// into `module`; nothing when its graph has another form.
std::optional<BakedNms> ReadBakedNms(const torch::jit::Module& module);

}  // namespace yolotorch::archive
