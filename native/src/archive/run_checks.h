// Copyright 2026 The yolotorch Authors. SPDX-License-Identifier: Apache-2.0
#pragma once

#include <torch/csrc/jit/api/module.h>

namespace yolotorch::archive {

/// Has each turn of a loop, and each operator that makes a longer list or text
/// of others, ask libtorch::RunLimit before it goes on. REQUIRES: the module
/// has not run yet.
void AddRunChecks(const torch::jit::Module& module);

}  // namespace yolotorch::archive
