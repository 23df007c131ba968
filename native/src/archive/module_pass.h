// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/jit/api/module.h>

#include <optional>
#include <string>
#include <vector>

#include "yolotorch/model.h"

namespace yolotorch::archive {

/// Points every device that the code of `module` names to `device`, where that
/// is the device of a tensor that is made or moved. Returns the names that
/// were there before. Throws Error kUnsupportedModel when the code does
/// something else with a device, such as to compare it. REQUIRES: the module
/// has not run yet.
std::vector<std::string> RemapDevices(const torch::jit::Module& module,
                                      c10::Device device,
                                      const std::string& label);

/// What another program's non-maximum suppression in `module` was fixed to;
/// nothing when its graph has another form.
std::optional<BakedNms> ReadBakedNms(const torch::jit::Module& module);

}  // namespace yolotorch::archive
