// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <c10/core/Device.h>
#include <torch/csrc/jit/api/module.h>

#include <string>

namespace yolotorch::archive {

/// Replaces every device that the code of `module` creates tensors on or moves
/// them to by `device`. Throws Error kUnsupportedModel when the code does
/// something else with a device, such as to compare it. REQUIRES: the module
/// has not run yet.
void RemapDevices(const torch::jit::Module& module, c10::Device device,
                  const std::string& label);

}  // namespace yolotorch::archive
